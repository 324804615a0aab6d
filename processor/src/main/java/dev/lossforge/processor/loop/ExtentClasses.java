package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the extents that must be equal because the same index runs over both: {@code sum(p.length, i -> p[i] - y[i])}
 * needs as many targets as predictions, and so does {@code sum(p.length - 1, i -> p[i + 1] - y[i + 1])}. In a batch
 * formula all inputs have as many rows. The runtime checks these equalities before a kernel runs; here they let loops
 * over {@code p.length} and over {@code y.length} be one loop.
 */
public final class ExtentClasses {

    private final Exprs exprs;
    private final Map<Expr.Extent, Expr.Extent> parent = new IdentityHashMap<>();
    /** The axis that was first read at a shifted position, as neighbours or a window are. */
    private final Map<Expr, Expr.Extent> shifted = new IdentityHashMap<>();

    private ExtentClasses(Derivatives derivatives) {
        Formula formula = derivatives.formula();
        this.exprs = formula.exprs();
        if (formula.scope() == Scope.BATCH) {
            List<Expr.Extent> rows = formula.inputs().stream()
                    .filter(i -> i.role() != Role.PARAMETER && i.rank() > 0)
                    .map(i -> (Expr.Extent) exprs.extent(i, 0))
                    .toList();
            rows.forEach(r -> union(rows.getFirst(), r));
        }
        collect(derivatives);
    }

    static ExtentClasses of(Derivatives derivatives) {
        return new ExtentClasses(derivatives);
    }

    /** The extents that must be equal, for each class with at least two. */
    List<List<Expr.Extent>> ofSeveral(List<Input> inputs) {
        Map<Expr.Extent, List<Expr.Extent>> members = new LinkedHashMap<>();
        for (Input input : inputs) {
            for (int axis = 0; axis < input.rank(); axis++) {
                members.computeIfAbsent(of(input, axis), e -> new ArrayList<>())
                        .add((Expr.Extent) exprs.extent(input, axis));
            }
        }
        return members.values().stream()
                .filter(m -> m.size() > 1)
                .map(List::copyOf)
                .toList();
    }

    /** The extent that represents the class of an input's extent. */
    Expr.Extent of(Input input, int axis) {
        return find((Expr.Extent) exprs.extent(input, axis));
    }

    /** The same program with one extent of each class used throughout. */
    Derivatives unify(Derivatives derivatives) {
        return new Renaming().apply(derivatives);
    }

    private void collect(Derivatives derivatives) {
        Map<Expr, Boolean> seen = new IdentityHashMap<>();
        collect(derivatives.value(), seen);
        Stream.concat(derivatives.gradient().stream(), derivatives.hessian().stream())
                .forEach(c -> {
                    collect(c.value(), seen);
                    collect(exprs.load(c.input(), c.indices()), seen);
                });
    }

    private void collect(Expr node, Map<Expr, Boolean> seen) {
        if (seen.put(node, true) != null) {
            return;
        }
        if (node instanceof Expr.Load load) {
            for (int axis = 0; axis < load.indices().size(); axis++) {
                Expr position = load.indices().get(axis);
                Expr.Extent own = (Expr.Extent) exprs.extent(load.input(), axis);
                if (extentOf(position) instanceof Expr.Extent extent) {
                    union(extent, own);
                } else if (isShifted(position)) {
                    union(shifted.computeIfAbsent(position, p -> own), own);
                }
            }
        }
        if (node instanceof Expr.Order order
                && order.index().extent() instanceof Expr.Extent all
                && order.at() instanceof Expr.Index i
                && i.extent() instanceof Expr.Extent extent) {
            union(extent, all);
        }
        Exprs.operands(node).forEach(o -> collect(o, seen));
    }

    /** The extent of an index or of an entry of an order; null for any other position. */
    private static @Nullable Expr extentOf(Expr position) {
        return switch (position) {
            case Expr.Index i -> i.extent();
            case Expr.Order o -> o.index().extent();
            default -> null;
        };
    }

    /** Whether it is {@code i + d} or {@code i + k + d}, where i ends before an axis does and k runs over a window. */
    private boolean isShifted(Expr position) {
        return position instanceof Expr.Binary
                && Affine.of(exprs, position)
                        .filter(sum -> sum.rest() instanceof Expr.IntConstant
                                && sum.counts().entrySet().stream()
                                        .allMatch(e -> e.getValue() == 1 && isOfAxisOrWindow(e.getKey()))
                                && sum.counts().keySet().stream()
                                                .filter(i -> !(i.extent() instanceof Expr.IntConstant))
                                                .count()
                                        == 1)
                        .isPresent();
    }

    private static boolean isOfAxisOrWindow(Expr.Index index) {
        return switch (index.extent()) {
            case Expr.Extent e -> true;
            case Expr.IntConstant c -> true;
            case Expr.Binary b ->
                b.op() == BinaryOp.SUBTRACT && b.left() instanceof Expr.Extent && b.right() instanceof Expr.IntConstant;
            default -> false;
        };
    }

    private Expr.Extent find(Expr.Extent extent) {
        Expr.Extent up = parent.getOrDefault(extent, extent);
        return up == extent ? extent : find(up);
    }

    /** Joins two classes; the extent of the input declared first represents them. */
    private void union(Expr.Extent a, Expr.Extent b) {
        Expr.Extent x = find(a);
        Expr.Extent y = find(b);
        if (x != y) {
            boolean keepX = x.input().position() <= y.input().position();
            parent.put(keepX ? y : x, keepX ? x : y);
        }
    }

    private final class Renaming {

        private final Map<Expr, Expr> done = new IdentityHashMap<>();

        Derivatives apply(Derivatives derivatives) {
            return new Derivatives(
                    derivatives.formula().withValue(apply(derivatives.value())),
                    derivatives.gradient().stream().map(this::apply).toList(),
                    derivatives.hessian().stream().map(this::apply).toList());
        }

        private Contribution apply(Contribution c) {
            return new Contribution(
                    c.input(), c.indices().stream().map(this::apply).toList(), apply(c.value()));
        }

        private Expr apply(Expr node) {
            Expr known = done.get(node);
            if (known == null) {
                known = node instanceof Expr.Extent e ? find(e) : Rebuild.with(exprs, node, this::apply);
                done.put(node, known);
            }
            return known;
        }
    }
}
