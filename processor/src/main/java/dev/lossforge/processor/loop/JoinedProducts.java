package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins products and sums of weighted differences that go to one derivative. The distance of two rows of one matrix
 * contributes to both rows: with the weights {@code g(i, j)} for one and {@code g(j, i)} for the other, of the same
 * differences. So does their product. One product with {@code g(i, j) + g(j, i)} takes half the time of two. Before
 * that, {@link JoinedSums} does the same within expressions.
 */
final class JoinedProducts {
    private final Exprs exprs;

    private JoinedProducts(Exprs exprs) {
        this.exprs = exprs;
    }

    static List<Task> of(Exprs exprs, List<Task> goals) {
        JoinedProducts joined = new JoinedProducts(exprs);
        JoinedSums sums = new JoinedSums(
                exprs, goals.stream().flatMap(g -> g.roots().stream()).toList());
        List<Task> result = new ArrayList<>();
        goals.forEach(goal -> joined.add(goal.map(sums::apply), result));
        return result;
    }

    /** Adds a goal, or joins it with the first one that it can be joined with. */
    private void add(Task goal, List<Task> result) {
        for (int i = 0; i < result.size(); i++) {
            Optional<Task> both = join(result.get(i), goal);
            if (both.isPresent()) {
                result.set(i, both.get());
                return;
            }
        }
        result.add(goal);
    }

    private Optional<Task> join(Task first, Task second) {
        return Products.addition(first).flatMap(a -> Products.addition(second).flatMap(b -> join(a, over(b, a))));
    }

    private Optional<Task> join(Products.Addition a, Products.Addition b) {
        boolean alike = a.store().order() == b.store().order()
                && a.store().input().equals(b.store().input());
        Expr sum = exprs.binary(BinaryOp.ADD, a.store().value(), b.store().value());
        return alike && isProduct(sum, a) ? Optional.of(added(a, sum)) : Optional.empty();
    }

    private boolean isProduct(Expr terms, Products.Addition over) {
        return MatrixProduct.of(exprs, terms, over.row(), over.column(), over.inner())
                        .isPresent()
                || DifferenceTerms.ofGradient(exprs, terms, over.row(), over.column(), over.inner())
                        .isPresent();
    }

    /** The same addition with the indices of another one. */
    private Products.Addition over(Products.Addition addition, Products.Addition other) {
        Map<Expr.Index, Expr> names = new IdentityHashMap<>();
        names.put(addition.row(), other.row());
        names.put(addition.column(), other.column());
        names.put(addition.inner(), other.inner());
        Substitution renaming = new Substitution(exprs, names);
        return new Products.Addition(
                (Task.Store) addition.store().map(renaming::apply), other.row(), other.column(), other.inner());
    }

    private static Task added(Products.Addition a, Expr sum) {
        Task.Store store = a.store();
        return Task.nest(
                List.of(a.row(), a.inner(), a.column()),
                new Task.Store(store.order(), store.input(), store.indices(), sum, store.mode()));
    }
}
