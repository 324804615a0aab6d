package dev.lossforge.dl4j;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.form.LossForm;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A loss for Deeplearning4j: {@code new OutputLayer.Builder(Dl4jLoss.of(new SoftmaxCrossEntropyLoss()))}, with the
 * activation {@code IDENTITY} for a loss of logits.
 *
 * <p>It supports losses with one prediction and one target. The score is the sum over samples or elements or, on
 * request, the mean over samples, as with the library's own losses. The gradient is that of the sum. A target of one
 * class index per sample comes from a column of indices, or from rows of ones and zeros. A mask weights samples or
 * elements.
 *
 * <p>It is saved with a network as the text of the loss: its class and hyperparameters.
 */
public final class Dl4jLoss implements ILossFunction {
    @Serial
    private static final long serialVersionUID = 1;

    private String text = "";
    private transient @Nullable LossFunction loss;

    /** Only for deserialization from JSON, which then calls {@link #setLoss}. */
    public Dl4jLoss() {}

    /**
     * A generated loss.
     *
     * @throws ConfigurationException if the loss was written by hand, or has more than one prediction or target
     */
    public static Dl4jLoss of(LossFunction loss) {
        Dl4jLoss own = new Dl4jLoss();
        own.setLoss(LossForm.of(loss).text());
        return own;
    }

    /** The loss as text, for JSON. */
    @JsonProperty
    public String getLoss() {
        return text;
    }

    /** Sets the loss by its text, for JSON. */
    @JsonProperty
    public void setLoss(String newLoss) {
        text = newLoss;
        loss = parsed(newLoss);
    }

    private static LossFunction parsed(String text) {
        LossFunction loss = LossForm.parse(text).toLoss();
        long predictions = count(loss.signature(), LossSignature.Input.Role.PREDICTION);
        long targets = count(loss.signature(), LossSignature.Input.Role.TARGET);
        if (predictions != 1 || targets != 1) {
            throw new ConfigurationException("Deeplearning4j gives a loss one output and one label, but the loss "
                    + loss.signature() + " takes " + predictions + " predictions and " + targets + " targets.");
        }
        return loss;
    }

    private static long count(LossSignature signature, LossSignature.Input.Role role) {
        return signature.inputs().stream().filter(input -> input.role() == role).count();
    }

    /** The loss. After Java serialization, which transfers only the text, it is created again. */
    private LossFunction loss() {
        LossFunction own = loss;
        if (own == null) {
            own = parsed(text);
            loss = own;
        }
        return own;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        double sum = loss().value(inputs(labels, output(preOutput, activation), mask), Reduction.SUM);
        return averaged(sum, preOutput, average);
    }

    private double averaged(double sum, INDArray preOutput, boolean average) {
        return average && loss().signature().scope() != Scope.BATCH ? sum / preOutput.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        if (loss().signature().scope() == Scope.BATCH) {
            throw new ConfigurationException("The loss " + loss().signature()
                    + " is one over the whole batch, so it has no score for each sample.");
        }
        Tensor values = loss().values(inputs(labels, output(preOutput, activation), mask));
        INDArray array = Nd4j.createFromArray(values.array()).reshape(preOutput.size(0), -1);
        return array.sum(true, 1).castTo(preOutput.dataType());
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        return gradient(result(labels, preOutput, activation, mask), preOutput, activation);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        LossResult result = result(labels, preOutput, activation, mask);
        return Pair.of(averaged(result.value(), preOutput, average), gradient(result, preOutput, activation));
    }

    private LossResult result(INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        return loss().valueAndGradients(inputs(labels, output(preOutput, activation), mask), Reduction.SUM);
    }

    /** Propagates the gradient of the output back through the activation. */
    private static INDArray gradient(LossResult result, INDArray preOutput, IActivation activation) {
        INDArray ofOutput = Nd4j.createFromArray(result.gradient().array())
                .reshape(preOutput.shape())
                .castTo(preOutput.dataType());
        return activation.backprop(preOutput.dup(), ofOutput).getFirst();
    }

    private static INDArray output(INDArray preOutput, IActivation activation) {
        return activation.getActivation(preOutput.dup(), true);
    }

    private LossInputs inputs(INDArray labels, INDArray output, @Nullable INDArray mask) {
        return Dl4jInputs.of(loss().signature(), labels, output, mask);
    }

    @Override
    public String name() {
        return loss().name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dl4jLoss that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
