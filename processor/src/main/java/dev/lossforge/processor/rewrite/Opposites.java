package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;

/** Tells values that differ in their sign alone, wherever in the formula the sign stands. */
final class Opposites {

    private Opposites() {}

    /**
     * Whether {@code y = −x}, by the way they are written: {@code x − y} and {@code y − x}, {@code 2·x} and
     * {@code −2·x}.
     */
    static boolean are(Expr x, Expr y) {
        if (operand(UnaryOp.NEGATE, x) == y || operand(UnaryOp.NEGATE, y) == x) {
            return true;
        }
        if (x instanceof Expr.Constant c) {
            return Patterns.isConstant(y, -c.value());
        }
        return x instanceof Expr.Binary a
                && y instanceof Expr.Binary b
                && switch (a.op()) {
                    case ADD, SUBTRACT -> areSums(a, b);
                    case MULTIPLY, DIVIDE -> a.op() == b.op() && areProducts(a, b);
                    default -> false;
                };
    }

    private static boolean areProducts(Expr.Binary a, Expr.Binary b) {
        boolean isCrossed = a.op() == BinaryOp.MULTIPLY
                && (a.left() == b.right() && are(a.right(), b.left())
                        || a.right() == b.left() && are(a.left(), b.right()));
        return isCrossed
                || a.left() == b.left() && are(a.right(), b.right())
                || a.right() == b.right() && are(a.left(), b.left());
    }

    /** Each term of one is a term of the other with the other sign. */
    private static boolean areSums(Expr.Binary a, Expr.Binary b) {
        List<SignedTerm> left = SignedTerm.of(a);
        List<SignedTerm> terms = SignedTerm.of(b);
        return !terms.isEmpty()
                && terms.size() == left.size()
                && terms.stream().allMatch(term -> left.remove(new SignedTerm(term.value(), !term.isNegative())));
    }
}
