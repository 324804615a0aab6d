package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.ErrorBounds;
import dev.lossforge.processor.testing.Precision;
import dev.lossforge.processor.testing.WideInterpreter;
import java.util.List;
import java.util.Map;

/**
 * Compares all ways of computing a formula: the expression as read, in double precision; the method, run as Java; the
 * stable form in double precision; the kernel, on the Vector API and on plain Java; its gradient, with difference
 * quotients; its Hessian, with those of the gradient; its parts, with their stable forms.
 */
public final class Judge {

    private final Compiled compiled;
    private final FormulaSource source;
    private final Formula formula;
    private final Batch batch;
    private final Derivatives precise;
    private final KernelJudge kernels;

    private Judge(Compiled compiled, FormulaSource source, Batch batch) {
        this.compiled = compiled;
        this.source = source;
        this.formula = compiled.formula(source);
        this.batch = batch;
        this.kernels = new KernelJudge(formula, batch);
        this.precise = kernels.precise();
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
            judge.compareMeanings(unit);
        }
        judge.compareKernels();
        return new Quotients(judge.formula, judge.precise, batch.values(0), 0).compare();
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
        Approximation stable = kernels.expected(Precision.FLOAT).get(unit).value();
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
        kernels.judge(List.of(
                new Way("the Vector API", Precision.FLOAT, call -> compiled.vector(source, call)),
                new Way("scalar code", Precision.FLOAT, call -> compiled.plain(source, call))));
    }
}
