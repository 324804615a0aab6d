package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The order of two indices in tables, chosen so that loops read along memory. The arrays from which a value is computed
 * vote for their own order. A reduction over one index for each value of the other votes for its index as the last.
 */
final class AxisOrder {
    private final Exprs exprs;
    private final BiFunction<Expr, List<Expr.Index>, Expr> canonical;
    private final Map<Expr, Integer> votes = new IdentityHashMap<>();
    private final Map<Expr, List<Expr.Index>> known = new IdentityHashMap<>();

    /**
     * @param roots the expressions with the reductions that vote
     * @param canonical renames the given indices of a value, so that values that differ only in names are the same
     */
    AxisOrder(Exprs exprs, List<Expr> roots, BiFunction<Expr, List<Expr.Index>, Expr> canonical) {
        this.exprs = exprs;
        this.canonical = canonical;
        Set<Expr> seen = newSet();
        List<Expr> open = new ArrayList<>(roots);
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            if (seen.add(node)) {
                open.addAll(Exprs.operands(node));
                if (node instanceof Expr.Reduce r && exprs.freeIndices(r).size() == 1) {
                    takeVoteOf(r);
                }
            }
        }
    }

    private static Set<Expr> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Takes the vote of a reduction: its terms, except those of inner reductions, are read along its index. */
    private void takeVoteOf(Expr.Reduce reduce) {
        Set<Expr> seen = newSet();
        List<Expr> open = new ArrayList<>(List.of(reduce.body()));
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            List<Expr.Index> free = List.copyOf(exprs.freeIndices(node));
            if (!free.contains(reduce.index()) || !seen.add(node)) {
                continue;
            }
            if (free.size() == 2 && free.containsAll(exprs.freeIndices(reduce))) {
                votes.merge(canonical.apply(node, free), free.getLast() == reduce.index() ? 1 : -1, Integer::sum);
            }
            if (!(node instanceof Expr.Reduce)) {
                open.addAll(Exprs.operands(node));
            }
        }
    }

    /** The free indices of a value in the order of the axes of its table. */
    List<Expr.Index> of(Expr value) {
        return known.computeIfAbsent(value, this::decide);
    }

    private List<Expr.Index> decide(Expr value) {
        List<Expr.Index> free = List.copyOf(exprs.freeIndices(value));
        return free.size() == 2 && isReversed(value, free) ? free.reversed() : free;
    }

    /** Whether more votes are for the second index before the first. */
    private boolean isReversed(Expr value, List<Expr.Index> free) {
        int sum = 0;
        Set<Expr> seen = newSet();
        List<Expr> open = new ArrayList<>(List.of(value));
        while (!open.isEmpty()) {
            Expr node = open.removeLast();
            if (seen.add(node) && exprs.freeIndices(node).containsAll(free)) {
                sum += node instanceof Expr.Load l ? vote(l.indices(), free) : 0;
                sum += votesFor(node, free);
                open.addAll(Exprs.operands(node));
            }
        }
        return sum < 0;
    }

    private static int vote(List<Expr> indices, List<Expr.Index> free) {
        int a = indices.indexOf(free.getFirst());
        int b = indices.indexOf(free.getLast());
        return a < 0 || b < 0 ? 0 : Integer.compare(b, a);
    }

    private int votesFor(Expr node, List<Expr.Index> free) {
        List<Expr.Index> own = List.copyOf(exprs.freeIndices(node));
        if (own.size() != 2) {
            return 0;
        }
        int taken = votes.getOrDefault(canonical.apply(node, own), 0);
        return own.equals(free) ? taken : -taken;
    }
}
