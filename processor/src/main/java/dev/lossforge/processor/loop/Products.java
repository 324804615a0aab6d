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

/** Turns tables and derivatives that are sums over pairs of rows into matrix products, or products of differences. */
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
        return points.size() == 2 ? of(destination, points, sum, loops) : Optional.empty();
    }

    /** The product that adds to a derivative, instead of loops. */
    Optional<Task> of(Task goal, Task loops) {
        return addition(goal).flatMap(a -> {
            Destination destination = new Destination(
                    new Statement.ToDerivative(a.store().order(), a.store().input()),
                    Optional.empty(),
                    Statement.Mode.ADD);
            Expr.Reduce sum = (Expr.Reduce)
                    exprs.reduce(ReduceOp.SUM, a.inner(), a.store().value());
            return of(destination, List.of(a.row(), a.column()), sum, loops);
        });
    }

    /** What three loops add to a derivative of two axes. */
    record Addition(Task.Store store, Expr.Index row, Expr.Index column, Expr.Index inner) {}

    static Optional<Addition> addition(Task goal) {
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
        Expr.Index row = (Expr.Index) store.indices().getFirst();
        Expr.Index column = (Expr.Index) store.indices().getLast();
        around.removeAll(List.of(row, column));
        return Optional.of(new Addition(store, row, column, around.getFirst()));
    }

    private Optional<Task> of(Destination destination, List<Expr.Index> points, Expr.Reduce over, Task loops) {
        Expr.Index row = points.getFirst();
        Expr.Index column = points.getLast();
        Expr.Index inner = over.index();
        Expr term = over.body();
        List<Expr.Index> indices = List.of(row, column, inner);
        if (!indices.stream().allMatch(i -> Extents.isKnown(i.extent()))) {
            return Optional.empty();
        }
        Optional<Task> distances = DifferenceTerms.ofDistance(exprs, over.op(), term, row, column, inner)
                .map(d -> of(destination, indices, d.terms(), new Statement.Finite(false, false), loops));
        return distances.isPresent() || over.op() != ReduceOp.SUM
                ? distances
                : MatrixProduct.of(exprs, term, row, column, inner)
                        .map(p -> of(
                                destination,
                                indices,
                                new Statement.Products<>(p.left(), p.right()),
                                new Statement.Finite(p.rightMasked(), p.leftMasked()),
                                loops))
                        .or(() -> DifferenceTerms.ofGradient(exprs, term, row, column, inner)
                                .map(d -> of(
                                        destination,
                                        indices,
                                        d.terms(),
                                        new Statement.Finite(false, d.assumesFinite()),
                                        loops)));
    }

    private Task of(
            Destination destination,
            List<Expr.Index> indices,
            Statement.Terms<Expr> terms,
            Statement.Finite finite,
            Task loops) {
        List<Expr.Index> roles = Canonical.points(exprs, indices);
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
                terms.map(entry -> factor(entry, renaming)),
                finite,
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
