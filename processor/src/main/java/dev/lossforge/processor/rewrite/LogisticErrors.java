package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross-entropy on logits, and its derivative. Both are what is left of two numbers that are equal where the
 * right class is certain: for the label 1 and the logit 20, {@code softplus(x) − y·x} and {@code σ(x) − y} are 0 in
 * float32. By the sign of the logit, the label is subtracted from 1 or 0 first, which is exact for labels of 1 and 0.
 */
final class LogisticErrors {

    /** The derivative is taken as written, and mended by {@link #SLOPE}: |x| has none at 0. */
    static final Rule VALUE = new Rule(
            "logistic-error",
            "softplus(x) − y·x",
            "((x > 0 ? 1 : 0) − y)·x + softplus(−|x|)",
            REASSOCIATES,
            true,
            (node, e) -> rewrite(node, UnaryOp.SOFTPLUS, LogisticErrors::error, e));

    static final Rule SLOPE = new Rule(
            "logistic-slope",
            "σ(x) − y",
            "x > 0 ? (1 − y) − σ(−|x|) : σ(−|x|) − y",
            REASSOCIATES,
            (node, e) -> rewrite(node, UnaryOp.SIGMOID, LogisticErrors::slope, e));

    private static final int MAX_TERMS = 6;

    private LogisticErrors() {}

    private static @Nullable Expr rewrite(Expr node, UnaryOp op, BiFunction<Multiple, Exprs, Expr> form, Exprs e) {
        Expr pair = rewrite(SignedTerm.operandsOf(node), op, form, e); // a label 1 − y has terms of its own
        return pair != null ? pair : rewrite(SignedTerm.of(node), op, form, e);
    }

    private static @Nullable Expr rewrite(
            List<SignedTerm> terms, UnaryOp op, BiFunction<Multiple, Exprs, Expr> form, Exprs e) {
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        for (SignedTerm first : terms) {
            for (SignedTerm second : terms) {
                Multiple multiple = first == second ? null : Multiple.of(first, second, op);
                if (multiple != null) {
                    List<SignedTerm> rest = new ArrayList<>(terms);
                    rest.remove(first);
                    rest.remove(second);
                    rest.addFirst(new SignedTerm(multiple.factor.times(form.apply(multiple, e), e), false));
                    return SignedTerm.sum(rest, e);
                }
            }
        }
        return null;
    }

    /** A multiple of {@code softplus(x) − y·x} or {@code σ(x) − y}, with a label y. */
    private record Multiple(Monomial factor, Expr x, Expr y) {

        static @Nullable Multiple of(SignedTerm first, SignedTerm second, UnaryOp op) {
            Monomial product = Monomial.of(first);
            for (Monomial.Power power : product.powers()) {
                Expr x = power.exponent() == 1 ? Patterns.operand(op, power.value()) : null;
                if (x != null && !isMinusAbs(x)) {
                    Monomial factor = product.over(Monomial.of(power));
                    Monomial rest = Monomial.of(second).over(factor);
                    Expr y = label(op == UnaryOp.SOFTPLUS ? rest.over(Monomial.of(x)) : rest);
                    return y == null ? null : new Multiple(factor, x, y);
                }
            }
            return null;
        }

        /** The y of {@code −y}, which is a target or 1 less a target. */
        private static @Nullable Expr label(Monomial opposite) {
            Expr y = opposite.over(new Monomial(-1, List.of())).single();
            return isTarget(y) || isTarget(Patterns.oneMinus(y)) ? y : null;
        }

        private static boolean isTarget(@Nullable Expr node) {
            Expr integer = Patterns.operand(UnaryOp.TO_FLOAT, node);
            return (integer == null ? node : integer) instanceof Expr.Load load
                    && load.input().role() == Role.TARGET;
        }
    }

    private static Expr error(Multiple multiple, Exprs e) {
        Expr side = e.select(isPositive(multiple.x, e), e.constant(1.0), e.constant(0.0));
        return e.binary(
                BinaryOp.ADD,
                e.binary(BinaryOp.MULTIPLY, e.binary(BinaryOp.SUBTRACT, side, multiple.y), multiple.x),
                e.unary(UnaryOp.SOFTPLUS, minusAbs(multiple.x, e)));
    }

    private static Expr slope(Multiple multiple, Exprs e) {
        Expr rest = e.unary(UnaryOp.SIGMOID, minusAbs(multiple.x, e));
        return e.select(
                isPositive(multiple.x, e),
                e.binary(BinaryOp.SUBTRACT, e.binary(BinaryOp.SUBTRACT, e.constant(1.0), multiple.y), rest),
                e.binary(BinaryOp.SUBTRACT, rest, multiple.y));
    }

    private static Expr isPositive(Expr x, Exprs e) {
        return e.compare(Comparison.GREATER, x, e.constant(0.0));
    }

    private static boolean isMinusAbs(Expr node) {
        return Patterns.operand(UnaryOp.ABS, Patterns.operand(UnaryOp.NEGATE, node)) != null;
    }

    private static Expr minusAbs(Expr x, Exprs e) {
        return e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.ABS, x));
    }
}
