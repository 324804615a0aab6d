package dev.lossforge.samples.journeys;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.square;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that says what to expect and how far to trust it; the scale of all deviations is trained beside it. */
@Tag("training")
class GaussianRegressionTest {
    private static final int SAMPLES = 4000;
    private static final int EPOCHS = 30;
    private static final double RATE = 0.003;
    private static final double INITIAL_SCALE = 1;

    /** Of the data. */
    private static final double SCALE = 0.3;

    @TempDir
    private Path folder;

    /**
     * The logarithm of a normal density, negated and without its constant; its deviation is {@code scale · e^spread}.
     */
    @Loss
    static float normalOfScale(
            @Prediction float mean,
            @Prediction float spread,
            @Target float y,
            @Param(min = 1e-3, trainable = true) float scale) {
        return log(scale) + spread + 0.5f * square((y - mean) / scale) * exp(-2 * spread);
    }

    private static double mean(double x) {
        return Math.sin(2 * x);
    }

    private static double deviation(double x) {
        return SCALE * Math.exp(0.5 * x);
    }

    private static Dataset data(long seed) {
        Random random = new Random(seed);
        Tensor x = Tensor.zeros(SAMPLES, 1);
        Tensor y = Tensor.zeros(SAMPLES, 1);
        for (int i = 0; i < SAMPLES; i++) {
            float place = 4 * random.nextFloat() - 2;
            x.array()[i] = place;
            y.array()[i] = (float) (mean(place) + deviation(place) * random.nextGaussian());
        }
        return Dataset.of(x, y);
    }

    /** One trunk, a head for the mean, and one for the spread: from −1 to 1, so that only one scale fits the data. */
    private static Model model() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden =
                graph.input("x", 1).then(Dense.of(32, Activation.TANH)).then(Dense.of(32, Activation.TANH));
        Model model = graph.output("mean", hidden.then(Dense.of(1)))
                .output("spread", hidden.then(Dense.of(1, Activation.TANH)))
                .seed(1)
                .build();
        model.compile(CompileOptions.of(Adam.of(RATE), new NormalOfScaleLoss((float) INITIAL_SCALE))
                .withHyperparameterRate(5));
        return model;
    }

    private static FitOptions options(int epochs) {
        return FitOptions.epochs(epochs)
                .withBatchSize(64)
                .withCallback(LearningRateScheduler.everyEpoch(new Schedule.Cosine(RATE, RATE / 100, epochs)));
    }

    @Test
    void learnsMeanAndDeviationAndTheirScale() {
        try (Model model = model()) {
            History history = model.fit(data(1), options(EPOCHS));
            double scale = history.last().hyperparameter("normalOfScale.scale");
            assertThat(scale).isCloseTo(SCALE, within(0.05));
            assertThat(model.parameters().get("loss/normalOfScale.scale").array()[0])
                    .isCloseTo((float) scale, within(0.05f));

            Dataset unseen = data(2);
            Outputs outputs = model.predict(Map.of("x", unseen.inputs()));
            double squares = 0;
            for (int i = 0; i < SAMPLES; i++) {
                double x = unseen.inputs().array()[i];
                double found = scale * Math.exp(outputs.get("spread").array()[i]);
                // Where the network has neighbours on both sides.
                if (Math.abs(x) < 1.8) {
                    assertThat((double) outputs.get("mean").array()[i]).isCloseTo(mean(x), within(0.5 * deviation(x)));
                    assertThat(found / deviation(x)).isBetween(0.75, 1.33);
                }
                double error = ((Tensor) unseen.targets()).array()[i]
                        - outputs.get("mean").array()[i];
                squares += error * error / (found * found) / SAMPLES;
            }
            // Neither too sure of itself nor too little.
            assertThat(Math.sqrt(squares)).isCloseTo(1, within(0.06));
        }
    }

    @Test
    void goesOnFromACheckpointWithTheSameBits() throws IOException {
        Map<String, Tensor> whole;
        try (Model model = model();
                Checkpoints checkpoints = Checkpoints.in(folder).everySteps(25).keeping(100)) {
            model.fit(data(1), options(3).withCheckpointer(checkpoints));
            whole = model.parameters();
        }
        List<Path> kept = Checkpoints.list(folder);
        Checkpoint within = Checkpoints.read(kept.get(kept.size() / 2));
        try (Model model = model()) {
            model.resume(data(1), options(3), within.snapshot());
            assertThat(model.parameters().keySet()).isEqualTo(whole.keySet()).contains("loss/normalOfScale.scale");
            model.parameters()
                    .forEach((name, values) -> assertThat(values.array())
                            .as(name)
                            .isEqualTo(whole.get(name).array()));
        }
    }
}
