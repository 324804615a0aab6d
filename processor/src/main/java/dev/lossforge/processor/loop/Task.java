package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A piece of a kernel's work that may need loops. {@link Schedule} turns tasks into statements. */
sealed interface Task {

    /** The expressions that the task evaluates, inside its loops if it has any. */
    List<Expr> roots();

    /** The task with other expressions. An index that the task loops over must be replaced by an index. */
    Task map(UnaryOperator<Expr> change);

    /** The table that the task writes, if any: one entry, or several in its loops. */
    default Optional<Table> written() {
        return Optional.empty();
    }

    /** The task with an index replaced. */
    default Task rename(Exprs exprs, Expr.Index index, Expr.Index replacement) {
        return map(Substitution.of(exprs, index, replacement)::apply);
    }

    /** The expressions of an entry: its indices and its value. */
    private static List<Expr> entry(List<Expr> indices, Expr value) {
        List<Expr> roots = new ArrayList<>(indices);
        roots.add(value);
        return roots;
    }

    /** A task within loops, the first of them outermost. */
    static Task nest(List<Expr.Index> loops, Task body) {
        Task task = body;
        for (Expr.Index index : loops.reversed()) {
            task = new ForEach(index, task);
        }
        return task;
    }

    /** Writes the value of the loss. */
    record Value(Expr value) implements Task {
        @Override
        public List<Expr> roots() {
            return List.of(value);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Value(change.apply(value));
        }
    }

    /** Writes one entry of a derivative. */
    record Store(int order, Input input, List<Expr> indices, Expr value, Statement.Mode mode) implements Task {
        @Override
        public List<Expr> roots() {
            return entry(indices, value);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Store(order, input, indices.stream().map(change).toList(), change.apply(value), mode);
        }
    }

    /** Writes one entry of a table. */
    record Tabulate(Table table, List<Expr> indices, Expr value) implements Task {
        @Override
        public List<Expr> roots() {
            return entry(indices, value);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Tabulate(table, indices.stream().map(change).toList(), change.apply(value));
        }

        @Override
        public Optional<Table> written() {
            return Optional.of(table);
        }
    }

    /**
     * Writes one entry of a table of running sums: adds the value to the accumulator and stores the result.
     *
     * @param op SUM, MAX or MIN
     * @param indices the indices of the entry; the last is that of the enclosing loop
     * @param descends whether this loop runs downwards
     */
    record Scan(ReduceOp op, Table table, List<Expr> indices, Expr.Local accumulator, Expr value, boolean descends)
            implements Task {
        @Override
        public List<Expr> roots() {
            return entry(indices, value);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Scan(
                    op, table, indices.stream().map(change).toList(), accumulator, change.apply(value), descends);
        }

        @Override
        public Optional<Table> written() {
            return Optional.of(table);
        }
    }

    /**
     * Writes a row of a table: sorts keys, or inverts their order.
     *
     * @param target the first entry of the row
     * @param source the first entry of the row of keys, or of their order
     * @param count the number of entries
     */
    record Sort(OrderOp op, Table table, Expr.Load target, Expr.Load source, Expr count) implements Task {
        @Override
        public List<Expr> roots() {
            return List.of(source, count);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Sort(
                    op, table, (Expr.Load) change.apply(target), (Expr.Load) change.apply(source), change.apply(count));
        }

        @Override
        public Optional<Table> written() {
            return Optional.of(table);
        }
    }

    /** Writes one entry of the table of a {@link Recur}, within its loops. */
    record Write(Table table, List<Expr> indices, Expr value) implements Task {
        @Override
        public List<Expr> roots() {
            return entry(indices, value);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Write(table, indices.stream().map(change).toList(), change.apply(value));
        }
    }

    /**
     * Fills a table step by step; each step uses what the previous one wrote.
     *
     * @param around the first indices of the written entries, bound by enclosing loops
     * @param start tasks before the first step
     * @param index the index of the step; the body holds the tasks of one step
     * @param descends whether the last index comes first
     */
    record Recur(Table table, List<Expr> around, List<Task> start, Expr.Index index, boolean descends, List<Task> body)
            implements Task {
        @Override
        public List<Expr> roots() {
            List<Expr> roots = new ArrayList<>(around);
            start.forEach(t -> roots.addAll(t.roots()));
            roots.add(index.extent());
            body.forEach(t -> roots.addAll(t.roots()));
            return roots;
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Recur(
                    table,
                    around.stream().map(change).toList(),
                    start.stream().map(t -> t.map(change)).toList(),
                    (Expr.Index) change.apply(index),
                    descends,
                    body.stream().map(t -> t.map(change)).toList());
        }

        @Override
        public Optional<Table> written() {
            return Optional.of(table);
        }
    }

    /**
     * Writes a table, or adds to a derivative, by a matrix product.
     *
     * @param otherwise the same work in loops, for factors that are not finite as assumed
     */
    record Product(
            Statement.Target target,
            Optional<Table> written,
            Statement.Mode mode,
            Expr.Index row,
            Expr.Index column,
            Expr.Index inner,
            Statement.Terms<Expr.Load> terms,
            Statement.Finite finite,
            Task otherwise)
            implements Task {
        @Override
        public List<Expr> roots() {
            List<Expr> roots = new ArrayList<>(terms.entries());
            roots.addAll(finite.isAssumed() ? otherwise.roots() : List.of());
            return roots;
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            throw new IllegalStateException("a product stands outside of all loops");
        }
    }

    /** Runs a task for each value of an index. */
    record ForEach(Expr.Index index, Task body) implements Task {
        @Override
        public List<Expr> roots() {
            List<Expr> roots = new ArrayList<>(body.roots());
            roots.add(index.extent());
            return roots;
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new ForEach((Expr.Index) change.apply(index), body.map(change));
        }

        @Override
        public Optional<Table> written() {
            return body.written();
        }
    }

    /** Adds the body of a reduction to its accumulator, inside the loop over the reduction's index. */
    record Accumulate(Expr.Local accumulator, Expr.Reduce reduce, Expr.Index position, Expr body) implements Task {
        @Override
        public List<Expr> roots() {
            return List.of(body);
        }

        @Override
        public Task map(UnaryOperator<Expr> change) {
            return new Accumulate(accumulator, reduce, (Expr.Index) change.apply(position), change.apply(body));
        }
    }
}
