package dev.lossforge.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Constants are those of scikit-learn 1.9.1, of the calibration error those of NumPy 2.4 by the paper's formula. */
class MetricsTest {
    private static final Tensor SCORES = Tensor.vector(0.9f, 0.9f, 0.8f, 0.7f, 0.7f, 0.7f, 0.4f, 0.4f, 0.2f, 0.1f);
    private static final IntTensor LABELS = IntTensor.vector(1, 0, 1, 1, 0, 0, 1, 0, 1, 0);
    private static final Tensor WEIGHTS = Tensor.vector(1, 2, 0.5f, 1, 3, 0.25f, 1, 1, 2, 0.5f);

    private static final Tensor PREDICTED = Tensor.vector(2.5f, 0, 2, 8, 3.5f, 1.25f);
    private static final Tensor OBSERVED = Tensor.vector(3, -0.5f, 2, 7, 4, 1);
    private static final Tensor OBSERVED_WEIGHTS = Tensor.vector(1, 2, 0.5f, 1, 3, 0.25f);

    private static final Tensor LOGITS = Tensor.matrix(
            new float[] {2, 0, 0},
            new float[] {0, 1, 0},
            new float[] {0, 0, 3},
            new float[] {1, 1.5f, 0},
            new float[] {0.1f, 0, 0},
            new float[] {0, 5, 0});
    private static final IntTensor CLASSES = IntTensor.vector(0, 1, 1, 0, 0, 1);

    private static double value(Metric metric, Tensor outputs, Data targets, @Nullable Tensor weights) {
        Metric.Tally tally = metric.tally();
        int half = outputs.samples() / 2;
        tally.add(outputs.rows(0, half), targets.rows(0, half), weights == null ? null : weights.rows(0, half));
        // From a checkpoint, and with the rest in a batch of another size.
        Metric.Tally resumed = metric.tally();
        resumed.restore(tally.state());
        int all = outputs.samples();
        resumed.add(outputs.rows(half, all), targets.rows(half, all), weights == null ? null : weights.rows(half, all));
        return resumed.value();
    }

