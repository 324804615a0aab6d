package dev.lossforge.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.LossKernel;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A loss for the Deep Java Library: {@code new DefaultTrainingConfig(DjlLoss.of(new SoftmaxCrossEntropyLoss()))}.
 *
 * <p>Predictions and labels must be in the order of the formula. An additional label array is taken as weights: one per
 * sample, or one per value of a sample, as in {@code [samples, steps]}. A weight of 0 leaves a value out of the sum,
 * {@link #ignoring} also out of the divisor of a mean. The kernel runs on the CPU, in float, with any engine. The
 * engine receives the value, and the kernel's gradient in a product with the predictions. It therefore differentiates
 * only the network.
 */
public final class DjlLoss extends Loss {
    private final LossFunction loss;
    private final Reduction reduction;
    private final OptionalInt ignored;
    private final List<LossSignature.Input> predictions;
    private final List<LossSignature.Input> targets;
    private final KeptArrays.Shelf arrays = new KeptArrays.Shelf();

    private DjlLoss(LossFunction loss, Reduction reduction, OptionalInt ignored) {
        super(loss.name());
        this.loss = loss;
        this.reduction = reduction;
        this.ignored = ignored;
        this.predictions = inputs(loss.signature(), LossSignature.Input.Role.PREDICTION);
        this.targets = inputs(loss.signature(), LossSignature.Input.Role.TARGET);
    }

    /** The loss as a mean over samples or elements; a loss over the batch is unchanged. */
    public static DjlLoss of(LossFunction loss) {
        return of(loss, Reduction.MEAN);
    }

    /**
     * The loss with this reduction.
     *
     * @throws ConfigurationException for {@link Reduction#NONE}, because a network is trained on one number
     */
    public static DjlLoss of(LossFunction loss, Reduction reduction) {
        if (reduction == Reduction.NONE) {
            throw new ConfigurationException("A network is trained on one number; choose SUM or a mean.");
        }
        return new DjlLoss(loss, reduction, OptionalInt.empty());
    }

    /**
     * The same loss without the samples, or the values of samples, whose label is this index, such as 255 for
     * unlabelled pixels or −100 for padding. As with PyTorch's {@code ignore_index}, a mean does not count them.
     */
    public DjlLoss ignoring(int index) {
        return new DjlLoss(loss, reduction, OptionalInt.of(index));
    }

    private static List<LossSignature.Input> inputs(LossSignature signature, LossSignature.Input.Role role) {
        return signature.inputs().stream().filter(input -> input.role() == role).toList();
    }

    /** The loss as an array of one number, from which the engine computes gradients. */
    @Override
    public NDArray evaluate(NDList labels, NDList outputs) {
        boolean weighted = labels.size() == targets.size() + 1;
        if (outputs.size() != predictions.size() || labels.size() != targets.size() && !weighted) {
            throw new ConfigurationException("The loss " + loss.signature() + " takes " + predictions.size()
                    + " predictions and " + targets.size() + " labels, and weights if there is one label more, but "
                    + outputs.size() + " predictions and " + labels.size() + " labels are given.");
        }
        KeptArrays own = arrays.take();
        try {
            BoundLoss bound = BoundLoss.of(loss, inputs(labels, outputs, weighted, own));
            double divisor = bound.divisor(reduction);
            bound.frame().scale(divisor == 0 ? 0 : (float) (1 / divisor)); // no counted unit, no gradient
            List<EngineCopy> copies = new ArrayList<>();
            for (int i = 0; i < predictions.size(); i++) {
                int position = loss.signature().position(predictions.get(i).name());
                int size = size(outputs.get(i));
                float[] gradient = own.gradient(i, size);
                bound.frame().gradient(position, gradient);
                copies.add(new EngineCopy(outputs.get(i), own.prediction(i, size), gradient, size / bound.units()));
            }
            double value = bound.withKernel(copying(bound, copies)).run() / divisor;
            NDArray slope = null;
            for (EngineCopy copy : copies) {
                NDArray product = copy.product();
                slope = slope == null ? product : slope.add(product);
            }
            if (slope == null) {
                throw new IllegalStateException("a loss without predictions");
            }
            return slope.sub(slope.stopGradient()).add((float) value);
        } finally {
            arrays.giveBack(own);
        }
    }

    /** The kernel, around which each range of units is copied by the thread that computes it, while in its cache. */
    private static LossKernel copying(BoundLoss bound, List<EngineCopy> copies) {
        return (frame, from, to) -> {
            copies.forEach(copy -> copy.read(from, to));
            double sum = bound.kernel().run(frame, from, to);
            copies.forEach(copy -> copy.write(from, to));
            return sum;
        };
    }

    private LossInputs inputs(NDList labels, NDList outputs, boolean weighted, KeptArrays own) {
        LossInputs inputs = null;
        for (int i = 0; i < predictions.size(); i++) {
            Tensor output = Tensor.over(own.prediction(i, size(outputs.get(i))), shape(outputs.get(i)));
            String name = predictions.get(i).name();
            inputs = inputs == null ? LossInputs.named(name, output) : inputs.and(name, output);
        }
        if (inputs == null) {
            throw new IllegalStateException("a loss without predictions");
        }
        for (int i = 0; i < targets.size(); i++) {
            inputs = inputs.and(
                    targets.get(i).name(),
                    target(
                            targets.get(i),
                            labels.get(i),
                            shape(outputs.head()),
                            labels.get(i).size()));
        }
        if (weighted) {
            NDArray weights = labels.get(targets.size());
            inputs = inputs.withWeights(Tensor.over(floats(weights), shape(weights)));
        }
        return ignored.isPresent() ? inputs.ignoring(ignored.getAsInt()) : inputs;
    }

    /**
     * Converts a label. DJL gives one label per sample as {@code [samples]} or {@code [samples, 1]}, and class indices
     * as floats.
     */
    private Data target(LossSignature.Input target, NDArray label, Shape output, long size) {
        Shape own = shape(label);
        boolean perSample = target.rank() == (loss.signature().scope() == Scope.BATCH ? 1 : 0);
        if (loss.signature().scope() == Scope.ELEMENT && size == output.size()) {
            own = output;
        } else if (perSample && size == own.extent(0)) {
            own = Shape.of(own.extent(0));
        }
        return target.type() == LossSignature.Input.Type.FLOAT
                ? Tensor.over(floats(label), own)
                : IntTensor.over(label.toType(DataType.INT32, false).toIntArray(), own.toArray());
    }

    private static float[] floats(NDArray array) {
        float[] floats = new float[size(array)];
        EngineCopy.floats(array).get(floats);
        return floats;
    }

    private static int size(NDArray array) {
        return Math.toIntExact(array.size());
    }

    private static Shape shape(NDArray array) {
        long[] extents = array.getShape().getShape();
        int[] own = new int[extents.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = Math.toIntExact(extents[i]);
        }
        return Shape.of(own);
    }

    @Override
    public String toString() {
        return loss.description();
    }
}
