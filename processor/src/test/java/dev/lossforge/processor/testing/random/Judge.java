package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Part;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.BoundedDerivatives;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.ErrorBounds;
import dev.lossforge.processor.testing.Precision;
import dev.lossforge.processor.testing.WideInterpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Compares all ways of computing a formula: the expression as read, in double precision; the method, run as Java; the
 * stable form in double precision; the kernel, on the Vector API and on plain Java; its gradient, with difference
 * quotients; its Hessian, with those of the gradient; its parts, with their stable forms.
 */
public final class Judge {

    private static final List<String> REDUCTIONS = List.of("SUM", "MEAN", "WEIGHTED_MEAN");

    private final Compiled compiled;
    private final FormulaSource source;
    private final Formula formula;
    private final Batch batch;
    private final Derivatives precise;
    private final List<Expected> expected = new ArrayList<>();

    /** What the kernel must find for a unit, and by how much it may miss it. */
    private record Expected(
            Approximation value, Map<String, Approximation> gradient, Map<String, Approximation> hessian) {}

    private Judge(Compiled compiled, FormulaSource source, Batch batch) {
        this.compiled = compiled;
        this.source = source;
        this.formula = compiled.formula(source);
        this.batch = batch;
        this.precise = LogSumExpSplitter.rewrite(Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula())));
    }

    /**
     * Runs all comparisons.
     *
     * @return how many entries of derivatives could be compared with difference quotients
     * @throws Disagreement at the first that differs
     */
    public static int judge(Compiled compiled, FormulaSource source, Batch batch) {
        Judge judge = new Judge(compiled, source, batch);
        for (int unit = 0; unit < batch.drawn().size(); unit++) {
            judge.expect(unit);
            judge.compareMeanings(unit);
        }
        judge.compareKernels();
        return new Quotients(judge.formula, judge.precise, batch.values(0), 0).compare();
    }

    private void expect(int unit) {
        expected.add(new Expected(
                bounds(unit, Precision.FLOAT, precise.formula()),
                BoundedDerivatives.of(formula.exprs(), precise.gradient(), batch.values(unit), Precision.FLOAT),
                BoundedDerivatives.of(formula.exprs(), precise.hessian(), batch.values(unit), Precision.FLOAT)));
    }

    private Approximation bounds(int unit, Precision precision, Formula form) {
        return new ErrorBounds(form.exprs(), batch.values(unit), precision).of(form.value(), Map.of());
    }

    private void compareMeanings(int unit) {
        Approximation original = bounds(unit, Precision.DOUBLE, formula);
        Approximation stable = bounds(unit, Precision.DOUBLE, precise.formula());
        double difference = Math.abs(stable.value() - original.value());
        boolean finite = Math.abs(original.value()) <= Double.MAX_VALUE;
        boolean same = Double.isNaN(difference)
                ? Double.isNaN(stable.value())
                : difference <= stable.error() + original.error();
        if (original.isDecided() && stable.isDecided() && finite && !same && !isTruth(unit, stable)) {
            throw new Disagreement(unit, "the stable form", stable.value(), original.value());
        }
        compareWithTruth(unit, original);
        Approximation asFloat = bounds(unit, Precision.FLOAT, formula);
        float run = compiled.method(source, batch.arguments(unit));
        if (!asFloat.admits(run)) {
            throw new Disagreement(unit, "the expression as read", asFloat, run + ", which the method returns");
        }
    }

    /** Whether a value is right although doubles find another, since one of theirs overflows on the way. */
    private boolean isTruth(int unit, Approximation value) {
        double truth = truth(unit);
        return Math.abs(truth - value.value()) <= value.error() + 1e-9 * Math.abs(truth);
    }

    private double truth(int unit) {
        return new WideInterpreter(formula.exprs(), batch.values(unit)).evaluate(formula.value());
    }

    /** Where doubles overflow or have no value, numbers of boundless range tell whether the formula has one. */
    private void compareWithTruth(int unit, Approximation original) {
        Approximation stable = expected.get(unit).value();
        if (!stable.isDecided() || Double.isFinite(original.value()) && Double.isFinite(stable.value())) {
            return;
        }
        double truth = truth(unit);
        boolean isFinite = Math.abs(truth) <= Float.MAX_VALUE;
        boolean lost = isFinite && Double.isNaN(stable.value());
        // Beside such numbers 1 − σ(x) is 0 with boundless range too: no NaN that comes of it is the truth.
        boolean made = Double.isNaN(truth) && Double.isFinite(stable.value()) && !batch.hasFinite(unit, 1e15);
        boolean wrong = isFinite && Double.isFinite(stable.value()) && !isTruth(unit, stable);
        if (lost || made || wrong) {
            throw new Disagreement(unit, "the stable form", stable.value(), truth + ", the truth");
        }
    }

    private void compareKernels() {
        SplittableRandom random = new SplittableRandom(batch.units());
        float[] weights = new float[formula.scope() == Scope.BATCH || random.nextBoolean() ? 0 : batch.units()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4) / 2f;
        }
        KernelCall call = batch.call(weights, "NONE");
        Map<String, float[]> results = compiled.vector(source, call);
        compareBits(results, compiled.plain(source, call));
        checkDerivatives(results, weights, 1);
        checkParts(results, weights);
        float[] values = results.get("values");
        float[] alone = results.get("values alone");
        boolean decided = true;
        for (int i = 0; i < batch.units(); i++) {
            Approximation value = weighted(expected.get(batch.unit(i)).value(), weights, i, 1);
            check(i, "the value", values[i], value);
            check(i, "the value alone", alone[i], value);
            decided &= value.isDecided();
        }
        String reduction = REDUCTIONS.get(random.nextInt(REDUCTIONS.size()));
        double divisor = divisor(reduction, weights);
        Map<String, float[]> reduced = compiled.vector(source, batch.call(weights, reduction));
        checkDerivatives(reduced, weights, 1 / divisor);
        if (decided && divisor != 0) {
            checkTotal(reduction, reduced.get("value")[0], values, divisor);
            checkTotal(reduction + " alone", reduced.get("value alone")[0], alone, divisor);
        }
    }

    /** A reduced value is the sum of the values that the same kernel finds unit by unit. */
    private void checkTotal(String what, float actual, float[] values, double divisor) {
        double sum = 0;
        double magnitude = 0;
        for (float value : values) {
            sum += value;
            magnitude += Math.abs(value);
        }
        if (!(magnitude > Float.MAX_VALUE)) {
            double error = 50 * Precision.FLOAT.roundoff() * magnitude / divisor;
            check(0, what, actual, new Approximation(sum / divisor, error));
        }
    }

    private void checkParts(Map<String, float[]> results, float[] weights) {
        for (Part part : formula.parts()) {
            Formula stable = Stabilizer.rewrite(formula.ofPart(part)).formula();
            Formula precisely = LogSumExpSplitter.rewrite(
                            Simplifier.rewrite(new Derivatives(stable, List.of(), List.of())))
                    .formula();
            float[] values = results.get("parts " + part.name());
            for (int i = 0; i < batch.units(); i++) {
                Approximation value = bounds(batch.unit(i), Precision.FLOAT, precisely);
                check(i, "the part " + part.name(), values[i], weighted(value, weights, i, 1));
            }
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

    private void checkDerivatives(Map<String, float[]> results, float[] weights, double factor) {
        if (!Double.isFinite(factor)) {
            return;
        }
        for (Input input : formula.inputs()) {
            if (input.role() == Role.PREDICTION) {
                check("gradient", input, results, weights, factor);
                check("hessian", input, results, weights, factor);
            } else if (input.trainable()) {
                checkParameter(input, results.get("gradient " + input.name()), weights, factor);
            }
        }
    }

    private void check(String what, Input input, Map<String, float[]> results, float[] weights, double factor) {
        float[] entries = results.get(what + " " + input.name());
        if (entries == null) {
            return;
        }
        Approximation zero = new Approximation(0, 0);
        int size = entries.length / batch.units();
        for (int i = 0; i < entries.length; i++) {
            Expected unit = expected.get(batch.unit(i / size));
            String key = key(input, i % size);
            Approximation entry = (what.equals("gradient") ? unit.gradient() : unit.hessian()).getOrDefault(key, zero);
            check(i / size, what + " " + key, entries[i], weighted(entry, weights, i / size, factor));
        }
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
    private void checkParameter(Input input, float[] entries, float[] weights, double factor) {
        for (int i = 0; i < entries.length; i++) {
            String key = key(input, i);
            double value = 0;
            double error = 0;
            double magnitude = 0;
            for (int position = 0; position < batch.units(); position++) {
                Approximation entry = weighted(
                        expected.get(batch.unit(position)).gradient().getOrDefault(key, new Approximation(0, 0)),
                        weights,
                        position,
                        factor);
                value += entry.value();
                error += entry.error();
                magnitude += Math.abs(entry.value());
            }
            double u = Precision.FLOAT.roundoff();
            boolean finite = magnitude <= Float.MAX_VALUE;
            double own = finite ? u * (2 + batch.units() / 16.0 + Math.min(16, batch.units())) * magnitude : 0;
            check(0, "gradient " + key, entries[i], new Approximation(value, error + own));
        }
    }

    private void check(int position, String what, float actual, Approximation expectation) {
        if (!expectation.admits(actual)) {
            String text = expectation.value() + " ± " + expectation.error();
            throw new Disagreement(batch.unit(position), what + " by the kernel at unit " + position, actual, text);
        }
    }

    private static void compareBits(Map<String, float[]> vector, Map<String, float[]> plain) {
        vector.forEach((name, entries) -> {
            float[] others = plain.get(name);
            if (!Arrays.equals(entries, others)) {
                int at = Arrays.mismatch(entries, others);
                throw new Disagreement(0, name + "[" + at + "] on the Vector API", entries[at], others[at]);
            }
        });
    }
}
