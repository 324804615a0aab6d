package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces free indices by INT expressions without capture: a reduction that binds an index of a replacement gets
 * another one.
 */
public final class Substitution {

    private final Exprs exprs;
    private final Map<Expr.Index, ? extends Expr> replacements;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();
    private final Map<Steps, Steps> rebound = new IdentityHashMap<>();

    public Substitution(Exprs exprs, Map<Expr.Index, ? extends Expr> replacements) {
        this.exprs = exprs;
        this.replacements = new IdentityHashMap<>(replacements);
    }

    /** Replaces one index. */
    public static Substitution of(Exprs exprs, Expr.Index index, Expr replacement) {
        Map<Expr.Index, Expr> single = new IdentityHashMap<>();
        single.put(index, replacement);
        return new Substitution(exprs, single);
    }

    public Expr apply(Expr node) {
        if (exprs.freeIndices(node).stream().noneMatch(replacements::containsKey)) {
            return node;
        }
        Expr known = done.get(node);
        if (known == null) {
            known = rebuild(node);
            done.put(node, known);
        }
        return known;
    }

    private Expr rebuild(Expr node) {
        return switch (node) {
            case Expr.Index i when replacements.containsKey(i) -> replacements.get(i);
            case Expr.Index i -> exprs.index(i.number(), apply(i.extent()));
            case Expr.State s
            when !(apply(s.index()) instanceof Expr.Index) ->
                throw new IllegalArgumentException("a state at " + s.index().number() + " without its scan");
            case Expr.Reduce r -> rebind(r);
            case Expr.Scan s ->
                exprs.scan(
                        stepsOf(s),
                        apply(s.position()),
                        s.entry().stream().map(this::apply).toList());
            case Expr.Order o -> rebind(o);
            default -> Rebuild.with(exprs, node, this::apply);
        };
    }

    /**
     * Rebuilds the body with a fresh index, so that no replacement's free index is captured; {@code reduce} renumbers
     * it.
     */
    private Expr rebind(Expr.Reduce reduce) {
        Expr.Index fresh = exprs.freshIndex(apply(reduce.index().extent()));
        return exprs.reduce(reduce.op(), fresh, with(reduce.index(), fresh).apply(reduce.body()));
    }

    private Expr rebind(Expr.Order order) {
        Expr.Index fresh = exprs.freshIndex(apply(order.index().extent()));
        return exprs.orderEntry(order.op(), fresh, with(order.index(), fresh).apply(order.key()), apply(order.at()));
    }

    private Substitution with(Expr.Index index, Expr.Index fresh) {
        Map<Expr.Index, Expr> inner = new IdentityHashMap<>(replacements);
        inner.put(index, fresh);
        return new Substitution(exprs, inner);
    }

    /** Rebuilds the body of a scan once for all its readers. */
    private Steps stepsOf(Expr.Scan scan) {
        Steps known = rebound.get(scan.steps());
        if (known == null) {
            known = scan.steps().freeIndices(exprs).stream().anyMatch(replacements::containsKey)
                    ? rebind(scan.steps())
                    : scan.steps();
            rebound.put(scan.steps(), known);
        }
        return known;
    }

    private Steps rebind(Steps steps) {
        Map<Expr.Index, Expr> inner = new IdentityHashMap<>(replacements);
        Expr.Index index = exprs.freshIndex(apply(steps.count()));
        inner.put(steps.index(), index);
        List<Expr.Index> axes = new ArrayList<>();
        for (Expr.Index axis : steps.axes()) {
            axes.add(exprs.freshIndex(apply(axis.extent())));
            inner.put(axis, axes.getLast());
        }
        Substitution substitution = new Substitution(exprs, inner);
        return exprs.steps(
                steps.descends(), index, axes, substitution.apply(steps.start()), substitution.apply(steps.next()));
    }
}
