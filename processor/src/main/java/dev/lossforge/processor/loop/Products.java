package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Extents;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Turns tables and derivatives that are sums of products into matrix products. */
final class Products {
    private final Exprs exprs;
    private final Function<Expr, Expr.Load> table;

    /** @param table creates a table for a value and returns its entry */
    Products(Exprs exprs, Function<Expr, Expr.Load> table) {
        this.exprs = exprs;
        this.table = table;
    }

    /** The destination of a product, and how it is written. */
    private record Destination(Statement.Target target, Optional<Table> written, Statement.Mode mode) {}

    /** The product that fills the table of a reduction, instead of loops. */
    Optional<Task> of(Expr.Reduce sum, List<Expr.Index> points, Table filled, Task loops) {
        Destination destination =
                new Destination(new Statement.ToBuffer(filled.buffer()), Optional.of(filled), Statement.Mode.SET);
        return sum.op() == ReduceOp.SUM && points.size() == 2
                ? of(destination, points, sum.index(), sum.body(), loops)
                : Optional.empty();
    }

    /** The product that adds to a derivative, instead of loops. */
    Optional<Task> of(Task goal, Task loops) {
        List<Expr.Index> around = new ArrayList<>();
        Task leaf = goal;
        while (leaf instanceof Task.ForEach f) {
            around.add(f.index());
            leaf = f.body();
        }
        boolean adds = leaf instanceof Task.Store s
                && s.mode() == Statement.Mode.ADD
                && around.size() == 3
                && s.indices().size() == 2
                && around.containsAll(s.indices())
                && s.indices().getFirst() != s.indices().getLast();
        if (!adds) {
            return Optional.empty();
        }
        Task.Store store = (Task.Store) leaf;
        List<Expr.Index> points =
                store.indices().stream().map(Expr.Index.class::cast).toList();
        around.removeAll(points);
        Destination destination = new Destination(
                new Statement.ToDerivative(store.order(), store.input()), Optional.empty(), Statement.Mode.ADD);
        return of(destination, points, around.getFirst(), store.value(), loops);
    }

    private Optional<Task> of(
            Destination destination, List<Expr.Index> points, Expr.Index inner, Expr term, Task loops) {
        List<Expr.Index> indices = List.of(points.getFirst(), points.getLast(), inner);
        return indices.stream().allMatch(i -> Extents.isKnown(i.extent()))
                ? MatrixProduct.of(exprs, term, points.getFirst(), points.getLast(), inner)
                        .map(product -> of(destination, indices, product, loops))
                : Optional.empty();
    }

    private Task of(Destination destination, List<Expr.Index> indices, MatrixProduct product, Task loops) {
        List<Expr.Index> roles = Definitions.points(exprs, indices);
        Map<Expr, Expr> renaming = new IdentityHashMap<>();
        for (int i = 0; i < roles.size(); i++) {
            renaming.put(indices.get(i), roles.get(i));
        }
        return new Task.Product(
                destination.target(),
                destination.written(),
                destination.mode(),
                roles.get(0),
                roles.get(1),
                roles.get(2),
                factor(product.left(), renaming),
                factor(product.right(), renaming),
                new Statement.Finite(product.rightMasked(), product.leftMasked()),
                loops);
    }

    /** An entry of a factor: of an input directly, or of a table. */
    private Expr.Load factor(Expr factor, Map<Expr, Expr> roles) {
        boolean isInput = factor instanceof Expr.Load l
                && l.input().rank() == 2
                && l.indices().stream().allMatch(Expr.Index.class::isInstance);
        Expr.Load entry = isInput ? (Expr.Load) factor : table.apply(factor);
        List<Expr> indices = new ArrayList<>();
        entry.indices().forEach(i -> indices.add(Objects.requireNonNull(roles.get(i))));
        return (Expr.Load) exprs.load(entry.input(), indices);
    }
}
