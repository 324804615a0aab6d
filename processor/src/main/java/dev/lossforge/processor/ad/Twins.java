package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values that are the same but for the name of their index: {@code norm(z[i])} and {@code norm(z[j])} of a loss over
 * all pairs of rows. Their cotangents are functions of a row alike, and one after their sum is what leads to the row.
 */
final class Twins {
    private final Exprs exprs;
    private final Map<Expr, Set<Expr.Index>> others = new IdentityHashMap<>();

    /** @param nodes all values that may have a twin */
    Twins(Exprs exprs, Collection<Expr> nodes) {
        this.exprs = exprs;
        Map<Expr, Set<Expr.Index>> byExtent = new IdentityHashMap<>();
        for (Expr node : nodes) {
            for (Expr.Index index : exprs.freeIndices(node)) {
                byExtent.computeIfAbsent(index.extent(), e -> new LinkedHashSet<>())
                        .add(index);
            }
        }
        byExtent.values()
                .forEach(same -> same.forEach(index -> {
                    if (same.size() > 1) {
                        others.put(index, same);
                    }
                }));
    }

    /** A twin, and what makes its index of the other's. */
    record Twin(Expr node, Substitution renaming) {}

    /** The twin of a value among some others, if its turn comes later. */
    Optional<Twin> later(Expr node, Set<Expr> among) {
        Set<Expr.Index> free = exprs.freeIndices(node);
        if (node instanceof Expr.Scan || node instanceof Expr.State) {
            return Optional.empty();
        }
        for (Expr.Index index : free) {
            for (Expr.Index other : others.getOrDefault(index, Set.of())) {
                if (!free.contains(other)) {
                    Substitution renaming = Substitution.of(exprs, index, other);
                    Expr twin = renaming.apply(node);
                    if (exprs.order(twin) < exprs.order(node) && among.contains(twin)) {
                        return Optional.of(new Twin(twin, renaming));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
