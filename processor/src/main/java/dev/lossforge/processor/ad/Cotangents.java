package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on cotangents, which keeps masks outermost.
 *
 * <p>A branch that is not taken has cotangent 0, even if its derivative is infinite or NaN. A factor of a masked
 * cotangent {@code c ? a : 0} must therefore multiply {@code a} inside the mask, because {@code 0 · ∞} is NaN. A sum of
 * cotangents masked by different conditions has no single mask. Where all its terms are masked, a factor is not
 * applied, unless it is finite for all inputs.
 */
final class Cotangents {

    /** Factors of a cotangent that lie deeper are not looked for. */
    private static final int MAX_FACTORS = 8;

    private final Exprs exprs;
    private final Finiteness finiteness = new Finiteness();
    private final MaskedSums sums;

    /**
     * The merged sums of two cotangents masked by the same condition. They are cached, because shared nodes are reached
     * on many paths.
     */
    private final Map<Expr, Map<Expr, Expr>> mergedSums = new IdentityHashMap<>();

    Cotangents(Exprs exprs) {
        this.exprs = exprs;
        this.sums = new MaskedSums(exprs);
    }

    Expr constant(double value) {
        return exprs.constant(value);
    }

    /** {@code ct · factor}. */
    Expr times(Expr ct, Expr factor) {
        if (isMasked(factor)) {
            return through(factor, f -> times(ct, f));
        }
        return finiteness.isSure(factor) ? inMasks(ct, c -> product(c, factor)) : through(ct, c -> product(c, factor));
    }

    Expr times(Expr ct, double factor) {
        return times(ct, constant(factor));
    }

    /**
     * {@code ct · share}. The share of a sum of exponentials is NaN if all are 0 and their logarithm is −∞. A cotangent
     * that vanishes there is multiplied by 0 instead. This is not a mask: a later infinite slope gives NaN.
     */
    Expr times(Expr ct, Expr share, Expr logarithm) {
        if (!Decay.vanishesBelow(ct, logarithm)) {
            return times(ct, share);
        }
        Expr nothing = exprs.compare(Comparison.EQUAL, logarithm, constant(Double.NEGATIVE_INFINITY));
        Expr safe = exprs.select(nothing, constant(0), share);
        return through(ct, c -> product(c, safe));
    }

    /**
     * {@code ct · (x / whole)}. In a cotangent {@code c · (whole / greater)} the whole cancels: the slope of
     * {@code √(x² + y² + ε)} by x is {@code x / √…}, which is smooth where x and y are 0, as their direction is not.
     * The whole may be scaled, as a norm is in a root of a mean of squares.
     *
     * @param otherwise the product with a cotangent in which nothing cancels
     */
    Expr timesShare(Expr ct, Expr x, Expr whole, UnaryOperator<Expr> otherwise) {
        Map<Expr, Optional<Expr>> chained = new IdentityHashMap<>();
        Function<Expr, Optional<Expr>> search = c -> chained.computeIfAbsent(c, key -> chained(key, x, whole));
        if (!hasShare(ct, search)) {
            return otherwise.apply(ct);
        }
        return inMasks(ct, c -> search.apply(c).orElseGet(() -> otherwise.apply(c)));
    }

    private boolean hasShare(Expr ct, Function<Expr, Optional<Expr>> search) {
        return ct instanceof Expr.Select s && isMasked(s)
                ? hasShare(s.whenTrue(), search) || hasShare(s.whenFalse(), search)
                : search.apply(ct).isPresent();
    }

    private Optional<Expr> chained(Expr ct, Expr x, Expr whole) {
        return Optional.ofNullable(replaced(ct, node -> share(node, x, whole), MAX_FACTORS));
    }

    private @Nullable Expr share(Expr node, Expr x, Expr whole) {
        return node instanceof Expr.Binary b && b.op() == BinaryOp.XDIVY
                ? onLeft(b, replaced(b.left(), factor -> factor == whole ? x : null, MAX_FACTORS))
                : null;
    }

    /** A product or quotient with one factor of its dividend replaced, or null; few levels are looked through. */
    private @Nullable Expr replaced(Expr node, Function<Expr, @Nullable Expr> replacement, int levels) {
        Expr found = replacement.apply(node);
        if (found != null || levels == 0 || !(node instanceof Expr.Binary b)) {
            return found;
        }
        return switch (b.op()) {
            case DIVIDE -> onLeft(b, replaced(b.left(), replacement, levels - 1));
            case MULTIPLY -> {
                Expr right = onRight(b, replaced(b.right(), replacement, levels - 1));
                yield right != null ? right : onLeft(b, replaced(b.left(), replacement, levels - 1));
            }
            default -> null;
        };
    }

    private @Nullable Expr onLeft(Expr.Binary node, @Nullable Expr left) {
        return left == null ? null : exprs.binary(node.op(), left, node.right());
    }

    private @Nullable Expr onRight(Expr.Binary node, @Nullable Expr right) {
        return right == null ? null : exprs.binary(node.op(), node.left(), right);
    }

    /** {@code ct / divisor}. */
    Expr over(Expr ct, Expr divisor) {
        return through(ct, c -> exprs.binary(BinaryOp.DIVIDE, c, divisor));
    }

    Expr negate(Expr ct) {
        return inMasks(ct, c -> exprs.unary(UnaryOp.NEGATE, c));
    }

