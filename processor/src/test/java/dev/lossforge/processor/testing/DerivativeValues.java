package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up contributions by brute force: the derivative's entries by input name and position. */
public final class DerivativeValues {

    private final Exprs exprs;
    private final InputValues inputs;
    private final Interpreter interpreter;
    private final Map<String, Double> entries = new TreeMap<>();

    private DerivativeValues(Exprs exprs, InputValues inputs) {
        this.exprs = exprs;
        this.inputs = inputs;
        this.interpreter = new Interpreter(exprs, inputs);
    }

    public static Map<String, Double> of(Exprs exprs, List<Contribution> contributions, InputValues inputs) {
        DerivativeValues values = new DerivativeValues(exprs, inputs);
        contributions.forEach(values::add);
        return values.entries;
    }

    public static String key(Input input, int... indices) {
        return input.name() + Arrays.toString(indices);
    }

    private void add(Contribution c) {
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(c.value()));
        c.indices().forEach(i -> open.addAll(exprs.freeIndices(i)));
        List<Expr.Index> loops =
                open.stream().sorted(Comparator.comparingInt(exprs::order)).toList();
        add(c, loops, new HashMap<>());
    }

    private void add(Contribution c, List<Expr.Index> loops, Map<Expr.Index, Integer> bound) {
        if (!loops.isEmpty()) {
            Expr.Index index = loops.getFirst();
            int extent = (int) interpreter.evaluate(index.extent(), bound);
            for (int i = 0; i < extent; i++) {
                bound.put(index, i);
                add(c, loops.subList(1, loops.size()), bound);
            }
            bound.remove(index);
            return;
        }
        int[] at = c.indices().stream()
                .mapToInt(i -> (int) interpreter.evaluate(i, bound))
                .toArray();
        for (int axis = 0; axis < at.length; axis++) {
            if (at[axis] < 0 || at[axis] >= inputs.extent(c.input(), axis)) {
                return;
            }
        }
        entries.merge(key(c.input(), at), interpreter.evaluate(c.value(), bound), Double::sum);
    }
}
