package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.InputValues;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up contributions by brute force, with bounds of what the sums may be in another precision. */
public final class BoundedDerivatives {

    private final Exprs exprs;
    private final InputValues inputs;
    private final ErrorBounds bounds;
    private final Map<String, Sum> entries = new TreeMap<>();

    private BoundedDerivatives(Exprs exprs, InputValues inputs, ErrorBounds bounds) {
        this.exprs = exprs;
        this.inputs = inputs;
        this.bounds = bounds;
    }

    private static final class Sum {
        double value;
        double error;
        double magnitude;
        int terms;
        boolean nan;

        void add(Approximation term) {
            value += term.value();
            error += term.error();
            magnitude += Math.abs(term.value());
            terms++;
            nan |= term.isSurelyNaN();
        }

        Approximation total(Precision precision) {
            if (nan) {
                return Approximation.exact(Double.NaN);
            }
            if (magnitude > precision.greatest() && magnitude <= Double.MAX_VALUE) {
                return Approximation.undecided(value);
            }
            boolean finite = magnitude <= Double.MAX_VALUE;
            return new Approximation(value, error + (finite ? terms * precision.roundoff() * magnitude : 0));
        }
    }

    /** The derivative's entries, by input and position as {@link DerivativeValues#key} writes them. */
    public static Map<String, Approximation> of(
            Exprs exprs, List<Contribution> contributions, InputValues inputs, Precision precision) {
        return of(exprs, contributions, inputs, precision, new ErrorBounds(exprs, inputs, precision));
    }

    /** The same by expressions that are evaluated already, or elsewhere. */
    public static Map<String, Approximation> of(
            Exprs exprs,
            List<Contribution> contributions,
            InputValues inputs,
            Precision precision,
            ErrorBounds bounds) {
        BoundedDerivatives derivatives = new BoundedDerivatives(exprs, inputs, bounds);
        contributions.forEach(derivatives::add);
        Map<String, Approximation> totals = new TreeMap<>();
        derivatives.entries.forEach((key, sum) -> totals.put(key, sum.total(precision)));
        return totals;
    }

    private void add(Contribution c) {
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(c.value()));
        c.indices().forEach(i -> open.addAll(exprs.freeIndices(i)));
        List<Expr.Index> loops =
                open.stream().sorted(Comparator.comparingInt(exprs::order)).toList();
        add(c, loops, new HashMap<>());
    }

    private void add(Contribution c, List<Expr.Index> loops, Map<Expr.Index, Integer> at) {
        if (!loops.isEmpty()) {
            Expr.Index index = loops.getFirst();
            int extent = (int) bounds.of(index.extent(), at).value();
            for (int i = 0; i < extent; i++) {
                at.put(index, i);
                add(c, loops.subList(1, loops.size()), at);
            }
            at.remove(index);
            return;
        }
        int[] position = new int[c.indices().size()];
        boolean decided = true;
        for (int axis = 0; axis < position.length; axis++) {
            Approximation index = bounds.of(c.indices().get(axis), at);
            decided &= index.isDecided();
            position[axis] = (int) index.value();
            if (position[axis] < 0 || position[axis] >= inputs.extent(c.input(), axis)) {
                return;
            }
        }
        Approximation value = bounds.of(c.value(), at);
        if (!decided) {
            undecide(c);
        }
        entries.computeIfAbsent(DerivativeValues.key(c.input(), position), k -> new Sum())
                .add(value);
    }

    /** Where rounding decides the position, no entry of the input is sure. */
    private void undecide(Contribution c) {
        int rank = c.input().rank();
        int rows = inputs.extent(c.input(), 0);
        int columns = rank == 2 ? inputs.extent(c.input(), 1) : 1;
        for (int i = 0; i < rows * columns; i++) {
            int[] at = rank == 2 ? new int[] {i / columns, i % columns} : new int[] {i};
            entries.computeIfAbsent(DerivativeValues.key(c.input(), at), k -> new Sum())
                    .add(Approximation.undecided(0));
        }
    }
}
