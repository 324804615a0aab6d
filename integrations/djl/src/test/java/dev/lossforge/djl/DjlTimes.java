package dev.lossforge.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times a loss with its backward pass beside DJL's own, for docs/integrations.md, which says how to run it. */
@EnabledIfSystemProperty(named = "lossforge.measure", matches = "true", disabledReason = "measures, and tests nothing")
class DjlTimes {

    @ParameterizedTest
    @CsvSource({"128,10,3000", "4096,1000,120"})
    void softmaxCrossEntropy(int samples, int classes, int rounds) {
        Loss own = DjlLoss.of(new SoftmaxCrossEntropyLoss());
        Loss builtIn = Loss.softmaxCrossEntropyLoss();
        System.out.printf(
                Locale.ROOT,
                "%d × %d, medians: a generated loss %.2f ms, DJL's own %.2f ms%n",
                samples,
                classes,
                median(own, samples, classes, rounds),
                median(builtIn, samples, classes, rounds));
    }

    /** In milliseconds, of the second half. */
    private static double median(Loss loss, int samples, int classes, int rounds) {
        double[] millis = new double[rounds];
        try (NDManager manager = NDManager.newBaseManager()) {
            SplittableRandom random = new SplittableRandom(1);
            float[] values = new float[samples * classes];
            float[] labels = new float[samples];
            for (int i = 0; i < samples; i++) {
                labels[i] = random.nextInt(classes);
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-3, 3);
            }
            NDArray prediction = manager.create(values, new Shape(samples, classes));
            NDList targets = new NDList(manager.create(labels));
            prediction.setRequiresGradient(true);
            for (int round = 0; round < rounds; round++) {
                try (NDManager ofRound = manager.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    prediction.attach(ofRound);
                    targets.attach(ofRound);
                    long start = System.nanoTime();
                    NDArray value = loss.evaluate(targets, new NDList(prediction));
                    collector.backward(value);
                    value.getFloat();
                    millis[round] = (System.nanoTime() - start) * 1e-6;
                    collector.zeroGradients();
                    prediction.attach(manager);
                    targets.attach(manager);
                }
            }
        }
        double[] later = Arrays.copyOfRange(millis, rounds / 2, rounds);
        Arrays.sort(later);
        return later[later.length / 2];
    }
}
