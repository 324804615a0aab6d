package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Values over the indices of the points of their tables, so that equal tables are one, and the order of their axes. */
final class Canonical {
    private final Exprs exprs;
    private final Symmetry symmetry;
    private final Map<List<Object>, Substitution> renamings = new HashMap<>();
    private final AxisOrder axisOrder;

    /** @param roots the expressions that decide how tables lie */
    Canonical(Exprs exprs, List<Expr> roots) {
        this.exprs = exprs;
        this.symmetry = new Symmetry(exprs);
        this.axisOrder = new AxisOrder(exprs, roots, this::of);
    }

    /** Whether a value of two indices is the same with both exchanged, so that its table has each entry twice. */
    boolean isSymmetric(Expr node) {
        return symmetry.isSymmetric(node);
    }

    /** The free indices in the order of the axes of a table. */
    List<Expr.Index> axes(Expr node) {
        return isSymmetric(node)
                ? exprs.freeIndices(node).stream()
                        .sorted(Comparator.comparingInt(Expr.Index::number))
                        .toList()
                : axisOrder.of(node);
    }

    Expr of(Expr node) {
        Expr canonical = of(node, axes(node));
        if (!isSymmetric(node)) {
            return canonical;
        }
        Expr swapped = of(node, axes(node).reversed());
        return exprs.order(swapped) < exprs.order(canonical) ? swapped : canonical;
    }

    /** The value of which these are the axes. */
    Expr of(Expr node, List<Expr.Index> axes) {
        List<Expr.Index> points = points(exprs, axes);
        List<Object> key = new ArrayList<>();
        axes.forEach(i -> key.add(exprs.order(i)));
        Substitution renaming = renamings.computeIfAbsent(key, k -> {
            Map<Expr.Index, Expr> replacements = new IdentityHashMap<>();
            for (int axis = 0; axis < axes.size(); axis++) {
                replacements.put(axes.get(axis), points.get(axis));
            }
            return new Substitution(exprs, replacements);
        });
        return renaming.apply(node);
    }

    /** Indices of the same extents as others, numbered as those of nested loops. */
    static List<Expr.Index> points(Exprs exprs, List<Expr.Index> axes) {
        List<Expr.Index> points = new ArrayList<>();
        for (Expr.Index axis : axes) {
            points.add(exprs.index(Exprs.FIRST_LOOP_NUMBER + points.size(), axis.extent()));
        }
        return points;
    }
}
