package dev.lossforge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.lossforge.losses.GaussianNegativeLogLikelihoodWithLogVarianceLoss;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.RootMeanSquaredErrorLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.Reduction;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DjlLossTest {
    private static final int COUNT = 64;
    private static final int CLASSES = 3;

    private static NDArray random(NDManager manager, long seed, int... extents) {
        Random random = new Random(seed);
        int size = 1;
        long[] shape = new long[extents.length];
        for (int i = 0; i < extents.length; i++) {
            size *= extents[i];
            shape[i] = extents[i];
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(shape));
    }

    /** Class indices as floats, as DJL's datasets give them. */
    private static NDArray classes(NDArray features) {
        float[] values = features.toFloatArray();
        float[] classes = new float[COUNT];
        int width = values.length / COUNT;
        for (int i = 0; i < COUNT; i++) {
            float score = values[i * width] + values[i * width + 1];
            classes[i] = score < -0.5f ? 0 : score < 0.5f ? 1 : 2;
        }
        return features.getManager().create(classes);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared entry by entry
    private record Step(float value, float[] gradient) {}

    private static Step step(Loss loss, NDList labels, NDArray prediction) {
        prediction.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.evaluate(labels, new NDList(prediction));
            collector.backward(value);
            Step step = new Step(value.getFloat(), prediction.getGradient().toFloatArray());
            collector.zeroGradients();
            return step;
        }
    }

    private static void assertSame(Step own, Step builtIn) {
        assertThat(own.value()).isCloseTo(builtIn.value(), within(1e-6f));
        assertThat(own.gradient()).containsExactly(builtIn.gradient(), within(1e-7f));
    }

    @Test
    void valueAndGradientAreThoseOfDjlsOwn() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = random(manager, 1, COUNT, CLASSES);
            NDList labels = new NDList(classes(logits));
            assertSame(
                    step(DjlLoss.of(new SoftmaxCrossEntropyLoss()), labels, logits),
                    step(Loss.softmaxCrossEntropyLoss(), labels, logits));
            NDList columns = new NDList(labels.head().reshape(COUNT, 1));
            assertSame(
                    step(DjlLoss.of(new SoftmaxCrossEntropyLoss()), columns, logits),
                    step(Loss.softmaxCrossEntropyLoss(), labels, logits));
        }
    }

    @Test
    void takesWeightsAndLossesOverTheBatch() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray p = random(manager, 2, COUNT, 1);
            NDArray y = random(manager, 3, COUNT);
            float[] weights = new float[COUNT];
            weights[5] = 1;
            Step one = step(DjlLoss.of(new HuberLoss(), Reduction.SUM), new NDList(y, manager.create(weights)), p);
            float residual = p.toFloatArray()[5] - y.toFloatArray()[5];
            assertThat(one.gradient()[5]).isEqualTo(Math.clamp(residual, -1, 1));
            assertThat(one.gradient()[6]).isZero();
            Step batch = step(DjlLoss.of(new RootMeanSquaredErrorLoss()), new NDList(y.reshape(COUNT, 1)), p);
            double sum = 0;
            for (int i = 0; i < COUNT; i++) {
                sum += Math.pow(p.toFloatArray()[i] - y.toFloatArray()[i], 2);
            }
            assertThat((double) batch.value()).isCloseTo(Math.sqrt(sum / COUNT), within(1e-6));
        }
    }

    /** A mean over the labels that are left, as the engine's own over these rows alone. */
    @Test
    void ignoresLabels() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] logits = random(manager, 6, 12, CLASSES).toFloatArray();
            float[] labels = new float[12];
            float[] left = new float[8];
            float[] leftLogits = new float[8 * CLASSES];
            int at = 0;
            for (int row = 0; row < 12; row++) {
                labels[row] = row % 3 == 0 ? 255 : row % CLASSES;
                if (row % 3 != 0) {
                    System.arraycopy(logits, row * CLASSES, leftLogits, at * CLASSES, CLASSES);
                    left[at++] = labels[row];
                }
            }
            Step own = step(
                    DjlLoss.of(new SoftmaxCrossEntropyLoss()).ignoring(255),
                    new NDList(manager.create(labels, new Shape(4, 3))),
                    manager.create(logits, new Shape(4, 3, CLASSES)));
            Step builtIn = step(
                    Loss.softmaxCrossEntropyLoss(),
                    new NDList(manager.create(left)),
                    manager.create(leftLogits, new Shape(8, CLASSES)));
            assertThat(own.value()).isCloseTo(builtIn.value(), within(1e-6f));
            at = 0;
            for (int row = 0; row < 12; row++) {
                for (int i = 0; i < CLASSES; i++) {
                    float expected = row % 3 == 0 ? 0 : builtIn.gradient()[at++];
                    assertThat(own.gradient()[row * CLASSES + i]).isCloseTo(expected, within(1e-7f));
                }
            }
            float[] weights = new float[12];
            weights[4] = 2;
            Step weighted = step(
                    DjlLoss.of(new SoftmaxCrossEntropyLoss(), Reduction.WEIGHTED_MEAN),
                    new NDList(manager.create(labels, new Shape(4, 3)), manager.create(weights, new Shape(4, 3))),
                    manager.create(logits, new Shape(4, 3, CLASSES)));
            double sum = 0;
            for (int i = 0; i < CLASSES; i++) {
                sum += Math.exp(logits[4 * CLASSES + i] - logits[4 * CLASSES + (int) labels[4]]);
            }
            assertThat((double) weighted.value()).isCloseTo(Math.log(sum), within(1e-5));
        }
    }

    @Test
    void takesSeveralPredictions() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray mean = random(manager, 4, COUNT, 1);
            NDArray logVariance = random(manager, 5, COUNT, 1);
            mean.setRequiresGradient(true);
            logVariance.setRequiresGradient(true);
            NDArray zeros = manager.zeros(new Shape(COUNT, 1));
            collector.backward(DjlLoss.of(new GaussianNegativeLogLikelihoodWithLogVarianceLoss(), Reduction.SUM)
                    .evaluate(new NDList(zeros), new NDList(mean, logVariance)));
            double m = mean.toFloatArray()[7];
            double precision = Math.exp(-logVariance.toFloatArray()[7]);
            assertThat((double) mean.getGradient().toFloatArray()[7]).isCloseTo(m * precision, within(1e-5));
            assertThat((double) logVariance.getGradient().toFloatArray()[7])
                    .isCloseTo((1 - m * m * precision) / 2, within(1e-5));
        }
    }

    /** The loss keeps arrays from one evaluation to the next; the engine must not see them. */
    @Test
    void evaluationsLeaveEachOtherAlone() {
        DjlLoss loss = DjlLoss.of(new SoftmaxCrossEntropyLoss());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray first = random(manager, 8, COUNT, CLASSES);
            NDArray second = random(manager, 9, COUNT, CLASSES);
            NDArray smaller = random(manager, 10, 2, 2);
            NDList labels = new NDList(classes(first));
            NDList few = new NDList(manager.create(new float[] {1, 0}));
            Step ofFirst = step(DjlLoss.of(new SoftmaxCrossEntropyLoss()), labels, first);
            Step ofSmaller = step(DjlLoss.of(new SoftmaxCrossEntropyLoss()), few, smaller);
            second.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(loss.evaluate(labels, new NDList(first))
                        .add(loss.evaluate(labels, new NDList(second)))
                        .add(loss.evaluate(few, new NDList(smaller))));
                assertThat(first.getGradient().toFloatArray()).isEqualTo(ofFirst.gradient());
                assertThat(smaller.getGradient().toFloatArray()).isEqualTo(ofSmaller.gradient());
            }
        }
    }

    private static float[] trained(Loss loss, NDArray features, NDArray labels) {
        Engine.getInstance().setRandomSeed(7);
        SequentialBlock network = new SequentialBlock()
                .add(Linear.builder().setUnits(8).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(CLASSES).build());
        try (Model model = Model.newInstance("small")) {
            model.setBlock(network);
            Optimizer sgd =
                    Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.5f)).build();
            float[] values = new float[30];
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(sgd))) {
                trainer.initialize(features.getShape());
                for (int step = 0; step < values.length; step++) {
                    try (GradientCollector collector = trainer.newGradientCollector()) {
                        NDArray value = loss.evaluate(new NDList(labels), trainer.forward(new NDList(features)));
                        values[step] = value.getFloat();
                        collector.backward(value);
                    }
                    trainer.step();
                }
            }
            return values;
        }
    }

    @Test
    void trainsANetworkToTheSameNumbers() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray features = random(manager, 6, COUNT, 4);
            NDArray labels = classes(features);
            float[] own = trained(DjlLoss.of(new SoftmaxCrossEntropyLoss()), features, labels);
            float[] builtIn = trained(Loss.softmaxCrossEntropyLoss(), features, labels);
            assertThat(own).containsExactly(builtIn, within(1e-5f));
            assertThat(own[29]).isLessThan(0.5f * own[0]);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList one = new NDList(manager.zeros(new Shape(2, 1)));
            assertThatThrownBy(() -> DjlLoss.of(new HuberLoss()).evaluate(new NDList(), one))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The loss huber(p, y, delta) takes 1 predictions and 1 labels, and weights if there is"
                            + " one label more, but 1 predictions and 0 labels are given.");
            assertThatThrownBy(() -> DjlLoss.of(new HuberLoss(), Reduction.NONE))
                    .hasMessage("A network is trained on one number; choose SUM or a mean.");
        }
    }
}
