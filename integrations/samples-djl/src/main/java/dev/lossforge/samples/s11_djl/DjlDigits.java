package dev.lossforge.samples.s11_djl;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.logSumExp;

import ai.djl.training.loss.Loss;
import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.MnistData;
import dev.lossforge.djl.DjlLoss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.samples.lesson.ChartFile;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * Digits, many of which have a wrong label. A network of the Deep Java Library learns the wrong labels too if its loss
 * is the cross-entropy. A loss that DJL lacks keeps it from that.
 */
public final class DjlDigits implements Lesson {
    private static final int IMAGES = 3000;
    private static final int TEST_IMAGES = 2000;
    private static final int EPOCHS = 6;

    /** The share of wrong labels. */
    private static final double WRONG = 0.4;

    /**
     * Limits what a wrong label can do. The cross-entropy grows without bound as the probability of a label falls to 0;
     * this grows to {@code 1 / doubt}. As {@code doubt} falls to 0, it becomes the cross-entropy.
     *
     * <p>Z. Zhang, M. Sabuncu, "Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels",
     * NeurIPS 2018, eq. 6.
     */
    @dev.lossforge.dsl.Loss
    static float doubting(
            @Prediction float[] logits, @Target int label, @Param(defaultValue = 0.7f, min = 0.01f) float doubt) {
        float surprise = logSumExp(logits) - logits[label];
        return (1 - exp(-doubt * surprise)) / doubt;
    }

    @Override
    public int number() {
        return 11;
    }

    @Override
    public String name() {
        return "djl-digits";
    }

    @Override
    public String summary() {
        return "wrong labels: a network of the Deep Java Library with a loss that DJL lacks";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        MnistData digits = context.digits().load(IMAGES);
        context.out()
                .printf(
                        "%d images of %s, %.0f %% of them with a wrong label; the share of test images read"
                                + " correctly:%n",
                        digits.train().count(), digits.description(), 100 * WRONG);
        Map<String, double[]> accuracies =
                accuracies(digits.train(), digits.test().first(TEST_IMAGES), EPOCHS);
        accuracies.forEach((name, accuracy) -> context.out()
                .printf(
                        Locale.ROOT,
                        "  %-19s %.1f %% after epoch 1, %.1f %% after epoch %d%n",
                        name,
                        100 * accuracy[0],
                        100 * accuracy[EPOCHS - 1],
                        EPOCHS));
        Path picture = context.folder().resolve("djl-digits.png");
        ChartFile.write(picture, List.of(chart(accuracies)));
        context.out().println("drawn in " + picture);
    }

    /** The accuracy on the test images after each epoch. The networks start from the same weights. */
    static Map<String, double[]> accuracies(DigitSet images, DigitSet testImages, int epochs) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        losses.put("DJL's cross-entropy", Loss.softmaxCrossEntropyLoss());
        losses.put("the doubting loss", DjlLoss.of(new DoubtingLoss()));
        Map<String, double[]> accuracies = new LinkedHashMap<>();
        try (DigitArrays training = DigitArrays.of(images, WRONG);
                DigitArrays test = DigitArrays.of(testImages, 0)) {
            losses.forEach((name, loss) -> accuracies.put(name, DigitNetwork.accuracies(loss, training, test, epochs)));
        }
        return accuracies;
    }

    private static XYChart chart(Map<String, double[]> accuracies) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title("Training with %.0f %% wrong labels".formatted(100 * WRONG))
                .xAxisTitle("epoch")
                .yAxisTitle("accuracy on test images")
                .build();
        ChartFile.style(chart.getStyler());
        accuracies.forEach((name, accuracy) -> chart.addSeries(
                name, IntStream.rangeClosed(1, accuracy.length).asDoubleStream().toArray(), accuracy));
        return chart;
    }
}
