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
 * The source positions of a stable form's operations, and their original forms.
 *
 * @param declaration the method's declaration, for operations without a position
 */
record Places(Formula formula, Position declaration) {

    /** The maximum number of nodes of an expression in a message. */
    private static final int MAX_NODES = 12;

    /**
     * The position of the innermost operation on the path that has one. If it has several, the first: the others are
     * uses of locals or helper calls with its value.
     */
    Position of(List<Expr> path) {
        return path.stream().flatMap(n -> first(n).stream()).findFirst().orElse(declaration);
    }

    /** The position of a function of an operand, even if the stable form has it inside another operation. */
    Optional<Position> of(UnaryOp function, Expr operand) {
        return formula.positions().nodes().stream()
                .filter(n -> n instanceof Expr.Unary u && u.op() == function && u.operand() == operand)
                .findFirst()
                .flatMap(this::first);
    }

    private Optional<Position> first(Expr node) {
        return formula.positions().of(node).stream().findFirst();
    }

    /** The operand of a function as written at a position. */
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

    /** The expression in quotes, or an alternative if it is long. */
    static String quoted(Expr node, String otherwise) {
        return size(node, MAX_NODES) <= MAX_NODES ? "'" + ExprText.of(node) + "'" : otherwise;
    }

    /**
     * The number of operations when written out, counting shared ones at each occurrence; any number above the limit if
     * it exceeds that.
     */
    private static int size(Expr node, int limit) {
        int size = 1;
        for (Expr operand : Exprs.operands(node)) {
            size += size > limit ? 0 : size(operand, limit - size);
        }
        return size;
    }
}
