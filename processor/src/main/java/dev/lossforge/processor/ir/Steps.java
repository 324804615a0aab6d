package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps of a scan. {@code next} computes the state after a step; in it, {@link Expr.State} is the state before the
 * step. Only {@link Exprs} creates steps, so equal ones are identical; compare them with {@code ==}.
 *
 * @param descends whether the steps are taken from the last index to the first
 * @param index the index of the step; bound in {@code next}
 * @param axes one index for each axis of the state, none if it is a number; bound in {@code start} and {@code next}
 * @param start the state before all steps
 */
public record Steps(boolean descends, Expr.Index index, List<Expr.Index> axes, Expr start, Expr next) {

    /** Binds the indices with numbers that no inner index has; the step's index gets the largest. */
    static Steps bind(Exprs exprs, boolean descends, Expr.Index index, List<Expr.Index> axes, Expr start, Expr next) {
        Set<Expr.Index> free = new LinkedHashSet<>(exprs.freeIndices(start));
        free.addAll(exprs.freeIndices(next));
        List<Expr.Index> bound = new ArrayList<>(axes);
        bound.add(index);
        bound.forEach(free::remove);
        int number = Math.max(exprs.height(start), exprs.height(next));
        Map<Expr.Index, Expr> renaming = new IdentityHashMap<>();
        List<Expr.Index> renamed = new ArrayList<>();
        for (Expr.Index each : bound) {
            number = above(number, free);
            renamed.add(exprs.index(number, each.extent()));
            if (each != renamed.getLast()) {
                renaming.put(each, renamed.getLast());
            }
        }
        Substitution substitution = new Substitution(exprs, renaming);
        return new Steps(
                descends,
                renamed.getLast(),
                List.copyOf(renamed.subList(0, axes.size())),
                substitution.apply(start),
                substitution.apply(next));
    }

    private static int above(int number, Set<Expr.Index> taken) {
        int candidate = number + 1;
        while (isTaken(candidate, taken)) {
            candidate++;
        }
        return candidate;
    }

    private static boolean isTaken(int number, Set<Expr.Index> taken) {
        return taken.stream().anyMatch(i -> i.number() == number);
    }

    /** The hash of the index's number only, because the hash of the expressions is deep. */
    @Override
    public int hashCode() {
        return index.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /** Omits the expressions, because the text of one with shared nodes can be extremely long. */
    @Override
    public String toString() {
        return "steps of index " + index.number();
    }

    /** The number of steps. */
    public Expr count() {
        return index.extent();
    }

    /** The position of the state before a step. */
    public Expr before(Exprs exprs, Expr step) {
        return descends ? exprs.binary(BinaryOp.ADD, step, exprs.constant(1)) : step;
    }

    /** The position of the state after a step. */
    public Expr after(Exprs exprs, Expr step) {
        return descends ? step : exprs.binary(BinaryOp.ADD, step, exprs.constant(1));
    }

    /** The position before all steps. */
    public Expr first(Exprs exprs) {
        return descends ? greatest(exprs) : exprs.constant(0);
    }

    /** The position after all steps. */
    public Expr last(Exprs exprs) {
        return descends ? exprs.constant(0) : greatest(exprs);
    }

    /** The number of steps; 0 if their extent is negative. */
    private Expr greatest(Exprs exprs) {
        boolean positive = count() instanceof Expr.Extent || count() instanceof Expr.IntConstant c && c.value() >= 0;
        return positive ? count() : exprs.binary(BinaryOp.MAX, count(), exprs.constant(0));
    }

    /** All expressions in the steps. */
    List<Expr> operands() {
        List<Expr> operands = new ArrayList<>(List.of(count()));
        axes.forEach(a -> operands.add(a.extent()));
        operands.add(start);
        operands.add(next);
        return operands;
    }

    /** The indices that an enclosing reduction or scan must bind. */
    public Set<Expr.Index> freeIndices(Exprs exprs) {
        Set<Expr.Index> free = new LinkedHashSet<>(exprs.freeIndices(next));
        free.addAll(exprs.freeIndices(start));
        free.remove(index);
        axes.forEach(free::remove);
        free.addAll(exprs.freeIndices(count()));
        axes.forEach(a -> free.addAll(exprs.freeIndices(a.extent())));
        return free;
    }
}