    /** {@code ct} where the condition holds, 0 elsewhere. */
    Expr where(Expr condition, Expr ct) {
        return exprs.select(condition, ct, constant(0));
    }

    Expr whereNot(Expr condition, Expr ct) {
        return exprs.select(condition, constant(0), ct);
    }

    /**
     * {@code ct} where the condition holds; elsewhere 0, or NaN if {@code witness} is NaN and {@code ct} not masked.
     */
    Expr whereElseNan(Expr condition, Expr ct, Expr witness) {
        return exprs.select(condition, ct, nanOrZero(ct, witness));
    }

    /**
     * 0, or NaN if {@code witness} is; the cotangent, within the masks of ct, of an operand that does not affect the
     * value.
     */
    Expr nanOrZero(Expr ct, Expr witness) {
        return through(ct, c -> exprs.unary(UnaryOp.NAN_OR_ZERO, witness));
    }

    /** The sum of two cotangents of one node. Terms masked by the same condition share one mask. */
    Expr plus(Expr a, Expr b) {
        if (isZero(a) || isZero(b)) {
            return isZero(a) ? b : a;
        }
        if (isZeroOrNan(a) && isZeroOrNan(b)) {
            return a == b ? a : exprs.unary(UnaryOp.NAN_OR_ZERO, exprs.binary(BinaryOp.ADD, a, b));
        }
        if (a instanceof Expr.Select x
                && b instanceof Expr.Select y
                && x.condition() == y.condition()
                && (isMasked(x) || isMasked(y))) {
            Map<Expr, Expr> withA = mergedSums.computeIfAbsent(a, first -> new IdentityHashMap<>());
            Expr known = withA.get(b);
            if (known == null) {
                known = merged(x, y);
                withA.put(b, known);
            }
            return known;
        }
        return exprs.binary(BinaryOp.ADD, a, b);
    }

    private Expr merged(Expr.Select a, Expr.Select b) {
        return exprs.select(a.condition(), plus(a.whenTrue(), b.whenTrue()), plus(a.whenFalse(), b.whenFalse()));
    }

    /** The sum over an index. A mask that does not mention it masks the sum. */
    Expr sumOver(Expr.Index index, Expr ct) {
        if (!exprs.freeIndices(ct).contains(index)) {
            return timesExtent(index, ct);
        }
        if (ct instanceof Expr.Select s
                && isMasked(s)
                && !exprs.freeIndices(s.condition()).contains(index)) {
            return exprs.select(s.condition(), sumOver(index, s.whenTrue()), sumOver(index, s.whenFalse()));
        }
        return LoneTerm.of(index, ct, exprs).orElseGet(() -> {
            Expr sum = exprs.reduce(ReduceOp.SUM, index, ct);
            return isZeroOrNan(ct) ? exprs.unary(UnaryOp.NAN_OR_ZERO, sum) : sum;
        });
    }

    /** The sum over an index that the cotangent does not mention. */
    Expr timesExtent(Expr.Index index, Expr ct) {
        Expr times = times(ct, exprs.unary(UnaryOp.TO_FLOAT, index.extent()));
        return index.extent() instanceof Expr.Extent
                ? times
                : where(exprs.compare(Comparison.GREATER, index.extent(), exprs.constant(0)), times);
    }

    Expr compare(Comparison op, Expr left, Expr right) {
        return exprs.compare(op, left, right);
    }

    /**
     * Applies a linear map inside the masks. In a sum of masked cotangents, it is applied where not all terms are
     * masked.
     */
    private Expr through(Expr ct, UnaryOperator<Expr> linear) {
        return inMasks(
                ct,
                c -> sums.isSum(c)
                        ? exprs.select(sums.isLive(c), linear.apply(c), exprs.unary(UnaryOp.NAN_OR_ZERO, c))
                        : linear.apply(c));
    }

    /** Applies a linear map inside the masks, once to each shared node. */
    private Expr inMasks(Expr ct, UnaryOperator<Expr> linear) {
        return inMasks(ct, linear, new IdentityHashMap<>());
    }

    private Expr inMasks(Expr ct, UnaryOperator<Expr> linear, Map<Expr, Expr> done) {
        if (isZeroOrNan(ct)) {
            return ct;
        }
        if (!(ct instanceof Expr.Select s) || !isMasked(s)) {
            return linear.apply(ct);
        }
        Expr known = done.get(ct);
        if (known == null) {
            known = exprs.select(
                    s.condition(), inMasks(s.whenTrue(), linear, done), inMasks(s.whenFalse(), linear, done));
            done.put(ct, known);
        }
        return known;
    }

    private Expr product(Expr ct, Expr factor) {
        if (ct instanceof Expr.Constant c && c.value() == 1) {
            return factor;
        }
        if (factor instanceof Expr.Constant f && f.value() == 1) {
            return ct;
        }
        return exprs.binary(BinaryOp.MULTIPLY, ct, factor);
    }

    static boolean isMasked(Expr node) {
        return node instanceof Expr.Select s && (isMask(s.whenTrue()) || isMask(s.whenFalse()));
    }

    private static boolean isMask(Expr node) {
        return isZeroOrNan(node) || isMasked(node);
    }

    static boolean isZeroOrNan(Expr node) {
        return isZero(node) || node instanceof Expr.Unary u && u.op() == UnaryOp.NAN_OR_ZERO;
    }

    static boolean isZero(Expr node) {
        return node instanceof Expr.Constant c && c.value() == 0;
    }
}
