package dev.lossforge.processor.emit;

import dev.lossforge.processor.emit.Certainty.Kind;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The lengths of axes for which a formula has no value, whatever the data are: it reads an entry that is not there, or
 * is NaN or infinite, as the mean over the pairs of one sample is.
 *
 * <p>A value that is not finite counts only if the stable form has none either, because its rules give removable
 * singularities their limits. A formula that has no value for any length is not judged: it does not need longer axes.
 */
public final class ExcludedExtents {

    /** All lengths up to this are tried, and longer ones as long as none has a value. */
    private static final int SHORT = 16;

    /** No formula that is written by hand needs more. */
    private static final int LONG = 1 << 16;

    private final Formula formula;
    private final Exprs exprs;
    private final int longest;
    private final List<Range> ranges = new ArrayList<>();

    /** The lengths of an axis without a value, both ends included. */
    public record Range(Expr.Extent axis, int from, int to) {}

    private ExcludedExtents(Formula formula) {
        this.formula = formula;
        this.exprs = formula.exprs();
        this.longest = SHORT + greatestConstant(formula.written());
    }

    /** The lengths without a value of one axis of each class of axes that are equally long. */
    public static List<Range> of(LoopNest nest) {
        ExcludedExtents excluded = new ExcludedExtents(nest.formula());
        if (!excluded.hasNoValue(Set.of(), 0)) {
            excluded.classes(nest.equalExtents()).forEach(excluded::find);
        }
        return excluded.ranges;
    }

    private static int greatestConstant(Expr value) {
        int greatest = 0;
        for (Expr node : ExprNodes.of(value)) {
            if (node instanceof Expr.IntConstant c && c.value() < LONG) {
                greatest = Math.max(greatest, c.value());
            }
        }
        return greatest;
    }

    /** All axes of the inputs, those together that the runtime requires to be equally long. */
    private List<Set<Expr.Extent>> classes(List<List<Expr.Extent>> equal) {
        List<Set<Expr.Extent>> classes = new ArrayList<>();
        equal.forEach(c -> classes.add(new LinkedHashSet<>(c)));
        Set<Expr.Extent> samples = new LinkedHashSet<>();
        for (Input input : formula.inputs()) {
            for (int axis = 0; axis < input.rank(); axis++) {
                Expr.Extent extent = (Expr.Extent) exprs.extent(input, axis);
                boolean ofSamples = axis == 0 && formula.scope() == Scope.BATCH && input.role() != Role.PARAMETER;
                (ofSamples ? samples : classOf(extent, classes)).add(extent);
            }
        }
        return joined(samples, classes);
    }

    private static Set<Expr.Extent> classOf(Expr.Extent extent, List<Set<Expr.Extent>> classes) {
        for (Set<Expr.Extent> each : classes) {
            if (each.contains(extent)) {
                return each;
            }
        }
        Set<Expr.Extent> alone = new LinkedHashSet<>();
        classes.add(alone);
        return alone;
    }

    /** The classes, with one of all that are as long as the axis of the samples. */
    private static List<Set<Expr.Extent>> joined(Set<Expr.Extent> samples, List<Set<Expr.Extent>> classes) {
        List<Set<Expr.Extent>> joined = new ArrayList<>();
        Set<Expr.Extent> ofSamples = new LinkedHashSet<>(samples);
        for (Set<Expr.Extent> each : classes) {
            if (each.stream().anyMatch(samples::contains)) {
                ofSamples.addAll(each);
            } else {
                joined.add(each);
            }
        }
        if (!ofSamples.isEmpty()) {
            joined.addFirst(ofSamples);
        }
        return joined;
    }

    private void find(Set<Expr.Extent> axes) {
        Expr.Extent named = axes.stream()
                .min(Comparator.comparingInt((Expr.Extent e) -> e.input().position())
                        .thenComparingInt(Expr.Extent::axis))
                .orElseThrow();
        int from = 0;
        for (int length = 1; length <= longest && (from > 0 || length <= SHORT); length++) {
            if (hasNoValue(axes, length)) {
                from = from == 0 ? length : from;
            } else if (from > 0) {
                ranges.add(new Range(named, from, length - 1));
                from = 0;
            }
        }
    }

    private boolean hasNoValue(Set<Expr.Extent> axes, int length) {
        Certainty written = ValueAtLength.of(exprs, formula.written(), axes, length);
        return written == Kind.OUTSIDE
                || written.isNeverFinite()
                        && ValueAtLength.of(exprs, formula.value(), axes, length)
                                .isNeverFinite();
    }
}
