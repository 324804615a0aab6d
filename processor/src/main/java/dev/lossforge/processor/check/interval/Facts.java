package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds on one side of a condition, on top of what holds around it: narrower intervals of some expressions, and
 * which of two is greater. It also keeps the intervals of all that these facts touch.
 */
final class Facts {

    private final @Nullable Facts around;
    private final Map<Expr, Interval> narrowed = new IdentityHashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private final Map<Expr, Interval> known = new IdentityHashMap<>();
    private final Map<Expr, Boolean> touched = new IdentityHashMap<>();

    /** What is known of {@code left − right}. */
    private record Order(Expr left, Expr right, Interval difference) {

        boolean isOf(Expr x, Expr y) {
            return left == x && right == y;
        }
    }

    Facts(@Nullable Facts around) {
        this.around = around;
    }

    /** Whether nothing is known here that is not known around. */
    boolean isVacuous() {
        return narrowed.isEmpty() && orders.isEmpty();
    }

    /** Whether some expression could have no value here, so that control never comes here. */
    boolean areImpossible() {
        return narrowed.values().stream().anyMatch(i -> i.isEmpty() && !i.nan());
    }

    void narrow(Expr node, Interval values) {
        narrowed.put(node, values);
        touched.clear();
        known.clear();
    }

    /** Adds what is known of the difference of two values. */
    void order(Expr left, Expr right, Interval difference) {
        orders.add(new Order(left, right, difference));
    }

    /** The facts, these or some around, that a node's interval depends on; the outermost know all nodes. */
    Facts owner(Expr node) {
        Facts facts = this;
        while (facts.around != null && !facts.touches(node)) {
            facts = facts.around;
        }
        return facts;
    }

    private boolean touches(Expr node) {
        Boolean known = touched.get(node);
        if (known == null) {
            known = narrowed.containsKey(node)
                    || isOrderedDifference(node)
                    || Exprs.operands(node).stream().anyMatch(this::touches);
            touched.put(node, known);
        }
        return known;
    }

    private boolean isOrderedDifference(Expr node) {
        return node instanceof Expr.Binary b
                && b.op() == BinaryOp.SUBTRACT
                && orders.stream().anyMatch(o -> o.isOf(b.left(), b.right()) || o.isOf(b.right(), b.left()));
    }

    Optional<Interval> known(Expr node) {
        return Optional.ofNullable(known.get(node));
    }

    void keep(Expr node, Interval values) {
        known.put(node, values);
    }

    /** What of the values is left by the facts here and around. */
    Interval narrow(Interval values, Expr node) {
        Interval left = values;
        for (Facts facts = this; facts != null; facts = facts.around) {
            Interval narrow = facts.narrowed.get(node);
            left = narrow == null ? left : left.intersect(narrow);
            left = facts.narrowDifference(left, node);
        }
        return left;
    }

    private Interval narrowDifference(Interval values, Expr node) {
        Interval left = values;
        if (node instanceof Expr.Binary b && b.op() == BinaryOp.SUBTRACT) {
            for (Order order : orders) {
                left = order.isOf(b.left(), b.right()) ? left.intersect(order.difference()) : left;
                left = order.isOf(b.right(), b.left())
                        ? left.intersect(order.difference().negated())
                        : left;
            }
        }
        return left;
    }
}
