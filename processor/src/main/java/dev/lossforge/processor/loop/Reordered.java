package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A reduction over the positions of an order instead of over its entries. With {@code j = argSort[r]}, the sum over k
 * of {@code (rank[j] < k + 1 ? g[k] : 0)} becomes that of {@code (r < k + 1 ? g[k] : 0)}, and all these are running
 * sums.
 *
 * @param value the reduction, with new indices instead of some enclosing ones
 * @param entries the entry of an order that each new index represents
 */
record Reordered(Expr.Reduce value, Map<Expr.Index, Expr> entries) {

    /** The form in which a sum is one of running sums. */
    static Optional<Reordered> running(Exprs exprs, Expr.Reduce sum) {
        if (!Running.isOp(sum.op())) {
            return Optional.empty();
        }
        List<Reordered> forms = forms(exprs, sum);
        for (Reordered form : List.copyOf(forms)) {
            inside(exprs, form).filter(f -> sum.op() == ReduceOp.SUM).ifPresent(forms::add);
        }
        return forms.stream()
                .filter(f -> Running.of(exprs, f.value()).isPresent())
                .findFirst();
    }

    /** A sum as it is, and as each of the orders around it allows. */
    static List<Reordered> forms(Exprs exprs, Expr.Reduce sum) {
        List<Reordered> forms = new ArrayList<>(List.of(new Reordered(sum, Map.of())));
        forms.addAll(around(exprs, sum));
        return forms;
    }

    /** The form in which a reduction depends only on the position, not on the entry. */
    static Optional<Reordered> alone(Exprs exprs, Expr.Reduce reduce) {
        return around(exprs, reduce).stream()
                .filter(f -> orders(f.value()).stream()
                        .noneMatch(o -> f.entries().containsKey(o.at())
                                && f.entries().values().stream().anyMatch(e -> isOfOneOrder(o, (Expr.Order) e))))
                .findFirst();
    }

    private static boolean isOfOneOrder(Expr.Order a, Expr.Order b) {
        return a.index() == b.index() && a.key() == b.key();
    }

    /** A part of the value in its original form. */
    Expr back(Exprs exprs, Expr part) {
        return entries.isEmpty() ? part : new Substitution(exprs, entries).apply(part);
    }

    /** All ways to replace an enclosing index of a reduction. */
    private static List<Reordered> around(Exprs exprs, Expr.Reduce reduce) {
        List<Reordered> forms = new ArrayList<>();
        for (Expr.Order order : orders(reduce)) {
            if (isPermuted(exprs, order)
                    && exprs.freeIndices(reduce).containsAll(exprs.freeIndices(order))
                    && order.at() instanceof Expr.Index around
                    && !hasStateOf(reduce, around)) {
                Expr.Index index = exprs.freshIndex(order.index().extent());
                Map<Expr.Index, Expr> entries = new IdentityHashMap<>();
                entries.put(index, order);
                forms.add(new Reordered(
                        (Expr.Reduce) Substitution.of(exprs, around, inverse(exprs, order, index))
                                .apply(reduce),
                        entries));
            }
        }
        return forms;
    }

    /** The same sum over the positions of an order in which its own index is looked up. */
    private static Optional<Reordered> inside(Exprs exprs, Reordered form) {
        Expr.Reduce sum = form.value();
        Set<Expr.Index> known = new LinkedHashSet<>(exprs.freeIndices(sum));
        known.add(sum.index());
        return orders(sum).stream()
                .filter(o -> o.at() == sum.index() && isPermuted(exprs, o) && known.containsAll(exprs.freeIndices(o)))
                .findFirst()
                .map(o -> {
                    Expr.Index index = exprs.freshIndex(o.index().extent());
                    Expr body = Substitution.of(exprs, sum.index(), inverse(exprs, o, index))
                            .apply(sum.body());
                    return new Reordered((Expr.Reduce) exprs.reduce(sum.op(), index, body), form.entries());
                });
    }

    private static Expr inverse(Exprs exprs, Expr.Order order, Expr.Index at) {
        return exprs.orderEntry(order.op().inverse(), order.index(), order.key(), at);
    }

    /** Whether an index is mapped to all entries of one order. */
    private static boolean isPermuted(Exprs exprs, Expr.Order order) {
        return order.at() instanceof Expr.Index at
                && Orders.isInside(order)
                && !exprs.freeIndices(order.key()).contains(at);
    }

    /** Whether an index is the step of an enclosing scan, whose previous state has no other position. */
    private static boolean hasStateOf(Expr root, Expr.Index index) {
        return ExprNodes.anyMatch(root, n -> n instanceof Expr.State s && s.index() == index);
    }

    private static List<Expr.Order> orders(Expr root) {
        return ExprNodes.of(root).stream()
                .filter(Expr.Order.class::isInstance)
                .map(Expr.Order.class::cast)
                .toList();
    }
}
