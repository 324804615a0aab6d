package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes derivatives as mathematics, a line for each contribution: {@code ∂p = sigmoid(p) − y}. */
public final class DerivativeText {

    private DerivativeText() {}

    /** The lines; none if one of them would be {@linkplain ExprText#brief too long}. */
    public static List<String> lines(List<Contribution> contributions, Exprs exprs) {
        return contributions.stream().allMatch(c -> ExprText.isBrief(c.value()))
                ? contributions.stream()
                        .map(c -> line(renamed(c, exprs), isOnly(c, contributions)))
                        .toList()
                : List.of();
    }

    private static boolean isOnly(Contribution c, List<Contribution> contributions) {
        return contributions.stream().filter(o -> o.input().equals(c.input())).count() == 1;
    }

    /** The contribution with its own indices, whose names differ from those that its reductions bind. */
    private static Contribution renamed(Contribution c, Exprs exprs) {
        Expr entry = exprs.load(c.input(), c.indices());
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(entry));
        open.addAll(exprs.freeIndices(c.value()));
        Map<Expr.Index, Expr.Index> names = new IdentityHashMap<>();
        for (Expr.Index index : open) {
            names.put(index, exprs.index(exprs.height(c.value()) + 1 + names.size(), index.extent()));
        }
        Substitution renaming = new Substitution(exprs, names);
        return new Contribution(
                c.input(), c.indices().stream().map(renaming::apply).toList(), renaming.apply(c.value()));
    }

    private static String line(Contribution c, boolean only) {
        String indices =
                c.indices().stream().map(i -> "[" + ExprText.of(i) + "]").collect(Collectors.joining());
        return "∂" + c.input().name() + indices + (only ? " = " : " += ") + ExprText.of(c.value());
    }
}
