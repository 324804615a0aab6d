package dev.lossforge.samples.s08_twotasks;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * One model for two tasks, one of which is a hundred times noisier. Their weights are not balanced by hand: the loss
 * learns how uncertain each task is.
 *
 * <p>A. Kendall, Y. Gal, R. Cipolla, "Multi-Task Learning Using Uncertainty to Weigh Losses", CVPR 2018, eq. 7.
 */
public final class TwoTasks implements Lesson {
    private static final int SAMPLES = 2000;
    private static final int EPOCHS = 60;
    private static final int BATCH = 100;
    private static final String[] TASKS = {"first", "second"};

    /** The standard deviations of the two tasks' noise. */
    static final float[] NOISE = {0.1f, 1};

    /**
     * {@code Σᵢ ½ e^(−sᵢ) (pᵢ − yᵢ)² + ½ sᵢ} with the trainable logarithms s of the tasks' variances. The weighted
     * error of each task is reported next to the sum.
     */
    @Loss
    static float twoTasks(
            @Prediction float[] predicted, @Target float[] observed, @Param(trainable = true) float[] logVariances) {
        return part("first", weighted(predicted[0] - observed[0], logVariances[0]))
                + part("second", weighted(predicted[1] - observed[1], logVariances[1]))
                + 0.5f * (logVariances[0] + logVariances[1]);
    }

    private static float weighted(float error, float logVariance) {
        return 0.5f * exp(-logVariance) * square(error);
    }

    /** The result of the loss: the standard deviations of the tasks, and the weighted error of each. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Learned(double[] deviations, Map<String, Double> errors) {}

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String name() {
        return "two-tasks";
    }

    @Override
    public String summary() {
        return "tasks weighted by their uncertainty: a loss with parts, and a vector in it that is trained";
    }

    @Override
    public void run(SampleContext context) {
        Learned learned = learn();
        for (int i = 0; i < 2; i++) {
            context.out()
                    .printf(
                            Locale.ROOT,
                            "  %s task: noise %.2f, the loss learned %.3f; weighted, its error is %.3f%n",
                            TASKS[i],
                            NOISE[i],
                            learned.deviations()[i],
                            Objects.requireNonNull(learned.errors().get(TASKS[i])));
        }
    }

    static Learned learn() {
        Tensor inputs = Tensor.zeros(SAMPLES, 1);
        Tensor observed = Tensor.zeros(SAMPLES, 2);
        observe(new Random(1), inputs, observed);
        Dataset tasks = Dataset.of(inputs, observed);
        try (Sequential model = Sequential.builder()
                .input(1)
                .add(Dense.of(16, Activation.RELU))
                .add(Dense.of(2))
                .seed(1)
                .build()) {
            model.compile(CompileOptions.of(Adam.of(0.01), new TwoTasksLoss(new float[2])));
            model.fit(tasks, FitOptions.epochs(EPOCHS).withBatchSize(BATCH));
            Scores learned = model.evaluate(tasks).scores();
            return new Learned(new double[] {deviation(learned, 0), deviation(learned, 1)}, learned.parts());
        }
    }

    private static double deviation(Scores scores, int task) {
        return Math.exp(0.5 * scores.hyperparameter("twoTasks.logVariances[" + task + "]"));
    }

    private static void observe(Random random, Tensor inputs, Tensor observed) {
        for (int i = 0; i < SAMPLES; i++) {
            float x = 2 * random.nextFloat() - 1;
            inputs.array()[i] = x;
            observed.array()[2 * i] = Math.abs(x) + NOISE[0] * (float) random.nextGaussian();
            observed.array()[2 * i + 1] = 1 - 2 * x + NOISE[1] * (float) random.nextGaussian();
        }
    }
}
