package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.Optional;

/**
 * Where the operations of a stable form were written, and how.
 *
 * @param declaration where the method is declared, for what is written nowhere
 */
record Places(Formula formula, Position declaration) {

    /** Longer expressions are not spelt out in a message. */
    private static final int MOST_NODES = 12;

    /**
     * Where the innermost operation of the path that was written somewhere was written first: its other places are
     * names of locals and calls of helpers that have its value.
     */
    Position of(List<Expr> path) {
        return path.stream().flatMap(n -> first(n).stream()).findFirst().orElse(declaration);
    }

    /** Where a function of an operand was written, though the stable form has it inside another operation. */
    Optional<Position> of(UnaryOp function, Expr operand) {
        return formula.positions().nodes().stream()
                .filter(n -> n instanceof Expr.Unary u && u.op() == function && u.operand() == operand)
                .findFirst()
                .flatMap(this::first);
    }

    private Optional<Position> first(Expr node) {
        return formula.positions().of(node).stream().findFirst();
    }

    /** The operand of a function as it was written at a position. */
    Optional<Expr> operandAt(Position position, UnaryOp function) {
        return formula.positions().nodes().stream()
                .filter(n -> n instanceof Expr.Unary u
                        && u.op() == function
                        && formula.positions().of(n).contains(position))
                .map(n -> ((Expr.Unary) n).operand())
                .findFirst();
    }

    /** What values an expression has, wherever it stands. */
    Interval interval(Expr node) {
        return new IntervalAnalysis(formula.exprs(), (risk, path) -> {}).of(node);
    }

    /** The expression in quotes; what else it is called, if it is long. */
    static String quoted(Expr node, String otherwise) {
        return size(node, MOST_NODES) <= MOST_NODES ? "'" + ExprText.of(node) + "'" : otherwise;
    }

    /** The number of operations as written out, shared ones as often as they occur; more than the limit if it is. */
    private static int size(Expr node, int limit) {
        int size = 1;
        for (Expr operand : Exprs.operands(node)) {
            size += size > limit ? 0 : size(operand, limit - size);
        }
        return size;
    }
}
