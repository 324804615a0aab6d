package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.Precision;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares what kernels find for a batch, in some ways of running them, with what is expected of them. */
public final class KernelJudge {

    private static final List<String> REDUCTIONS = List.of("SUM", "MEAN", "WEIGHTED_MEAN");

    private final Formula formula;
    private final Derivatives precise;
    private final Batch batch;
    private final Map<Precision, List<Expectation>> expected = new HashMap<>();

    /** What all ways have found, by their names. */
    private Map<String, Map<String, float[]>> found = Map.of();

    KernelJudge(Formula formula, Batch batch) {
        this.formula = formula;
        this.batch = batch;
        this.precise = LogSumExpSplitter.rewrite(Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula())));
    }

    /**
     * Runs the ways and compares each with what is expected.
     *
     * @throws Disagreement at the first that differs
     */
    public static void judge(Formula formula, Batch batch, List<Way> ways) {
        new KernelJudge(formula, batch).judge(ways);
    }

    /** The stable form and its derivatives, as kernels are made from them. */
    Derivatives precise() {
        return precise;
    }

    /** What is expected of each drawn unit. */
    List<Expectation> expected(Precision floats) {
        return expected.computeIfAbsent(
                floats,
                f -> IntStream.range(0, batch.drawn().size())
                        .mapToObj(unit -> Expectation.of(formula, precise, batch.values(unit), f))
                        .toList());
    }

    void judge(List<Way> ways) {
        SplittableRandom random = new SplittableRandom(batch.units());
        float[] weights = new float[formula.scope() == Scope.BATCH || random.nextBoolean() ? 0 : batch.units()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4) / 2f;
        }
        try {
            run(ways, batch.call(weights, "NONE"));
        } catch (ShapeException refused) {
            requireNoValue(refused);
            return;
        }
        ways.forEach(way -> checkUnits(way, weights));
        Map<String, Map<String, float[]>> single = found;
        String reduction = REDUCTIONS.get(random.nextInt(REDUCTIONS.size()));
        double divisor = divisor(reduction, weights);
        run(ways, batch.call(weights, reduction));
        for (Way way : ways) {
            checkDerivatives(way, weights, 1 / divisor);
            if (divisor != 0
                    && expected(way.floats()).stream().allMatch(e -> e.value().isDecided())) {
                checkTotal(way, "value", single.get(way.name()).get("values"), divisor);
                checkTotal(way, "value alone", single.get(way.name()).get("values alone"), divisor);
            }
        }
    }

    /** Only shapes for which no unit has a value are refused. */
    private void requireNoValue(ShapeException refused) {
        List<Expectation> units = expected(Precision.DOUBLE);
        for (int unit = 0; unit < units.size(); unit++) {
            double value = units.get(unit).value().value();
            if (Double.isFinite(value)) {
                throw new Disagreement(unit, "the loss", refused.getMessage(), value);
            }
        }
    }

    private void run(List<Way> ways, KernelCall call) {
        found = new LinkedHashMap<>();
        ways.forEach(way -> found.put(way.name(), way.kernel().apply(call)));
    }

    private void checkUnits(Way way, float[] weights) {
        checkDerivatives(way, weights, 1);
        for (int i = 0; i < batch.units(); i++) {
            Expectation unit = expected(way.floats()).get(batch.unit(i));
            for (Map.Entry<String, Approximation> part : unit.parts().entrySet()) {
                check(way, i, "parts " + part.getKey(), i, weighted(part.getValue(), weights, i, 1));
            }
            Approximation value = weighted(unit.value(), weights, i, 1);
            check(way, i, "values", i, value);
            check(way, i, "values alone", i, value);
        }
    }

    /** A reduced value is the sum of the values that the same kernel finds unit by unit. */
    private void checkTotal(Way way, String what, float[] values, double divisor) {
        double sum = 0;
        double magnitude = 0;
        for (float value : values) {
            sum += value;
            magnitude += Math.abs(value);
        }
        if (!(magnitude > Float.MAX_VALUE)) {
            double error = 50 * Precision.FLOAT.roundoff() * magnitude / divisor;
            check(way, 0, what, 0, new Approximation(sum / divisor, error));
        }
    }

    private double divisor(String reduction, float[] weights) {
        if (formula.scope() == Scope.BATCH || reduction.equals("SUM")) {
            return 1;
        }
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return reduction.equals("MEAN") || weights.length == 0 ? batch.units() : sum;
    }

    private static Approximation weighted(Approximation value, float[] weights, int position, double factor) {
        double weight = weights.length == 0 ? 1 : weights[position];
        return weight == 0 ? new Approximation(0, 0) : value.times(weight * factor, Precision.FLOAT);
    }

    private void checkDerivatives(Way way, float[] weights, double factor) {
        if (!Double.isFinite(factor)) {
            return;
        }
        for (Input input : formula.inputs()) {
            if (input.role() == Role.PREDICTION) {
                check(way, 1, input, weights, factor);
                if (formula.diagonalHessian()) {
                    check(way, 2, input, weights, factor);
                }
            } else if (input.trainable()) {
                checkParameter(way, input, weights, factor);
            }
        }
    }

    private void check(Way way, int order, Input input, float[] weights, double factor) {
        String what = (order == 1 ? "gradient " : "hessian ") + input.name();
        int size = entries(input);
        for (int i = 0; i < size * batch.units(); i++) {
            Expectation unit = expected(way.floats()).get(batch.unit(i / size));
            Approximation entry = unit.derivative(order, key(input, i % size));
            check(way, i / size, what, i, weighted(entry, weights, i / size, factor));
        }
    }

    private int entries(Input input) {
        int entries = 1;
        for (int axis = 0; axis < input.rank(); axis++) {
            entries *= batch.values(0).extent(input, axis);
        }
        return entries;
    }

    private String key(Input input, int entry) {
        return switch (input.rank()) {
            case 0 -> DerivativeValues.key(input);
            case 1 -> DerivativeValues.key(input, entry);
            default -> {
                int columns = batch.values(0).extent(input, 1);
                yield DerivativeValues.key(input, entry / columns, entry % columns);
            }
        };
    }

    /** A hyperparameter's gradient is the sum of those of all units. */
    private void checkParameter(Way way, Input input, float[] weights, double factor) {
        for (int i = 0; i < entries(input); i++) {
            String key = key(input, i);
            double value = 0;
            double error = 0;
            double magnitude = 0;
            for (int position = 0; position < batch.units(); position++) {
                Expectation unit = expected(way.floats()).get(batch.unit(position));
                Approximation entry = weighted(unit.derivative(1, key), weights, position, factor);
                value += entry.value();
                error += entry.error();
                magnitude += Math.abs(entry.value());
            }
            double u = Precision.FLOAT.roundoff();
            boolean finite = magnitude <= Float.MAX_VALUE;
            double own = finite ? u * (2 + batch.units() / 16.0 + Math.min(16, batch.units())) * magnitude : 0;
            check(way, 0, "gradient " + input.name(), i, new Approximation(value, error + own));
        }
    }

    private void check(Way way, int position, String what, int entry, Approximation expectation) {
        float actual = found.get(way.name()).get(what)[entry];
        if (!expectation.admits(actual)) {
            String all = found.entrySet().stream()
                    .map(e -> e.getKey() + " finds " + e.getValue().get(what)[entry])
                    .collect(Collectors.joining(", "));
            throw new Disagreement(
                    batch.unit(position),
                    what + "[" + entry + "] by the kernel on " + way.name() + ", at unit " + position + ",",
                    actual,
                    expectation.value() + " ± " + expectation.error() + " (" + all + ")");
        }
    }
}
