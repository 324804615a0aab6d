package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Chooses among the values that several loops need those that are computed again rather than kept: what a few cheap
 * operations make of other values, where these are fewer. Of a clamped sigmoid, its complement and the square of that
 * only the sigmoid is kept.
 */
final class Recomputation {
    /** Most operations, in additions, with which a value is made again: about those of writing and reading two. */
    private static final int CHEAP = 6;

    private final Exprs exprs;
    private final Predicate<Expr> isShared;
    private final UnaryOperator<Expr> canonical;
    private final Map<Integer, Made> needed = new LinkedHashMap<>();

    /**
     * @param isShared whether several loops need a value, and it is dear enough to be kept
     * @param canonical gives equal values of loops over different indices as one
     */
    Recomputation(Exprs exprs, Predicate<Expr> isShared, UnaryOperator<Expr> canonical) {
        this.exprs = exprs;
        this.isShared = isShared;
        this.canonical = canonical;
    }

    /** How a value is made of dear ones; all are numbers of canonical values. */
    private record Made(Set<Integer> of, Set<Integer> between) {}

    /** The {@linkplain Exprs#order numbers} of the canonical values that are not kept, of all that some loops need. */
    Set<Integer> of(List<List<Expr>> loops) {
        loops.forEach(this::collect);
        Set<Integer> recomputed = new HashSet<>();
        Set<Integer> left = new LinkedHashSet<>(needed.keySet());
        while (!left.isEmpty()) {
            Set<Integer> group = group(left);
            left.removeAll(group);
            Set<Integer> bases = new HashSet<>();
            group.forEach(value -> bases.addAll(made(value).of()));
            if (bases.size() < group.size()) {
                group.forEach(value -> recomputed.addAll(made(value).between()));
            }
        }
        return recomputed;
    }

    private Made made(Integer value) {
        return Objects.requireNonNull(needed.get(value));
    }

    /** Finds the shared values that a loop needs and that are no part of such ones. */
    private void collect(List<Expr> roots) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(roots);
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (!seen.add(node) || node instanceof Expr.Reduce) {
                continue;
            }
            if (isShared.test(node)) {
                Expr value = canonical.apply(node);
                needed.computeIfAbsent(exprs.order(value), n -> made(value));
            } else {
                pending.addAll(Exprs.operands(node));
            }
        }
    }

    /** What a value is made of: of itself where that is not cheap. */
    private Made made(Expr value) {
        Set<Integer> bases = new LinkedHashSet<>();
        Set<Integer> between = new HashSet<>();
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(value));
        int cost = 0;
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (!seen.add(node) || !variesAs(value, node) || node instanceof Expr.Reduce) {
                continue;
            }
            Integer number = exprs.order(canonical.apply(node));
            if (isDear(node)) {
                bases.add(number);
                cost += isShared.test(node) ? 0 : CHEAP + 1;
            } else {
                cost += Costs.own(node);
                between.add(number);
                pending.addAll(Exprs.operands(node));
            }
        }
        return cost <= CHEAP ? new Made(bases, between) : new Made(Set.of(exprs.order(value)), Set.of());
    }

    private static boolean isDear(Expr node) {
        return switch (node) {
            case Expr.Scan s -> true;
            case Expr.State s -> true;
            case Expr.Order o -> true;
            default -> Costs.own(node) > CHEAP;
        };
    }

    private boolean variesAs(Expr value, Expr node) {
        return exprs.freeIndices(node).size() == exprs.freeIndices(value).size();
    }

    /** One of some values, and all that are made of the same ones, directly or by way of others. */
    private Set<Integer> group(Set<Integer> values) {
        Set<Integer> group = new LinkedHashSet<>();
        List<Integer> pending = new ArrayList<>(List.of(values.iterator().next()));
        while (!pending.isEmpty()) {
            Integer value = pending.removeLast();
            if (group.add(value)) {
                values.stream()
                        .filter(other -> !Collections.disjoint(
                                made(value).of(), made(other).of()))
                        .forEach(pending::add);
            }
        }
        return group;
    }
}
