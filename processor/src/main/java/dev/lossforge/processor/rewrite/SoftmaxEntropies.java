package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relative entropy of two softmaxes. The first orders {@code p − q} of its terms are 0 together, and where p is
 * nearly q they are all that its float32 terms show. Without them no term is negative, and near 0 each is a series of
 * {@code d = log(p / q)}.
 */
final class SoftmaxEntropies {

    static final Rule RULE = new Rule(
            "relative-entropy-of-softmaxes",
            "Σ p·log(p / q)",
            "Σ (p·log(p / q) − p + q)",
            Rule.Assumption.REASSOCIATES,
            true,
            SoftmaxEntropies::rewrite);

    private static final double NEAR = 0.25;

    /** {@code (e⁻ᵈ − 1 + d) / d²}. */
    private static final double[] SERIES = {1 / 2.0, -1 / 6.0, 1 / 24.0, -1 / 120.0, 1 / 720.0, -1 / 5040.0};

    private SoftmaxEntropies() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        Expr.Binary product = node instanceof Expr.Reduce sum && sum.op() == ReduceOp.SUM
                ? binary(BinaryOp.MULTIPLY, sum.body())
                : null;
        if (product == null) {
            return null;
        }
        Expr.Index index = ((Expr.Reduce) node).index();
        Expr entropy = of(product, product.left(), product.right(), index, e);
        if (entropy == null) {
            entropy = of(product, product.right(), product.left(), index, e);
        }
        return Patterns.map(entropy, body -> e.reduce(ReduceOp.SUM, index, body));
    }

    /** A term {@code p·log(p / q)} or {@code p·log(q / p)} without its first order, or null. */
    static @Nullable Expr of(Expr written, Expr p, Expr log, Expr.Index index, Exprs e) {
        Expr exponent = operand(UnaryOp.EXP, p);
        if (exponent == null) {
            return null;
        }
        List<SignedTerm> ofP = SignedTerm.ofAny(exponent);
        List<SignedTerm> ofQuotient = SignedTerm.of(unguarded(log));
        List<SignedTerm> minusQ = SignedTerm.without(ofQuotient, ofP);
        List<SignedTerm> plusQ = SignedTerm.without(ofQuotient, SignedTerm.opposites(ofP));
        LogShare share = LogShare.of(ofP, index, e);
        LogShare other = minusQ != null
                ? LogShare.of(SignedTerm.opposites(minusQ), index, e)
                : plusQ == null ? null : LogShare.of(plusQ, index, e);
        if (share == null || other == null) {
            return null;
        }
        Expr entropy = minusQ != null ? written : e.unary(UnaryOp.NEGATE, written);
        Expr positive = withoutFirstOrder(entropy, p, share, other, e);
        return minusQ != null ? positive : e.unary(UnaryOp.NEGATE, positive);
    }

    /** The y of {@code x = 0 ? 0 : y}. */
    static Expr unguarded(Expr log) {
        return log instanceof Expr.Select s && isConstant(s.whenTrue(), 0) ? s.whenFalse() : log;
    }

    private static Expr withoutFirstOrder(Expr entropy, Expr p, LogShare ofP, LogShare ofQ, Exprs e) {
        Expr d = ofP.minus(ofQ, e);
        Expr series = OddSeries.horner(SERIES, d, e);
        Expr near = e.binary(BinaryOp.MULTIPLY, p, e.binary(BinaryOp.MULTIPLY, e.unary(UnaryOp.SQUARE, d), series));
        Expr q = e.unary(UnaryOp.EXP, e.binary(BinaryOp.SUBTRACT, ofQ.entry(), ofQ.total()));
        Expr far = e.binary(BinaryOp.ADD, e.binary(BinaryOp.SUBTRACT, entropy, p), q);
        return e.select(OddSeries.isBelow(d, NEAR, e), near, far);
    }
}
