package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Replaces free indices by INT expressions, without capture: a reduction that binds an index of a replacement is given
 * another one.
 */
public final class Substitution {

    private final Exprs exprs;
    private final Map<Expr.Index, ? extends Expr> replacements;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

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
            case Expr.Reduce r -> rebind(r);
            case Expr.Order o -> rebind(o);
            default -> Rebuild.with(exprs, node, this::apply);
        };
    }

    /** The body under a fresh index, so that no replacement's free index is captured; {@code reduce} renumbers it. */
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
}
