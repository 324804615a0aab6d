package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Determines which values vary smoothly with the chosen inputs. Whole numbers, conditions, signs, roundings and
 * operands of {@code stopGradient} never do.
 */
public final class Activity {

    private final Predicate<Input> chosen;
    private final Map<Expr, Boolean> known = new IdentityHashMap<>();

    public Activity(Predicate<Input> chosen) {
        this.chosen = chosen;
    }

    public boolean isActive(Expr node) {
        Boolean active = known.get(node);
        if (active == null) {
            active = compute(node);
            known.put(node, active);
        }
        return active;
    }

    private boolean compute(Expr node) {
        return switch (node) {
            case Expr.Load l -> l.type() == Type.FLOAT && chosen.test(l.input());
            case Expr.Unary u -> !isFlat(u.op()) && isActive(u.operand());
            case Expr.Binary b -> b.type() == Type.FLOAT && (isActive(b.left()) || isActive(b.right()));
            case Expr.Select s -> isActive(s.whenTrue()) || isActive(s.whenFalse());
            case Expr.Scan s ->
                isActive(s.steps().start()) || isActive(s.steps().next());
            case Expr.Reduce r -> r.type() == Type.FLOAT && isActive(r.body());
            default -> false;
        };
    }

    private static boolean isFlat(UnaryOp op) {
        return switch (op) {
            case SIGN, FLOOR, CEIL, ROUND, NAN_OR_ZERO, STOP_GRADIENT, TO_FLOAT, TO_INT, NOT -> true;
            default -> false;
        };
    }
}
