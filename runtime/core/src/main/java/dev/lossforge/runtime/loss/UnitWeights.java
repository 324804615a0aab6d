package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weight of each unit of a bound loss; 0 for a unit that is masked or ignored. */
final class UnitWeights {
    private final LossSignature signature;
    private final LossSignature.Input first;
    private final Shape firstShape;
    private final Shape unitShape;
    private double sum;
    private int counted;

    UnitWeights(LossSignature signature, LossSignature.Input first, Shape firstShape, Shape unitShape) {
        this.signature = signature;
        this.first = first;
        this.firstShape = firstShape;
        this.unitShape = unitShape;
        this.sum = unitShape.size();
        this.counted = unitShape.size();
    }

    /** The sum of the weights. */
    double sum() {
        return sum;
    }

    /** The number of units that are neither masked nor ignored. */
    int counted() {
        return counted;
    }

    /**
     * Sets the weights of a frame, unless all units count equally.
     *
     * @param data the inputs, by position
     */
    UnitWeights place(LossInputs inputs, List<@Nullable Data> data, KernelFrame frame) {
        Tensor weights = inputs.weights();
        Tensor mask = inputs.mask();
        int[] labels = inputs.ignoredIndex().isPresent() ? labels(data) : null;
        if (weights == null && mask == null && labels == null) {
            return this;
        }
        float[] given = weights == null ? null : perUnit(weights, "weights", "weight");
        float[] kept = mask == null ? null : perUnit(mask, "a mask", "entry");
        if (kept == null && labels == null && given != null) {
            return set(given, frame);
        }
        float[] own = new float[unitShape.size()];
        for (int i = 0; i < own.length; i++) {
            boolean leftOut = kept != null && kept[i] == 0
                    || labels != null && labels[i] == inputs.ignoredIndex().getAsInt();
            own[i] = leftOut ? 0 : given == null ? 1 : given[i];
            counted -= leftOut ? 1 : 0;
        }
        return set(own, frame);
    }

    private UnitWeights set(float[] weights, KernelFrame frame) {
        frame.weights(weights);
        sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0) || Float.isInfinite(weights[i])) {
                throw new ConfigurationException("The loss " + signature + " got the weight " + weights[i]
                        + " in place " + (i + 1) + "; give finite weights of at least 0.");
            }
            sum += weights[i];
        }
        return this;
    }

    /** The one int target that has a value for each unit. */
    private int[] labels(List<@Nullable Data> data) {
        List<LossSignature.Input> targets = signature.inputs().stream()
                .filter(i -> i.role() == LossSignature.Input.Role.TARGET && i.type() == LossSignature.Input.Type.INT)
                .toList();
        if (signature.scope() == LossSignature.Scope.BATCH
                || targets.size() != 1
                || targets.getFirst().rank() != 0
                || !(data.get(signature.position(targets.getFirst().name())) instanceof IntTensor labels)) {
            throw new ConfigurationException("The loss " + signature
                    + " cannot ignore an index: it does not take one int per sample or element; give a mask instead.");
        }
        return labels.array();
    }

    private float[] perUnit(Tensor values, String what, String each) {
        if (signature.scope() == LossSignature.Scope.BATCH) {
            throw new ConfigurationException("The loss " + signature
                    + " is one value for the whole batch and takes no sample weights and no mask; put them into the"
                    + " formula as a target.");
        }
        if (values.shape().equals(unitShape)) {
            return values.array();
        }
        if (!begins(values.shape())) {
            throw new ShapeException("The loss " + signature + " got " + what + " of shape " + values.shape()
                    + " with '" + first.name() + "' of shape " + firstShape + "; give one " + each
                    + " per sample, shape "
                    + (unitShape.rank() > 1 ? "[" + unitShape.extent(0) + "] or " + unitShape : unitShape) + ".");
        }
        int repeats = unitShape.size() / values.size();
        float[] repeated = new float[unitShape.size()];
        for (int i = 0; i < values.size(); i++) {
            Arrays.fill(repeated, i * repeats, (i + 1) * repeats, values.array()[i]);
        }
        return repeated;
    }

    /** Whether the units' shape begins with these axes; a last axis of extent 1 does not matter. */
    private boolean begins(Shape shape) {
        Shape axes = shape.rank() > 1 && shape.lastExtent() == 1 ? shape.withoutLast() : shape;
        return axes.rank() >= 1 && unitShape.beginsWith(axes);
    }
}
