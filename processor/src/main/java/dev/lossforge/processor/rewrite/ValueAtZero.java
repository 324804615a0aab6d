package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import java.util.IdentityHashMap;
import java.util.Map;

/** What a function of one value is where that value is 0; NaN where it is unknown. */
final class ValueAtZero {

    private final Map<Expr, Double> known = new IdentityHashMap<>();

    ValueAtZero(Expr zero) {
        known.put(zero, 0.0);
    }

    double of(Expr node) {
        Double value = known.get(node);
        if (value == null) {
            value = compute(node);
            known.put(node, value);
        }
        return value;
    }

    private double compute(Expr node) {
        return switch (node) {
            case Expr.Constant c -> c.value();
            case Expr.Unary u when u.operand().type() == Type.FLOAT -> ReferenceMath.apply(u.op(), of(u.operand()));
            case Expr.Binary b
            when b.type() == Type.FLOAT -> ReferenceMath.apply(b.op(), Type.FLOAT, of(b.left()), of(b.right()));
            case Expr.Select s
            when s.condition() instanceof Expr.Compare c
                    && c.op() == Comparison.LESS
                    && c.left().type() == Type.FLOAT -> side(s, of(c.left()), of(c.right()));
            default -> Double.NaN;
        };
    }

    private double side(Expr.Select choice, double left, double right) {
        return left < right ? of(choice.whenTrue()) : left >= right ? of(choice.whenFalse()) : Double.NaN;
    }
}
