package dev.lossforge.samples.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.digits.DataChoice;
import dev.lossforge.digits.DataListener;
import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.callback.ConsoleProgress;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A residual network on the real MNIST: at least 99.3 % of the test set in five epochs. It takes many minutes, so it
 * runs only where {@code -Dlossforge.residual.epochs=5} asks for it.
 */
@Tag("training")
class ResidualMnistTest {
    private static final int EPOCHS = Integer.getInteger("lossforge.residual.epochs", 0);
    private static final Path MNIST = Path.of("../../shared/mnist");
    private static final int BATCH = 64;

    /** Two convolutions, and what they were given added to what they make of it. */
    private static ModelGraph.Value block(ModelGraph.Value input, int filters) {
        return normalized(normalized(input, filters).then(ReLU.of()), filters)
                .plus(input)
                .then(ReLU.of());
    }

    private static ModelGraph.Value normalized(ModelGraph.Value input, int filters) {
        return input.then(Conv2D.of(filters, 3).withPadding(Padding.SAME).withoutBias())
                .then(BatchNorm.of());
    }

    private static Model network() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value value = graph.input("image", DigitSet.SIZE, DigitSet.SIZE, 1);
        value = normalized(value, 16).then(ReLU.of()).then(MaxPool2D.of(2));
        value = block(normalized(value, 32).then(ReLU.of()), 32).then(MaxPool2D.of(2));
        value = block(normalized(value, 64).then(ReLU.of()), 64);
        return graph.output("digit", value.then(GlobalAveragePool2D.of()).then(Dense.of(DigitSet.CLASSES)))
                .seed(1)
                .build();
    }

    private static final class Silent implements DataListener {
        @Override
        public void notice(String sentence) {}

        @Override
        public void warning(String sentence) {}

        @Override
        public void progress(String step, long done, long total) {}
    }

    @Test
    void readsMnist() throws IOException {
        assumeTrue(EPOCHS > 0, "-Dlossforge.residual.epochs=5 trains the residual network, for many minutes");
        assumeTrue(Files.isDirectory(MNIST), "the published files are not at ../shared/mnist");
        MnistData digits = new MnistSource(new Silent()).load(new DataChoice.Folder(MNIST), Integer.MAX_VALUE);
        int steps = EPOCHS * Math.ceilDiv(digits.train().count(), BATCH);
        try (Model model = network()) {
            model.compile(Adam.of(0.002), new SoftmaxCrossEntropyLoss(), Metrics.accuracy());
            model.fit(
                    digits.train().toDataset(),
                    FitOptions.epochs(EPOCHS)
                            .withBatchSize(BATCH)
                            // Only to be watched: nothing is chosen by it.
                            .withValidation(digits.test().toDataset())
                            .withCallback(ConsoleProgress.to(System.out, 60))
                            .withCallback(LearningRateScheduler.everyStep(
                                    new Schedule.WarmUp(500, new Schedule.Cosine(0.002, 0.00001, steps - 500)))));
            double accuracy = model.evaluate(digits.test().toDataset()).accuracy();
            System.out.println(
                    "The residual network reads " + accuracy + " of the test set after " + EPOCHS + " epochs.");
            assertThat(accuracy).isGreaterThanOrEqualTo(0.993);
        }
    }
}
