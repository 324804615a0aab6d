package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A penalty that the annotation processor generated from a formula. The generated class adds the kernel. */
public abstract class FormulaPenalty implements PenaltyFunction {
    private final FormulaLoss penalty;
    private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[0]);

    /** See {@link FormulaLoss#FormulaLoss}; the weights are the only prediction. */
    protected FormulaPenalty(LossSignature signature, Data... parameters) {
        penalty = new FormulaLoss(signature, parameters) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                return FormulaPenalty.this.run(frame, from, to);
            }

            @Override
            protected double runPart(int part, KernelFrame frame, int from, int to) {
                return FormulaPenalty.this.runPart(part, frame, from, to);
            }
        };
    }

    /** The kernel; see {@link dev.lossforge.runtime.internal.kernel.LossKernel#run}. */
    protected abstract double run(KernelFrame frame, int from, int to);

    /** See {@link FormulaLoss#runPart}. */
    protected double runPart(int part, KernelFrame frame, int from, int to) {
        throw new IllegalArgumentException("The penalty " + penalty + " has no part number " + part + ".");
    }

    /** The inputs of the formula; the weights are its only prediction. */
    public final LossSignature signature() {
        return penalty.signature();
    }

    /** The values of the hyperparameters, in the order of the constructor; not to be changed. */
    public final List<Data> parameters() {
        return penalty.parameters();
    }

    @Override
    public final String name() {
        return penalty.name();
    }

    /** The formula on these weights, as a loss whose only prediction is the weights. */
    public final BoundLoss bind(Tensor weights) {
        return penalty.bind(LossInputs.of(unitsOf(weights)));
    }

    @Override
    public final String description() {
        return penalty.description();
    }

    @Override
    public final double value(Tensor weights) {
        return penalty.value(LossInputs.of(unitsOf(weights)), Reduction.SUM);
    }

    @Override
    public final Map<String, Double> parts(Tensor weights) {
        return penalty.parts(LossInputs.of(unitsOf(weights)), Reduction.SUM);
    }

    @Override
    public final double addGradient(Tensor weights, double factor, Tensor gradient) {
        if (!weights.shape().equals(gradient.shape())) {
            throw new ShapeException("The gradient of the penalty '" + name() + "' has the shape " + gradient.shape()
                    + ", but the weights have " + weights.shape() + "; give it the shape of the weights.");
        }
        BoundLoss bound = penalty.bind(LossInputs.of(unitsOf(weights)));
        float[] penaltyGradient = scratch(weights.size());
        bound.frame().gradient(0, penaltyGradient).scale((float) factor);
        double value = bound.run();
        float[] sum = gradient.array();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += penaltyGradient[i];
        }
        return value;
    }

    /** An array for the gradient of a penalty, kept by each thread, because every training step needs it. */
    private float[] scratch(int size) {
        float[] kept = scratch.get();
        if (kept.length < size) {
            kept = new float[size];
            scratch.set(kept);
        }
        return kept;
    }

    /** The weights as the formula sees them: a formula on a matrix treats all axes but the last as its rows. */
    private Tensor unitsOf(Tensor weights) {
        if (penalty.signature().scope() != LossSignature.Scope.BATCH
                || weights.shape().rank() == 2) {
            return weights;
        }
        int length = weights.shape().rank() == 0 ? 1 : weights.shape().lastExtent();
        return weights.reshape(weights.size() / length, length);
    }

    @Override
    public String toString() {
        return penalty.toString();
    }
}
