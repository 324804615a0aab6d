package dev.lossforge.processor.check;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.List;
import java.util.Optional;

/**
 * The source positions of a formula's operations.
 *
 * @param declaration the method's declaration, for operations without a position
 */
record Places(Formula formula, Position declaration) {

    /** The maximum number of nodes of an expression in a message. */
    private static final int MAX_NODES = 40;

    /** The maximum length of an expression in a message. */
    private static final int MAX_LENGTH = 60;

    /**
     * The position of the innermost operation on the path that has one. If it has several, the first: the others are
     * uses of locals or helper calls with its value.
     */
    Position of(List<Expr> path) {
        return path.stream().flatMap(n -> first(n).stream()).findFirst().orElse(declaration);
    }

    /**
     * The source of what stands for a function of one operand; empty if the function stands there itself, or the source
     * is long. A function of the vocabulary may stand for several others.
     */
    Optional<String> standIn(List<Expr> path) {
        return path.getFirst() instanceof Expr.Unary u && first(u).isPresent()
                ? Optional.empty()
                : Optional.of(of(path).text()).filter(t -> t.length() <= MAX_LENGTH && !t.contains("\n"));
    }

    /** The expression as one could write it in Java. */
    static String code(Expr node) {
        String text = ExprText.of(node).replace("−", "-").replace("·", " * ");
        return node instanceof Expr.Binary ? "(" + text + ")" : text;
    }

    private Optional<Position> first(Expr node) {
        return formula.positions().of(node).stream().findFirst();
    }

    /** The expression in quotes, or an alternative if it is long. */
    static String quoted(Expr node, String otherwise) {
        if (size(node, MAX_NODES) > MAX_NODES) {
            return otherwise;
        }
        String text = ExprText.of(node);
        return text.length() > MAX_LENGTH ? otherwise : "'" + text + "'";
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