    private static Metric named(String name) {
        return switch (name) {
            case "auc" -> Metrics.auc();
            case "average precision" -> Metrics.averagePrecision();
            case "binary accuracy" -> Metrics.binaryAccuracy(0.5);
            case "precision" -> Metrics.precision(0.5);
            case "recall" -> Metrics.recall(0.5);
            case "f1" -> Metrics.f1(0.5);
            case "mean absolute error" -> Metrics.meanAbsoluteError();
            case "root mean squared error" -> Metrics.rootMeanSquaredError();
            case "r2" -> Metrics.r2();
            case "macro precision" -> Metrics.macroPrecision();
            case "macro recall" -> Metrics.macroRecall();
            case "macro f1" -> Metrics.macroF1();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "auc, 0.56, 0.3569023569023569",
        "average precision, 0.5444444444444444, 0.3936989571855735",
        "binary accuracy, 0.5, 0.32653061224489793",
        "precision, 0.5, 0.3225806451612903",
        "recall, 0.6, 0.45454545454545453",
        "f1, 0.5454545454545454, 0.37735849056603776",
    })
    void ofTwoClassesAreThoseOfScikitLearn(String name, double plain, double weighted) {
        Metric metric = named(name);
        assertThat(metric.name()).isEqualTo(name);
        assertThat(value(metric, SCORES, LABELS, null)).isCloseTo(plain, within(1e-15));
        assertThat(value(metric, SCORES, LABELS, WEIGHTS)).isCloseTo(weighted, within(1e-15));
        assertThat(value(metric, SCORES.reshape(10, 1), LABELS, null)).isCloseTo(plain, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({
        "mean absolute error, 0.4583333333333333, 0.5241935483870968",
        "root mean squared error, 0.5496210815947049, 0.5697339503606472",
        "r2, 0.9464944649446494, 0.9439364665708123",
    })
    void ofNumbersAreThoseOfScikitLearn(String name, double plain, double weighted) {
        assertThat(value(named(name), PREDICTED, OBSERVED, null)).isCloseTo(plain, within(1e-14));
        assertThat(value(named(name), PREDICTED, OBSERVED, OBSERVED_WEIGHTS)).isCloseTo(weighted, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({
        "macro precision, 0.4583333333333333, 0.30853174603174605",
        "macro recall, 0.5416666666666666, 0.4166666666666667",
        "macro f1, 0.4916666666666667, 0.34375",
    })
    void ofClassesAreThoseOfScikitLearn(String name, double plain, double weighted) {
        int[] predicted = {0, 2, 2, 2, 1, 0, 1, 0};
        Tensor outputs = Tensor.zeros(8, 4);
        for (int i = 0; i < predicted.length; i++) {
            outputs.array()[4 * i + predicted[i]] = 1;
        }
        IntTensor labels = IntTensor.vector(0, 1, 2, 2, 2, 0, 1, 3);
        Tensor weights = Tensor.vector(1, 2, 0.5f, 1, 3, 0.25f, 1, 1);
        assertThat(value(named(name), outputs, labels, null)).isCloseTo(plain, within(1e-15));
        assertThat(value(named(name), outputs, labels, weights)).isCloseTo(weighted, within(1e-15));
        Metrics.Confusion confusion = Metrics.confusion(4);
        confusion.add(outputs, labels);
        assertThat(Stream.iterate(0, i -> i < 4, i -> i + 1)
                        .map(i -> List.of(
                                confusion.count(i, 0),
                                confusion.count(i, 1),
                                confusion.count(i, 2),
                                confusion.count(i, 3))))
                .containsExactly(
                        List.of(2.0, 0.0, 0.0, 0.0),
                        List.of(0.0, 1.0, 1.0, 0.0),
                        List.of(0.0, 1.0, 2.0, 0.0),
                        List.of(1.0, 0.0, 0.0, 0.0));
    }

    @Test
    void determinationIsTheMeanOverColumnsAndDefinedForEqualTargets() {
        Tensor targets = Tensor.matrix(new float[] {0.5f, 1}, new float[] {-1, 1}, new float[] {7, -6});
        Tensor outputs = Tensor.matrix(new float[] {0, 2}, new float[] {-1, 2}, new float[] {8, -5});
        assertThat(value(Metrics.r2(), outputs, targets, null)).isCloseTo(0.9368005266622779, within(1e-15));
        Tensor equal = Tensor.vector(2, 2, 2);
        assertThat(value(Metrics.r2(), equal, equal, null)).isEqualTo(1);
        assertThat(value(Metrics.r2(), Tensor.vector(2, 2, 3), equal, null)).isZero();
        assertThat(value(Metrics.r2(), Tensor.vector(2, Float.NaN, 3), equal, null))
                .isNaN();
    }

    @Test
    void determinationOfTargetsFarFromZeroLosesNoDigits() {
        Tensor targets = Tensor.vector(1e6f, 1e6f + 1, 1e6f + 2, 1e6f + 3);
        Tensor outputs = Tensor.vector(1e6f, 1e6f + 1, 1e6f + 2, 1e6f + 4);
        assertThat(value(Metrics.r2(), outputs, targets, null)).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void calibrationComparesConfidenceWithTheShareOfRightAnswers() {
        assertThat(value(Metrics.calibrationError(5), LOGITS, CLASSES, null))
                .isCloseTo(0.31265224131276786, within(1e-9));
        assertThat(value(Metrics.calibrationError(5), LOGITS, CLASSES, OBSERVED_WEIGHTS))
                .isCloseTo(0.3739211494723952, within(1e-9));
        assertThat(value(
                        Metrics.calibrationError(10),
                        Tensor.vector(2, -1, 0.5f, -3),
                        IntTensor.vector(1, 0, 0, 0),
                        null))
                .isCloseTo(0.26450738694288356, within(1e-15));
    }

    @Test
    void aClassIsAmongTheLargestOutputsOfWhichTheFirstOfEqualOnesCounts() {
        Tensor outputs = Tensor.matrix(
                new float[] {0.5f, 0.2f, 0.2f},
                new float[] {0.3f, 0.4f, 0.2f},
                new float[] {0.2f, 0.4f, 0.3f},
                new float[] {0.7f, 0.2f, 0.1f});
        IntTensor labels = IntTensor.vector(0, 1, 2, 2);
        assertThat(value(Metrics.topAccuracy(2), outputs, labels, null)).isEqualTo(0.75);
        assertThat(value(Metrics.topAccuracy(2), outputs, labels, Tensor.vector(1, 1, 0, 2)))
                .isEqualTo(0.5);
        assertThat(value(Metrics.topAccuracy(2), outputs.rows(0, 2), IntTensor.vector(2, 2), null))
                .isZero();
        assertThat(value(Metrics.topAccuracy(2), outputs.rows(0, 2), IntTensor.vector(1, 0), null))
                .isEqualTo(1);
        assertThat(value(Metrics.topAccuracy(1), outputs, labels, null))
                .isEqualTo(value(Metrics.accuracy(), outputs, labels, null));
    }

    @Test
    void rankingIsThePairCountAndInvariantUnderMonotoneMaps() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            int size = random.nextInt(2, 60);
            Tensor scores = Tensor.zeros(size);
            Tensor mapped = Tensor.zeros(size);
            Tensor weights = Tensor.zeros(size);
            int[] labels = new int[size];
            for (int i = 0; i < size; i++) {
                float score = random.nextInt(-5, 6) / 4f; // with ties, and -0.0 beside 0.0
                scores.array()[i] = score == 0 && random.nextBoolean() ? -0f : score;
                mapped.array()[i] = (float) Math.exp(3 * score) - 7;
                weights.array()[i] = random.nextInt(4); // some of weight 0
                labels[i] = random.nextInt(2);
            }
            IntTensor targets = IntTensor.vector(labels);
            assertThat(value(Metrics.auc(), scores, targets, weights))
                    .isEqualTo(Double.valueOf(pairs(scores, labels, weights)));
            assertThat(value(Metrics.auc(), mapped, targets, weights))
                    .isEqualTo(Double.valueOf(pairs(scores, labels, weights)));
            assertThat(value(Metrics.averagePrecision(), mapped, targets, weights))
                    .isEqualTo(Double.valueOf(value(Metrics.averagePrecision(), scores, targets, weights)));
        }
    }

    /** By definition: over all pairs of a positive and a negative. */
    private static double pairs(Tensor scores, int[] labels, Tensor weights) {
        double right = 0;
        double all = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    double weight = (double) weights.get(i) * weights.get(j);
                    all += weight;
                    right += scores.get(i) > scores.get(j) ? weight : scores.get(i) == scores.get(j) ? weight / 2 : 0;
                }
            }
        }
        return right / all;
    }

