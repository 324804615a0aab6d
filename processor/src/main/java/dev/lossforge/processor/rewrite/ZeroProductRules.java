package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isDifferentiated;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for products that are 0 where one factor is 0 and the other a logarithm of 0, as entropies need. */
final class ZeroProductRules {

    static final List<Rule> ALL = List.of(
            new Rule("relative-entropy", "x·log(x / y)", "0 at x = 0", LIMIT, ZeroProductRules::relativeEntropy),
            new Rule(
                    "entropy-relative-to-whole",
                    "x·log(x / (x + y))",
                    "−x·log1p(y / x) for |y| < x / 2",
                    REASSOCIATES,
                    ZeroProductRules::relativeToWhole),
            new Rule("x-log-quotient", "x·log(y / z)", "0 at x = 0", LIMIT, ZeroProductRules::xLogQuotient),
            new Rule("x-log-difference", "x·(log y − log z)", "0 at x = 0", LIMIT, ZeroProductRules::xLogDifference),
            new Rule("x-log-own-quotient", "xlogy(x, x / y)", "x·log(x / y)", LIMIT, ZeroProductRules::xLogOwn),
            new Rule("x-log-y", "x·log y", "0 at x = 0, y = 0", LIMIT, (n, e) -> xLog(n, UnaryOp.LOG, e)),
            new Rule("x-log1p-y", "x·log(1 + y)", "0 at x = 0, y = −1", LIMIT, (n, e) -> xLog(n, UnaryOp.LOG1P, e)),
            new Rule(
                    "x-log-x-among-others", "x·(log x + y)", "x·log x + x·y", LIMIT, ZeroProductRules::xLogAmongOthers),
            new Rule("x-log-softmax", "x·(y − logΣexp z)", "0 at x = 0", LIMIT, ZeroProductRules::xLogSoftmax));

    private ZeroProductRules() {}

    /** {@code x·log(x / y)}, and its negative {@code x·log(y / x)}. */
    private static @Nullable Expr relativeEntropy(Expr node, Exprs e) {
        return product(node, BinaryOp.LOG_QUOTIENT, (x, quotient) -> {
            if (x == quotient.left()) {
                return relativeTo(quotient.right(), x, e);
            }
            return x == quotient.right() ? e.unary(UnaryOp.NEGATE, relativeTo(quotient.left(), x, e)) : null;
        });
    }

    /** What a user may guard at x = 0 himself. */
    private static @Nullable Expr xLogOwn(Expr node, Exprs e) {
        Expr.Binary guarded = binary(BinaryOp.XLOGY, node);
        Expr.Binary quotient = guarded == null ? null : binary(BinaryOp.DIVIDE, guarded.right());
        if (guarded == null || quotient == null) {
            return null;
        }
        Expr x = guarded.left();
        return x == quotient.left()
                ? relativeTo(quotient.right(), x, e)
                : x == quotient.right() ? e.unary(UnaryOp.NEGATE, relativeTo(quotient.left(), x, e)) : null;
    }

    /** A part that is nearly the whole, whose rounding would take the place of the rest. */
    private static @Nullable Expr relativeToWhole(Expr node, Exprs e) {
        Expr.Binary entropy = binary(BinaryOp.RELATIVE_ENTROPY, node);
        Expr x = entropy == null ? null : entropy.left();
        Expr rest = entropy == null || x == null ? null : PartsOfWholes.rest(x, entropy.right(), e);
        return x == null || rest == null
                ? null
                : e.select(
                        PartsOfWholes.isMost(x, rest, e),
                        e.unary(UnaryOp.NEGATE, e.binary(BinaryOp.MULTIPLY, x, PartsOfWholes.logOfWhole(x, rest, e))),
                        node);
    }

