package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.List;

/** Something that a kernel must do and that may need loops: the goals that {@link Schedule} turns into statements. */
sealed interface Task {

    /** The expressions that the task evaluates, inside its loops if it has any. */
    List<Expr> roots();

    /** The task with an index replaced. */
    Task rename(Exprs exprs, Expr.Index index, Expr.Index replacement);

    /** What an entry takes: where it is, and its value. */
    private static List<Expr> entry(List<Expr> indices, Expr value) {
        List<Expr> roots = new ArrayList<>(indices);
        roots.add(value);
        return roots;
    }

    /** Writes the value of the loss. */
    record Value(Expr value) implements Task {
        @Override
        public List<Expr> roots() {
            return List.of(value);
        }

        @Override
        public Task rename(Exprs exprs, Expr.Index index, Expr.Index replacement) {
            return new Value(Substitution.of(exprs, index, replacement).apply(value));
        }
    }

    /** Writes one entry of a derivative. */
    record Store(int order, Input input, List<Expr> indices, Expr value, Statement.Mode mode) implements Task {
        @Override
        public List<Expr> roots() {
            return entry(indices, value);
        }

        @Override
        public Task rename(Exprs exprs, Expr.Index index, Expr.Index replacement) {
            Substitution substitution = Substitution.of(exprs, index, replacement);
            return new Store(
                    order, input, indices.stream().map(substitution::apply).toList(), substitution.apply(value), mode);
        }
    }

    /** Writes one entry of a table. */
    record Tabulate(Buffer buffer, List<Expr> indices, Expr value) implements Task {
        @Override
        public List<Expr> roots() {
            return entry(indices, value);
        }

        @Override
        public Task rename(Exprs exprs, Expr.Index index, Expr.Index replacement) {
            Substitution substitution = Substitution.of(exprs, index, replacement);
            return new Tabulate(
                    buffer, indices.stream().map(substitution::apply).toList(), substitution.apply(value));
        }
    }

    /** Does something for each value of an index. */
    record ForEach(Expr.Index index, Task body) implements Task {
        @Override
        public List<Expr> roots() {
            List<Expr> roots = new ArrayList<>(body.roots());
            roots.add(index.extent());
            return roots;
        }

        @Override
        public Task rename(Exprs exprs, Expr.Index from, Expr.Index to) {
            Expr.Index renamed = (Expr.Index) Substitution.of(exprs, from, to).apply(index);
            Task inner = body.rename(exprs, from, to);
            return new ForEach(renamed, renamed == index ? inner : inner.rename(exprs, index, renamed));
        }
    }

    /** Takes the body of a reduction into its accumulator, inside the loop over the reduction's index. */
    record Accumulate(Expr.Local accumulator, Expr.Reduce reduce, Expr.Index position, Expr body) implements Task {
        @Override
        public List<Expr> roots() {
            return List.of(body);
        }

        @Override
        public Task rename(Exprs exprs, Expr.Index index, Expr.Index replacement) {
            return new Accumulate(
                    accumulator,
                    reduce,
                    position == index ? replacement : position,
                    Substitution.of(exprs, index, replacement).apply(body));
        }
    }
}
