package dev.lossforge.samples.s06_imbalanced;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.pow;

import dev.lossforge.digits.DigitReading;
import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.MnistData;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.ChartFile;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * Digits whose nines are a hundred times rarer than the zeros. Accuracy hides the result for the rare classes. The
 * recall of each class shows it, and the choice of the loss determines it.
 */
public final class ImbalancedDigits implements Lesson {
    private static final int IMAGES = 12_000;
    private static final int EPOCHS = 5;

    /**
     * The negative logarithm of the true digit's probability, in nats. Every image counts equally, so the frequent
     * digits count most.
     */
    @Loss
    static float unweighted(@Prediction float[] logits, @Target int label) {
        return surprise(logits, label);
    }

    /**
     * The same, multiplied by the weight of the digit's class. All classes count equally if each weight is one over the
     * class's number of images.
     */
    @Loss
    static float classWeighted(@Prediction float[] logits, @Target int label, @Param(min = 0) float[] weights) {
        return weights[label] * surprise(logits, label);
    }

    /**
     * The same, multiplied by {@code (1 − p)^γ}, where p is the probability of the true digit: images that are already
     * read well count less.
     *
     * <p>T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, eq. 4.
     */
    @Loss
    static float focused(@Prediction float[] logits, @Target int label, @Param(defaultValue = 2, min = 0) float gamma) {
        float surprise = surprise(logits, label);
        return pow(1 - exp(-surprise), gamma) * surprise;
    }

    private static float surprise(float[] logits, int label) {
        return logSumExp(logits) - logits[label];
    }

    /**
     * The result of one loss.
     *
     * @param recalls for each digit, the share that was read correctly
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outcome(double[] recalls) {
        /** The mean over all digits, in which every class counts equally. */
        double mean() {
            return Arrays.stream(recalls).average().orElseThrow();
        }

        /** The mean over the digits 7 to 9. */
        double rare() {
            return Arrays.stream(recalls, 7, DigitSet.CLASSES).average().orElseThrow();
        }
    }

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String name() {
        return "imbalanced-digits";
    }

    @Override
    public String summary() {
        return "rare classes: class weights and focal loss against cross-entropy, by the recall of each class";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        MnistData digits = context.digits().load(IMAGES);
        LongTail training = LongTail.of(digits.train());
        Map<String, Outcome> outcomes = outcomes(training, digits.test(), EPOCHS);
        PrintWriter out = context.out();
        out.printf(
                "%d images of %s; so many of each digit, and the recall of each in %%:%n",
                training.size(), digits.description());
        out.printf(
                "  %-15s%s   mean%n",
                "digit", cells(IntStream.range(0, DigitSet.CLASSES).toArray()));
        out.printf("  %-15s%s%n", "images", cells(training.counts()));
        outcomes.forEach((name, outcome) -> out.printf(
                Locale.ROOT,
                "  %-15s%s  %5.1f%n",
                name,
                cells(Arrays.stream(outcome.recalls())
                        .mapToInt(recall -> (int) Math.round(100 * recall))
                        .toArray()),
                100 * outcome.mean()));
        Path picture = context.folder().resolve("imbalanced-digits.png");
        ChartFile.write(picture, List.of(chart(training, outcomes)));
        out.println("drawn in " + picture);
    }

    private static String cells(int[] values) {
        return Arrays.stream(values).mapToObj("%5d"::formatted).collect(Collectors.joining());
    }

    /** The same network from the same start, trained with each loss. */
    static Map<String, Outcome> outcomes(LongTail training, DigitSet test, int epochs) {
        Map<String, LossFunction> losses = new LinkedHashMap<>();
        losses.put("cross-entropy", new UnweightedLoss());
        losses.put("focal", new FocusedLoss(2));
        losses.put("class weights", new ClassWeightedLoss(training.balancingWeights()));
        Dataset images = test.toDataset();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        losses.forEach((name, loss) -> {
            try (Sequential model = network()) {
                model.compile(Adam.of(0.001), loss);
                model.fit(training.dataset(), FitOptions.epochs(epochs));
                outcomes.put(
                        name, new Outcome(DigitReading.of(model, test, images).recalls()));
            }
        });
        return outcomes;
    }

    private static Sequential network() {
        return Sequential.builder()
                .input(DigitSet.SIZE, DigitSet.SIZE, 1)
                .add(Flatten.of())
                .add(Dense.of(64, Activation.RELU))
                .add(Dense.of(DigitSet.CLASSES))
                .seed(1)
                .build();
    }

    private static CategoryChart chart(LongTail training, Map<String, Outcome> outcomes) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(500)
                .title("Recall by digit, from frequent to rare")
                .xAxisTitle("digit (training images)")
                .yAxisTitle("recall")
                .build();
        ChartFile.style(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        List<String> labels = IntStream.range(0, DigitSet.CLASSES)
                .mapToObj(digit -> "%d (%d)".formatted(digit, training.counts()[digit]))
                .toList();
        outcomes.forEach((name, outcome) -> chart.addSeries(
                name, labels, Arrays.stream(outcome.recalls()).boxed().toList()));
        return chart;
    }
}