    /** Of a mixture that x is all there is in, x is a constant share, also where both are 0 and their quotient NaN. */
    private static Expr relativeTo(Expr y, Expr x, Exprs e) {
        Expr entropy = e.binary(BinaryOp.RELATIVE_ENTROPY, x, y);
        Mixture mixture = isDifferentiated(x) ? Mixture.of(y, x, 1) : null;
        return mixture == null
                ? entropy
                : e.select(
                        e.compare(Comparison.EQUAL, mixture.rest, e.constant(0.0)),
                        e.binary(BinaryOp.MULTIPLY, e.constant(-Math.log(mixture.share)), x),
                        entropy);
    }

    /** A sum of a share of some x and of what is not differentiated, which is 0 where {@code rest} is. */
    private record Mixture(double share, Expr rest) {

        static @Nullable Mixture of(Expr node, Expr x, double factor) {
            Expr.Binary sum = binary(BinaryOp.ADD, node);
            if (sum != null) {
                Mixture ofLeft = of(sum.left(), sum.right(), x, factor);
                return ofLeft != null ? ofLeft : of(sum.right(), sum.left(), x, factor);
            }
            Scaled scaled = Scaled.of(node);
            return scaled == null ? null : of(scaled.of, x, factor * scaled.by);
        }

        private static @Nullable Mixture of(Expr term, Expr other, Expr x, double factor) {
            Scaled multiple = Scaled.of(term);
            double share = factor * (multiple == null ? 1 : multiple.by);
            Scaled part = Scaled.of(other);
            return (multiple == null ? term : multiple.of) == x && !isDifferentiated(other) && share > 0
                    ? new Mixture(share, part == null ? other : part.of)
                    : null;
        }
    }

    /** A multiple by an ordinary constant. */
    private record Scaled(double by, Expr of) {

        static @Nullable Scaled of(Expr node) {
            Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
            if (product != null) {
                return product.left() instanceof Expr.Constant c && Patterns.isOrdinary(c)
                        ? new Scaled(c.value(), product.right())
                        : null;
            }
            Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
            return quotient != null && quotient.right() instanceof Expr.Constant c && Patterns.isOrdinary(c)
                    ? new Scaled(1 / c.value(), quotient.left())
                    : null;
        }
    }

    /** Where x is differentiated, {@code y / z} is kept, so that the slope at x = 0 is the logarithm. */
    private static @Nullable Expr xLogQuotient(Expr node, Exprs e) {
        return product(
                node,
                BinaryOp.LOG_QUOTIENT,
                (x, quotient) -> isDifferentiated(x)
                        ? e.binary(BinaryOp.XLOGY, x, e.binary(BinaryOp.DIVIDE, quotient.left(), quotient.right()))
                        : zeroAtZero(x, quotient, e));
    }

    private static @Nullable Expr xLogDifference(Expr node, Exprs e) {
        return product(node, BinaryOp.SUBTRACT, (x, difference) -> {
            Expr y = operand(UnaryOp.LOG, difference.left());
            Expr z = operand(UnaryOp.LOG, difference.right());
            return y == null || z == null
                    ? null
                    : x == y
                            ? relativeTo(z, x, e)
                            : x == z ? e.unary(UnaryOp.NEGATE, relativeTo(y, x, e)) : weightedDifference(x, y, z, e);
        });
    }

    private static Expr weightedDifference(Expr x, Expr y, Expr z, Exprs e) {
        Expr logs = e.binary(BinaryOp.SUBTRACT, e.binary(BinaryOp.XLOGY, x, y), e.binary(BinaryOp.XLOGY, x, z));
        Expr rest = PartsOfWholes.rest(y, z, e);
        return rest == null
                ? logs
                : e.select(
                        PartsOfWholes.isMost(y, rest, e),
                        e.unary(UnaryOp.NEGATE, e.binary(BinaryOp.MULTIPLY, x, PartsOfWholes.logOfWhole(y, rest, e))),
                        logs);
    }

