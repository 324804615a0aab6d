package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Sums of cotangents, each masked by its own condition, and the condition that at least one is not masked. Testing the
 * sum for 0 instead would be wrong: a gradient may be 0 where its derivative is not.
 */
final class MaskedSums {

    private final Exprs exprs;
    private final Map<Expr, Boolean> known = new IdentityHashMap<>();
    private final Map<Expr, Expr> live = new IdentityHashMap<>();

    MaskedSums(Exprs exprs) {
        this.exprs = exprs;
    }

    /** Whether a cotangent is such a sum, or a multiple of one. */
    boolean isSum(Expr ct) {
        Boolean sum = known.get(ct);
        if (sum == null) {
            sum = isMadeOfMasked(ct);
            known.put(ct, sum);
        }
        return sum;
    }

    private boolean isMadeOfMasked(Expr ct) {
        return switch (ct) {
            case Expr.Reduce r -> r.op() == ReduceOp.SUM && isMaskedOrSum(r.body());
            case Expr.Unary u -> u.op() == UnaryOp.NEGATE && isSum(u.operand());
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT -> isMaskedOrSum(b.left()) && isMaskedOrSum(b.right());
                    case MULTIPLY -> isSum(b.left()) || isSum(b.right());
                    case DIVIDE -> isSum(b.left());
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean isMaskedOrSum(Expr ct) {
        return Cotangents.isMasked(ct) || isSum(ct);
    }

    /** The condition under which a part of a cotangent is not masked. */
    Expr isLive(Expr ct) {
        Expr condition = live.get(ct);
        if (condition == null) {
            condition = condition(ct);
            live.put(ct, condition);
        }
        return condition;
    }

    private Expr condition(Expr ct) {
        if (Cotangents.isZeroOrNan(ct)) {
            return exprs.constant(false);
        }
        if (!isMaskedOrSum(ct)) {
            return exprs.constant(true);
        }
        return switch (ct) {
            case Expr.Select s ->
                or(
                        and(s.condition(), isLive(s.whenTrue())),
                        and(exprs.unary(UnaryOp.NOT, s.condition()), isLive(s.whenFalse())));
            case Expr.Unary u -> isLive(u.operand());
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT -> or(isLive(b.left()), isLive(b.right()));
                    default -> and(isLive(b.left()), isLiveFactor(b.right()));
                };
            case Expr.Reduce r -> anyLive(r);
            default -> exprs.constant(true);
        };
    }

    /**
     * A masked factor comes from {@link Cotangents#times(Expr, Expr, Expr)} for a share that is NaN. It is not a mask.
     */
    private Expr isLiveFactor(Expr factor) {
        return Cotangents.isMasked(factor) ? exprs.constant(true) : isLive(factor);
    }

    private Expr anyLive(Expr.Reduce sum) {
        Expr one = exprs.select(isLive(sum.body()), exprs.constant(1.0), exprs.constant(0.0));
        return exprs.compare(Comparison.GREATER, exprs.reduce(ReduceOp.MAX, sum.index(), one), exprs.constant(0.0));
    }

    private Expr and(Expr a, Expr b) {
        return exprs.binary(BinaryOp.AND, a, b);
    }

    private Expr or(Expr a, Expr b) {
        return exprs.binary(BinaryOp.OR, a, b);
    }
}
