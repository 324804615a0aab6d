package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Tensor;

/** Losses of several predictions, of none but one target, and with a trained hyperparameter, written by hand. */
final class HeadLosses {
    private static final LossSignature.Input Y = LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0);

    private HeadLosses() {}

    /** Writes value and derivatives of one element. */
    @FunctionalInterface
    private interface Element {
        double run(KernelFrame frame, int unit, float scale);
    }

    private static double each(KernelFrame frame, int from, int to, Element element) {
        double sum = 0;
        for (int unit = from; unit < to; unit++) {
            sum += frame.weight(unit) * element.run(frame, unit, frame.scale(unit));
        }
        return sum;
    }

    private static void set(KernelFrame frame, int position, int unit, double derivative) {
        float[] gradient = frame.gradient(position);
        if (gradient != null) {
            gradient[unit] = (float) derivative;
        }
    }

    /** {@code ½ (logVariance + (y − mean)² / e^logVariance)} of two predictions. */
    static LossFunction gaussian() {
        return new FormulaLoss(LossSignature.of(
                "gaussian",
                Scope.ELEMENT,
                LossSignature.Input.prediction("mean", 0),
                LossSignature.Input.prediction("logVariance", 0),
                Y)) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                return each(frame, from, to, (f, unit, scale) -> {
                    double error = f.floats(0)[unit] - f.floats(2)[unit];
                    double precision = Math.exp(-f.floats(1)[unit]);
                    set(f, 0, unit, scale * error * precision);
                    set(f, 1, unit, scale * 0.5 * (1 - error * error * precision));
                    return 0.5 * (f.floats(1)[unit] + error * error * precision);
                });
            }
        };
    }

    /** The same of one row {@code [mean, logVariance]}. */
    static LossFunction gaussianOfRow() {
        return new FormulaLoss(
                LossSignature.of("gaussianOfRow", Scope.SAMPLE, LossSignature.Input.prediction("row", 1), Y)) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                return each(frame, from, to, (f, unit, scale) -> {
                    double error = f.floats(0)[2 * unit] - f.floats(1)[unit];
                    double precision = Math.exp(-f.floats(0)[2 * unit + 1]);
                    set(f, 0, 2 * unit, scale * error * precision);
                    set(f, 0, 2 * unit + 1, scale * 0.5 * (1 - error * error * precision));
                    return 0.5 * (f.floats(0)[2 * unit + 1] + error * error * precision);
                });
            }
        };
    }

    /** {@code p²}: no target. */
    static LossFunction square() {
        return new FormulaLoss(LossSignature.of("square", Scope.ELEMENT, LossSignature.Input.prediction("p", 0))) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                return each(frame, from, to, (f, unit, scale) -> {
                    double p = f.floats(0)[unit];
                    set(f, 0, unit, scale * 2 * p);
                    return p * p;
                });
            }
        };
    }

    /** {@code log s + ½ ((p − y) / s)²} with a trained s within [0.5, 4]. */
    static LossFunction scaled(float s) {
        LossSignature.Input scale = LossSignature.Input.parameter("s", LossSignature.Input.Type.FLOAT, 0)
                .between(0.5, 4)
                .asTrainable();
        LossSignature signature =
                LossSignature.of("scaled", Scope.ELEMENT, LossSignature.Input.prediction("p", 0), Y, scale);
        return new FormulaLoss(signature, Tensor.scalar(s)) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                double size = frame.floats(2)[0];
                return each(frame, from, to, (f, unit, factor) -> {
                    double error = (f.floats(0)[unit] - f.floats(1)[unit]) / size;
                    set(f, 0, unit, factor * error / size);
                    if (f.gradient(0) != null) {
                        f.parameterGradient(2)[0] += factor * (1 - error * error) / size;
                    }
                    return Math.log(size) + 0.5 * error * error;
                });
            }
        };
    }
}
