package dev.lossforge.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A loss for the Deep Java Library: {@code new DefaultTrainingConfig(DjlLoss.of(new SoftmaxCrossEntropyLoss()))}.
 *
 * <p>Predictions and labels must be in the order of the formula. An additional label array is taken as the weights of
 * the samples. The kernel runs on the CPU, in float, with any engine. The engine receives the value, and the kernel's
 * gradient in a product with the predictions. It therefore differentiates only the network.
 */
public final class DjlLoss extends Loss {
    private final LossFunction loss;
    private final Reduction reduction;
    private final List<LossInput> predictions;
    private final List<LossInput> targets;

    private DjlLoss(LossFunction loss, Reduction reduction) {
        super(loss.name());
        this.loss = loss;
        this.reduction = reduction;
        this.predictions = inputs(loss.signature(), LossInput.Role.PREDICTION);
        this.targets = inputs(loss.signature(), LossInput.Role.TARGET);
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
        return new DjlLoss(loss, reduction);
    }

    private static List<LossInput> inputs(LossSignature signature, LossInput.Role role) {
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
        LossResult result = loss.valueAndGradients(inputs(labels, outputs, weighted), reduction);
        NDArray slope = null;
        for (int i = 0; i < predictions.size(); i++) {
            NDArray own =
                    product(outputs.get(i), result.gradient(predictions.get(i).name()));
            slope = slope == null ? own : slope.add(own);
        }
        if (slope == null) {
            throw new IllegalStateException("a loss without predictions");
        }
        return slope.sub(slope.stopGradient()).add((float) result.value());
    }

    /** The sum of the products, whose derivative with respect to the output is the gradient. */
    private static NDArray product(NDArray output, Tensor gradient) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * gradient.size()).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(gradient.array());
        NDArray slope = output.getManager().create(bytes.asFloatBuffer(), output.getShape(), DataType.FLOAT32);
        return output.flatten().dot(slope.flatten());
    }

    private LossInputs inputs(NDList labels, NDList outputs, boolean weighted) {
        LossInputs inputs = null;
        for (int i = 0; i < predictions.size(); i++) {
            Tensor output = Tensor.over(floats(outputs.get(i)), shape(outputs.get(i)));
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
            float[] weights = floats(labels.get(targets.size()));
            inputs = inputs.withWeights(Tensor.over(weights, weights.length));
        }
        return inputs;
    }

    /**
     * Converts a label. DJL gives one label per sample as {@code [samples]} or {@code [samples, 1]}, and class indices
     * as floats.
     */
    private Data target(LossInput target, NDArray label, Shape output, long size) {
        Shape own = shape(label);
        boolean perSample = target.rank() == (loss.signature().scope() == Scope.BATCH ? 1 : 0);
        if (loss.signature().scope() == Scope.ELEMENT && size == output.size()) {
            own = output;
        } else if (perSample && size == own.extent(0)) {
            own = Shape.of(own.extent(0));
        }
        return target.type() == LossInput.Type.FLOAT
                ? Tensor.over(floats(label), own)
                : IntTensor.over(label.toType(DataType.INT32, false).toIntArray(), own.toArray());
    }

    private static float[] floats(NDArray array) {
        NDArray plain = array.toType(DataType.FLOAT32, false);
        float[] floats = new float[Math.toIntExact(plain.size())];
        plain.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(floats);
        return floats;
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