    /** Matches {@code x · op(y)} and {@code op(y) · x}, unless x is a constant: only a variable can be zero. */
    private static @Nullable Expr xLog(Expr node, UnaryOp op, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null) {
            return null;
        }
        BinaryOp combined = op == UnaryOp.LOG ? BinaryOp.XLOGY : BinaryOp.XLOG1PY;
        Expr right = operand(op, product.right());
        if (right != null && !(product.left() instanceof Expr.Constant)) {
            return e.binary(combined, product.left(), right);
        }
        Expr argument = operand(op, product.left());
        Expr factor = product.right();
        return argument != null && !(factor instanceof Expr.Constant) ? e.binary(combined, factor, argument) : null;
    }

    /**
     * A logit of −∞ has the probability 0 and the logarithm −∞. For a factor that is differentiated this is done only
     * if it is exponential itself: there its slope is 0, too.
     */
    private static @Nullable Expr xLogSoftmax(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null) {
            return null;
        }
        if (mayBeZero(product.left()) && isLogarithmOfShare(product.right())) {
            return zeroAtZero(product.left(), product.right(), e);
        }
        return mayBeZero(product.right()) && isLogarithmOfShare(product.left())
                ? zeroAtZero(product.right(), product.left(), e)
                : null;
    }

    /** {@code x·(log x + y)} at {@code x = 0}. */
    private static @Nullable Expr xLogAmongOthers(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null) {
            return null;
        }
        Expr ofLeft = xLogAmongOthers(product.left(), product.right(), e);
        return ofLeft != null ? ofLeft : xLogAmongOthers(product.right(), product.left(), e);
    }

    private static @Nullable Expr xLogAmongOthers(Expr x, Expr sum, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(sum);
        for (SignedTerm term : terms) {
            if (operand(UnaryOp.LOG, term.value()) == x) {
                List<SignedTerm> others = new ArrayList<>(terms);
                others.remove(term);
                Expr product = e.binary(BinaryOp.MULTIPLY, x, SignedTerm.sum(others, e));
                Expr logarithm = e.binary(BinaryOp.XLOGY, x, x);
                return SignedTerm.sum(
                        List.of(new SignedTerm(product, false), new SignedTerm(logarithm, term.isNegative())), e);
            }
        }
        return null;
    }

    private static boolean mayBeZero(Expr node) {
        return !(node instanceof Expr.Constant) && (operand(UnaryOp.EXP, node) != null || !isDifferentiated(node));
    }

    /** Whether a value is the logarithm of a share of a sum, or a difference of such. */
    private static boolean isLogarithmOfShare(Expr node) {
        return Patterns.isShort(node) && isLogarithm(node);
    }

    private static boolean isLogarithm(Expr node) {
        return switch (node) {
            case Expr.Unary u -> u.op() == UnaryOp.NEGATE && isLogarithm(u.operand());
            case Expr.Binary b ->
                switch (b.op()) {
                    case SUBTRACT ->
                        b.right() instanceof Expr.Reduce r && r.op() == ReduceOp.LOG_SUM_EXP
                                || isLogarithm(b.left())
                                || isLogarithm(b.right());
                    case ADD -> isLogarithm(b.left()) || isLogarithm(b.right());
                    case MULTIPLY -> b.left() instanceof Expr.Constant && isLogarithm(b.right());
                    default -> false;
                };
            default -> false;
        };
    }

    /** {@code x·(x = 0 ? 0 : y)}. */
    private static Expr zeroAtZero(Expr x, Expr y, Exprs e) {
        Expr zero = e.constant(0.0);
        return e.binary(BinaryOp.MULTIPLY, x, e.select(e.compare(Comparison.EQUAL, x, zero), zero, y));
    }

    private interface Pair {
        @Nullable
        Expr of(Expr x, Expr.Binary y);
    }

    /** Matches {@code x · y} and {@code y · x} with y of this operation, unless x is a constant. */
    private static @Nullable Expr product(Expr node, BinaryOp op, Pair build) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null) {
            return null;
        }
        Expr.Binary right = binary(op, product.right());
        if (right != null && !(product.left() instanceof Expr.Constant)) {
            return build.of(product.left(), right);
        }
        Expr.Binary left = binary(op, product.left());
        return left != null && !(product.right() instanceof Expr.Constant) ? build.of(product.right(), left) : null;
    }
}