    @Test
    void rankingOfTwoOutputsIsThatOfTheirDifference() {
        Tensor outputs = Tensor.zeros(10, 2);
        for (int i = 0; i < 10; i++) {
            outputs.array()[2 * i] = -SCORES.get(i);
            outputs.array()[2 * i + 1] = SCORES.get(i);
        }
        assertThat(value(Metrics.auc(), outputs, LABELS, null)).isCloseTo(0.56, within(1e-15));
    }

    @Test
    void rankingIsComputedOnceAnEpoch() {
        Metric.Tally tally = Metrics.auc().tally();
        tally.add(SCORES, LABELS);
        assertThat(tally.interim()).isNaN();
        assertThat(tally.value()).isCloseTo(0.56, within(1e-15));
    }

    static Stream<Metric> all() {
        return Stream.of(
                Metrics.auc(),
                Metrics.averagePrecision(),
                Metrics.binaryAccuracy(0),
                Metrics.precision(0),
                Metrics.recall(0),
                Metrics.f1(0),
                Metrics.meanAbsoluteError(),
                Metrics.rootMeanSquaredError(),
                Metrics.r2(),
                Metrics.topAccuracy(2),
                Metrics.macroF1(),
                Metrics.calibrationError(15));
    }

    @ParameterizedTest
    @MethodSource("all")
    void areNotANumberWithoutSamples(Metric metric) {
        assertThat(metric.tally().value()).isNaN();
        assertThat(metric.tally()).isNotSameAs(metric.tally());
    }

    @Test
    void whatIsUndefinedIsNotANumber() {
        IntTensor ones = IntTensor.vector(1, 1);
        assertThat(value(Metrics.auc(), Tensor.vector(1, 2), ones, null)).isNaN();
        assertThat(value(Metrics.auc(), Tensor.vector(1, Float.NaN), IntTensor.vector(0, 1), null))
                .isNaN();
        assertThat(value(Metrics.averagePrecision(), Tensor.vector(1, 2), IntTensor.vector(0, 0), null))
                .isNaN();
        assertThat(value(Metrics.precision(0), Tensor.vector(-1, -2), ones, null))
                .isZero();
        assertThat(value(Metrics.binaryAccuracy(0), Tensor.vector(Float.NaN, -2), IntTensor.vector(0, 0), null))
                .isEqualTo(0.5);
        assertThat(value(Metrics.meanAbsoluteError(), Tensor.vector(Float.NaN, 1), Tensor.vector(1, 1), null))
                .isNaN();
    }

    @Test
    void refusesWhatItCannotRate() {
        assertThatThrownBy(() -> value(Metrics.auc(), Tensor.vector(1, 2), IntTensor.vector(0, 3), null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 for one class and 0 or -1 for the other, but one is 3");
        assertThat(value(Metrics.auc(), Tensor.vector(1, 2), IntTensor.vector(-1, 1), null))
                .isEqualTo(1);
        assertThatThrownBy(() -> value(Metrics.f1(0), Tensor.zeros(4, 3), IntTensor.vector(0, 1, 2, 0), null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'f1' takes one target for each output");
        assertThatThrownBy(() -> value(Metrics.accuracy(), Tensor.zeros(4, 1), IntTensor.vector(0, 1, 0, 1), null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("Metrics.binaryAccuracy(0)");
        assertThatThrownBy(() -> value(Metrics.macroF1(), LOGITS, IntTensor.vector(0, 1, 2, 3, 0, 0), null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the class 3, but the 3 classes");
    }
}
