package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.NonNegative;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * Recognises cotangents that vanish where a value is infinite: multiples of {@code e^(value + …)} at −∞, and of
 * {@code e^(… − value)} at +∞. An exponential goes to 0 faster than its exponent grows, so {@code x·eˣ} is 0 at −∞,
 * like {@code x·log x} at 0.
 */
final class Decay {

    /**
     * The maximum number of visited nodes. Beyond it, nothing is recognised, because shared nodes are reached on many
     * paths.
     */
    private static final int MAX_NODES = 200;

    private final Expr value;
    private final boolean low;
    private int nodes;

    private Decay(Expr value, boolean low) {
        this.value = value;
        this.low = low;
    }

    /** Whether a cotangent is 0 where the value is −∞. */
    static boolean vanishesBelow(Expr ct, Expr value) {
        return new Decay(value, true).vanishes(ct);
    }

    /** Whether a cotangent is 0 where the value is +∞. */
    static boolean vanishesAbove(Expr ct, Expr value) {
        return new Decay(value, false).vanishes(ct);
    }

    private boolean vanishes(Expr ct) {
        return ++nodes <= MAX_NODES
                && (Cotangents.isZeroOrNan(ct)
                        || switch (ct) {
                            case Expr.Unary u ->
                                u.op() == UnaryOp.EXP && isInfinite(u.operand(), true)
                                        || u.op() == UnaryOp.NEGATE && vanishes(u.operand());
                            case Expr.Binary b ->
                                switch (b.op()) {
                                    case MULTIPLY -> vanishes(b.left()) || vanishes(b.right());
                                    case DIVIDE -> vanishes(b.left());
                                    case ADD, SUBTRACT -> vanishes(b.left()) && vanishes(b.right());
                                    default -> false;
                                };
                            case Expr.Select s -> vanishes(s.whenTrue()) && vanishes(s.whenFalse());
                            case Expr.Reduce r -> r.op() == ReduceOp.SUM && vanishes(r.body());
                            default -> false;
                        });
    }

    /** Whether a term is −∞, or +∞, where the value is infinite. The other side of a choice is masked. */
    private boolean isInfinite(Expr term, boolean negative) {
        return term == value
                ? negative == low
                : ++nodes <= MAX_NODES
                        && switch (term) {
                            case Expr.Unary u -> u.op() == UnaryOp.NEGATE && isInfinite(u.operand(), !negative);
                            case Expr.Binary b ->
                                switch (b.op()) {
                                    case ADD -> isInfinite(b.left(), negative) || isInfinite(b.right(), negative);
                                    case SUBTRACT -> isInfinite(b.left(), negative) || isInfinite(b.right(), !negative);
                                    case MULTIPLY ->
                                        b.left() instanceof Expr.Constant c
                                                && c.value() != 0
                                                && isInfinite(b.right(), negative == c.value() > 0);
                                    case DIVIDE ->
                                        NonNegative.byConstruction(b.right()) && isInfinite(b.left(), negative);
                                    default -> false;
                                };
                            case Expr.Select s ->
                                isInfinite(s.whenTrue(), negative) || isInfinite(s.whenFalse(), negative);
                            default -> false;
                        };
    }
}
