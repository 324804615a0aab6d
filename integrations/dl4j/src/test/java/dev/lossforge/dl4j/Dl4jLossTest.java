package dev.lossforge.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.GaussianNegativeLogLikelihoodWithLogVarianceLoss;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.MeanSquaredErrorLoss;
import dev.lossforge.losses.RootMeanSquaredErrorLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class Dl4jLossTest {
    private static final int COUNT = 60;
    private static final int CLASSES = 3;
    private static final IActivation IDENTITY = Activation.IDENTITY.getActivationFunction();

    private final INDArray features = Nd4j.zeros(DataType.FLOAT, COUNT, 4);
    private final INDArray labels = Nd4j.zeros(DataType.FLOAT, COUNT, CLASSES);

    Dl4jLossTest() {
        Random random = new Random(3);
        for (int i = 0; i < COUNT; i++) {
            for (int j = 0; j < 4; j++) {
                features.putScalar(i, j, random.nextGaussian());
            }
            double score = features.getDouble(i, 0) + features.getDouble(i, 1);
            labels.putScalar(i, score < -0.5 ? 0 : score < 0.5 ? 1 : 2, 1);
        }
    }

    private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(tolerance);
    }

    private static void assertSame(
            ILossFunction own,
            IActivation ownActivation,
            ILossFunction builtIn,
            IActivation activation,
            INDArray labels,
            INDArray output,
            INDArray mask) {
        assertThat(own.computeScore(labels, output, ownActivation, mask, true))
                .isCloseTo(builtIn.computeScore(labels, output, activation, mask, true), within(1e-5));
        assertClose(
                own.computeScoreArray(labels, output, ownActivation, mask),
                builtIn.computeScoreArray(labels, output, activation, mask),
                1e-5);
        // The library computes in place.
        INDArray expected = builtIn.computeGradient(labels, output.dup(), activation, mask);
        assertClose(own.computeGradient(labels, output, ownActivation, mask), expected, 1e-6);
        assertClose(
                own.computeGradientAndScore(labels, output, ownActivation, mask, false)
                        .getSecond(),
                expected,
                1e-6);
    }

    /** The library's own takes probabilities, ours logits. A view's rows are not next to each other. */
    @Test
    void agreesWithTheLibrarysOwn() {
        INDArray logits = features.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 4));
        INDArray mask = features.getColumn(0, true).gt(0).castTo(DataType.FLOAT);
        IActivation softmax = Activation.SOFTMAX.getActivationFunction();
        for (INDArray each : new INDArray[] {null, mask}) {
            Dl4jLoss own = Dl4jLoss.of(new SoftmaxCrossEntropyLoss());
            assertSame(own, IDENTITY, new LossMCXENT(), softmax, labels, logits, each);
        }
    }

    /** Element by element, back through an activation, and with a mask for each element. */
    @Test
    void goesBackThroughActivations() {
        INDArray output = features.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 4));
        INDArray mask = output.gt(0).castTo(DataType.FLOAT);
        IActivation tanh = Activation.TANH.getActivationFunction();
        for (INDArray each : new INDArray[] {null, mask}) {
            assertSame(Dl4jLoss.of(new MeanSquaredErrorLoss()), tanh, new LossL2(), tanh, labels, output, each);
        }
    }

    private static MultiLayerNetwork network(ILossFunction loss, Activation activation) {
        DenseLayer hidden = new DenseLayer.Builder()
                .nIn(4)
                .nOut(8)
                .activation(Activation.TANH)
                .build();
        OutputLayer output = new OutputLayer.Builder(loss)
                .nIn(8)
                .nOut(CLASSES)
                .activation(activation)
                .build();
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Sgd(0.3))
                .list()
                .layer(hidden)
                .layer(output)
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private void train(MultiLayerNetwork network) {
        for (int step = 0; step < 20; step++) {
            network.fit(features, labels);
        }
    }

    @Test
    void trainsSavesRestoresAndTrainsOn(@TempDir Path folder) throws IOException {
        MultiLayerNetwork builtIn = network(new LossMCXENT(), Activation.SOFTMAX);
        MultiLayerNetwork own = network(Dl4jLoss.of(new SoftmaxCrossEntropyLoss()), Activation.IDENTITY);
        train(builtIn);
        train(own);
        assertClose(own.params(), builtIn.params(), 1e-5);
        File file = folder.resolve("network.zip").toFile();
        own.save(file);
        MultiLayerNetwork restored = MultiLayerNetwork.load(file, true);
        train(builtIn);
        train(restored);
        assertClose(restored.params(), builtIn.params(), 1e-5);
    }

    @Test
    void keepsItsHyperparametersInJson() {
        MultiLayerConfiguration configuration =
                network(Dl4jLoss.of(new HuberLoss(0.5f)), Activation.IDENTITY).getLayerWiseConfigurations();
        String json = configuration.toJson();
        assertThat(json).contains("dev.lossforge.losses.HuberLoss(0.5)");
        assertThat(MultiLayerConfiguration.fromJson(json)).isEqualTo(configuration);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Dl4jLoss.of(new GaussianNegativeLogLikelihoodWithLogVarianceLoss()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Deeplearning4j gives a loss one output and one label, but the loss"
                        + " gaussianNegativeLogLikelihoodWithLogVariance(mean, logVariance, y, full) takes 2"
                        + " predictions and 1 targets.");
        assertThatThrownBy(() ->
                        Dl4jLoss.of(new RootMeanSquaredErrorLoss()).computeScoreArray(labels, labels, IDENTITY, null))
                .hasMessageContaining("is one over the whole batch, so it has no score for each sample");
    }
}
