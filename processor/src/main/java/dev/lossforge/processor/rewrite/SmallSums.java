package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of softplus functions that are tiny, as in a noisy or of causes that are all unlikely. There softplus is its
 * exponential, to all digits, and the logarithm of the sum is a log-sum-exp, which is finite where the sum is 0.
 */
final class SmallSums {

    /** A sum below is its logarithm's exponential, and {@code 1 − e⁻ˢ} is s. */
    static final double MAX = 0x1p-25;

    private SmallSums() {}

    /** The logarithm of the opposite of a value, where that is tiny; null if there is no softplus in it. */
    static @Nullable Expr logOfOpposite(Expr node, Exprs e) {
        boolean hasSoftplus = Patterns.isShort(node)
                && ExprNodes.anyMatch(node, n -> n instanceof Expr.Unary u && u.op() == UnaryOp.SOFTPLUS);
        return hasSoftplus ? opposite(node, e) : null;
    }

    private static @Nullable Expr opposite(Expr node, Exprs e) {
        Expr inner = operand(UnaryOp.NEGATE, node);
        if (inner != null) {
            return log(inner, e);
        }
        if (node instanceof Expr.Reduce r && r.op() == ReduceOp.SUM) {
            return Patterns.map(opposite(r.body(), e), x -> e.reduce(ReduceOp.LOG_SUM_EXP, r.index(), x));
        }
        List<SignedTerm> terms = SignedTerm.of(node);
        Expr sum = null;
        for (SignedTerm term : terms) {
            Expr log = term.isNegative() ? log(term.value(), e) : opposite(term.value(), e);
            if (log == null) {
                return null;
            }
            sum = sum == null ? log : Logarithms.logSumExp(sum, log, e);
        }
        return sum;
    }

    private static @Nullable Expr log(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (sum != null) {
            Expr x = log(sum.left(), e);
            Expr y = log(sum.right(), e);
            return x == null || y == null ? null : Logarithms.logSumExp(x, y, e);
        }
        if (product != null) {
            return isWeight(product.left())
                    ? Patterns.map(
                            log(product.right(), e),
                            x -> e.binary(BinaryOp.ADD, e.unary(UnaryOp.LOG, product.left()), x))
                    : null;
        }
        if (node instanceof Expr.Reduce r && r.op() == ReduceOp.SUM) {
            return Patterns.map(log(r.body(), e), x -> e.reduce(ReduceOp.LOG_SUM_EXP, r.index(), x));
        }
        Expr x = operand(UnaryOp.SOFTPLUS, node);
        return x != null ? x : operand(UnaryOp.EXP, node);
    }

    private static boolean isWeight(Expr node) {
        return node instanceof Expr.Constant c && c.value() > 0
                || node instanceof Expr.Load l
                        && l.input().min() >= 0
                        && !l.input().differentiated();
    }
}
