package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated kernels, compiled by TornadoVM for its first device, compute what the same loss does on the JVM. */
class DeviceLossTest {
    /** Around one element, one work-group, and one work-group of four elements each; one plan takes them all. */
    private static final int[] SIZES = {10_000, 1025, 1024, 1023, 257, 256, 129, 128, 127, 1};

    /** One loss of each form: with a hyperparameter, with a Hessian, of several predictions, of rows. */
    static Stream<LossCase> forms() {
        return Stream.of(
                new LossCase(new HuberLoss(1f), 1e-6),
                new LossCase(new LogisticLoss(), 1e-6),
                new LossCase(new AdversaryLoss(), 1e-6),
                new LossCase(new SoftmaxCrossEntropyLoss(), 1e-6));
    }

    /** Losses that together call most functions of the device. */
    static Stream<LossCase> functions() {
        return Stream.of(
                new LossCase(new CosineLoss(), 2e-6),
                new LossCase(new HyperbolicLoss(), 2e-6),
                new LossCase(new LogarithmicLoss(), 2e-6),
                new LossCase(new GammaLoss(), 2e-6),
                new LossCase(new ConditionalLoss(), 1e-6),
                new LossCase(new ComparedLoss(), 1e-6),
                new LossCase(new SpreadLoss(), 1e-6),
                new LossCase(new RoundedLoss(), 1e-6));
    }

    /** Losses over the batch that need tables of each kind, or cannot have them. */
    static Stream<LossCase> batches() {
        return Stream.of(
                new LossCase(new NearestLoss(), 2e-6),
                new LossCase(new TriplesLoss(1f), 5e-6),
                new LossCase(new StepsLoss(), 1e-5),
                new LossCase(new VotesLoss(), 1e-6));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void overTheBatchAgreesWithTheJvmAtEverySize(LossCase c) {
        SplittableRandom random = new SplittableRandom(4);
        try (LossComparison comparison = new LossComparison(c)) {
            for (int rows : new int[] {33, 32, 31, 2}) {
                comparison.compare(LossComparison.random(c.loss(), rows, 2, -1, 1, random));
            }
        }
        LossComparison.compare(c, LossComparison.random(c.loss(), 3, 3, -1, 1, random));
    }

    /** In a row for each work-item, and in rows that the work-items of a group share. */
    @ParameterizedTest
    @ValueSource(ints = {7, 200})
    void loopsRunAsOftenAsAnEntryOfAnInputSays(int columns) {
        LossCase c = new LossCase(new PrefixLoss(), 2e-6);
        LossComparison.compare(c, LossComparison.random(c.loss(), 33, columns, -1, 1, new SplittableRandom(6)));
    }

    /** Losses whose work-items keep states from round to round. */
    static Stream<LossCase> scans() {
        return Stream.of(
                new LossCase(new RecurrenceLoss(), 2e-6),
                new LossCase(new MixtureLoss(new float[] {0.5f, -1f, 0.25f}), 5e-6),
                new LossCase(new NestedLoss(), 2e-6),
                new LossCase(new PrefixesLoss(), 5e-6));
    }

    /** More rows than the items of a group; rows of one entry, and of so many that others would be shared. */
    @ParameterizedTest
    @MethodSource("scans")
    void scansAgreeWithTheJvmAtEverySize(LossCase c) {
        SplittableRandom random = new SplittableRandom(9);
        try (LossComparison comparison = new LossComparison(c)) {
            for (int rows : new int[] {300, 129, 1}) {
                comparison.compare(LossComparison.random(c.loss(), rows, 7, -1, 1, random));
            }
        }
        LossComparison.compare(c, LossComparison.random(c.loss(), 3, 1, -1, 1, random));
        LossComparison.compare(c, LossComparison.random(c.loss(), 3, 200, -1, 1, random));
    }

    /** Losses that sort a row. */
    static Stream<LossCase> orders() {
        return Stream.of(
                new LossCase(new TransportLoss(), 2e-6),
                new LossCase(new TopRankedLoss(), 1e-6),
                new LossCase(new InOrderLoss(), 5e-6),
                new LossCase(new SortedColumnsLoss(), 2e-6));
    }

    /** One entry, two, and numbers around powers of two, between which the network of comparisons changes. */
    @ParameterizedTest
    @MethodSource("orders")
    void ordersAgreeWithTheJvmAtEverySize(LossCase c) {
        SplittableRandom random = new SplittableRandom(10);
        try (LossComparison comparison = new LossComparison(c)) {
            for (int rows : new int[] {300, 129, 1}) {
                comparison.compare(LossComparison.random(c.loss(), rows, 7, -1, 1, random));
            }
        }
        for (int columns : new int[] {1, 2, 3, 16, 17, 31, 200}) {
            LossComparison.compare(c, LossComparison.random(c.loss(), 5, columns, -1, 1, random));
        }
    }

    /** Orders beside what else a row may have. */
    static Stream<LossCase> mixedOrders() {
        return Stream.of(
                new LossCase(new TrainedOrderLoss(0.5f), 5e-6),
                new LossCase(new DiscountedLoss(), 5e-6),
                new LossCase(new PartialOrdersLoss(), 5e-6),
                new LossCase(new ScanInOrderLoss(), 5e-6));
    }

    @ParameterizedTest
    @MethodSource("mixedOrders")
    void ordersGoWithStatesHessiansAndTrainedNumbers(LossCase c) {
        SplittableRandom random = new SplittableRandom(12);
        LossComparison.compare(c, LossComparison.random(c.loss(), 33, 7, -1, 1, random));
        LossComparison.compare(c, LossComparison.random(c.loss(), 3, 33, -1, 1, random));
    }

    static Stream<LossCase> rowOrders() {
        return orders().filter(c -> c.loss().signature().dataInputs().getFirst().rank() == 1);
    }

    /** Equal keys keep the order of their indices, zeros of both signs are equal, and NaN comes last. */
    @ParameterizedTest
    @MethodSource("rowOrders")
    void tiesAndOddKeysAreOrderedAsOnTheJvm(LossCase c) {
        SplittableRandom random = new SplittableRandom(11);
        float[] keys = {0f, -0f, 1f, 1f, -2f, 3f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN};
        for (int numbers : new int[] {6, 8, 9}) { // finite, infinite, all
            float[] p = new float[40 * 13];
            float[] y = new float[p.length];
            for (int i = 0; i < p.length; i++) {
                p[i] = keys[random.nextInt(numbers)];
                y[i] = keys[random.nextInt(6)];
            }
            LossComparison.compare(c, LossInputs.of(Tensor.over(p, 40, 13), Tensor.over(y, 40, 13)));
            LossComparison.compare(c, LossInputs.of(Tensor.over(y, 40, 13), Tensor.over(y, 40, 13)));
        }
    }

    @ParameterizedTest
    @MethodSource("trainable")
    void hyperparametersAreTrainedAsOnTheJvm(LossCase c, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        try (LossComparison comparison = new LossComparison(c)) {
            for (int units : new int[] {5000, 1025, 1024, 129, 1}) {
                comparison.compare(LossComparison.random(c.loss(), units, columns, -2, 2, random));
            }
        }
    }

    /** A scalar, a row, and a row that the work-items of a group share. */
    static Stream<Arguments> trainable() {
        return Stream.of(
                Arguments.of(new LossCase(new ScaledLoss(0.5f), 2e-6), 1),
                Arguments.of(new LossCase(new WeighedClassesLoss(new float[] {0.5f, 1f, 2f}), 2e-6), 3),
                Arguments.of(new LossCase(new WeighedClassesLoss(new float[300]), 2e-6), 300));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 400})
    void whatTheGreatestExponentialHidesCounts(int classes) {
        Tensor logits = Tensor.zeros(1, classes);
        logits.array()[0] = 20;
        LossFunction loss = new SoftmaxCrossEntropyLoss();
        BoundLoss bound = BoundLoss.of(loss, LossInputs.of(logits, IntTensor.over(new int[1], 1)));
        try (DeviceLoss device = DeviceLoss.of(loss, Devices.first())) {
            double expected = Math.log1p((classes - 1) * Math.exp(-20));
            assertThat(device.run(bound.frame(), 0, 1)).isCloseTo(expected, within(1e-6 * expected));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void agreesWithTheJvmAtEverySize(LossCase c) {
        SplittableRandom random = new SplittableRandom(1);
        try (LossComparison comparison = new LossComparison(c)) {
            for (int units : SIZES) {
                comparison.compare(LossComparison.random(c.loss(), units, 7, -4, 4, random));
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"forms", "functions"})
    void agreesWithTheJvmUnderWeights(LossCase c) {
        SplittableRandom random = new SplittableRandom(2);
        float[] weights = new float[1000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4);
        }
        LossComparison.compare(
                c,
                LossComparison.random(c.loss(), weights.length, 5, -4, 4, random)
                        .withWeights(Tensor.over(weights, weights.length)));
    }

    @ParameterizedTest
    @MethodSource({"forms", "functions"})
    void extremeValuesAreThoseOfTheJvm(LossCase c) {
        try (LossComparison comparison = new LossComparison(c)) {
            Extremes.compare(comparison, c.loss(), 4, new SplittableRandom(8));
        }
    }

    @Test
    void manyClassesAndOne() {
        SplittableRandom random = new SplittableRandom(3);
        LossCase c = new LossCase(new SoftmaxCrossEntropyLoss(), 5e-6);
        LossComparison.compare(c, LossComparison.random(c.loss(), 300, 1, -4, 4, random));
        LossComparison.compare(c, LossComparison.random(c.loss(), 30, 1000, -4, 4, random));
    }

    /** More elements than work-items, and more rows than may have one each. */
    @Test
    void aMillionElements() {
        SplittableRandom random = new SplittableRandom(6);
        LossCase huber = new LossCase(new HuberLoss(1f), 1e-6);
        LossComparison.compare(huber, LossComparison.random(huber.loss(), (1 << 20) + 3, 1, -4, 4, random));
        LossCase crossEntropy = new LossCase(new SoftmaxCrossEntropyLoss(), 1e-6);
        LossComparison.compare(crossEntropy, LossComparison.random(crossEntropy.loss(), 100_001, 10, -4, 4, random));
    }

    /** Of none, nothing is written; of some, nothing beyond them, though a plan for all has left its results there. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6})
    void ofTheFirstUnitsTheOthersAreLeftAlone(int units) {
        SplittableRandom random = new SplittableRandom(7);
        for (LossFunction loss : new LossFunction[] {new LogisticLoss(), new SoftmaxCrossEntropyLoss()}) {
            BoundLoss bound = BoundLoss.of(
                    loss,
                    LossComparison.random(loss, 6, 3, -4, 4, random)
                            .withWeights(Tensor.over(new float[] {1, 2, 0, 1, 3, 1}, 6)));
            int size = bound.frame().unitSize(0);
            try (DeviceLoss device = DeviceLoss.of(loss, Devices.first())) {
                bound.frame().gradient(0, new float[6 * size]).values(new float[6]);
                device.run(bound.frame(), 0, 6);
                float[] gradient = LossComparison.unwritten(6 * size);
                float[] values = LossComparison.unwritten(6);
                bound.frame().gradient(0, gradient).values(values);
                double sum = device.run(bound.frame(), 0, units);
                float[] expectedGradient = LossComparison.unwritten(6 * size);
                float[] expectedValues = LossComparison.unwritten(6);
                bound.frame().gradient(0, expectedGradient).values(expectedValues);
                SameModels.assertClose("sum", sum, bound.kernel().run(bound.frame(), 0, units), 1e-5, 1);
                assertSame("gradient", gradient, expectedGradient);
                assertSame("values", values, expectedValues);
            }
        }
    }

    private static void assertSame(String what, float[] actual, float[] expected) {
        for (int i = 0; i < expected.length; i++) {
            SameModels.assertClose(what + " " + i, actual[i], expected[i], 1e-6, 1);
        }
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
        LossFunction loss = new SoftmaxCrossEntropyLoss();
        BoundLoss bound =
                BoundLoss.of(loss, LossInputs.of(Tensor.over(new float[6], 2, 3), IntTensor.over(new int[] {0, 3}, 2)));
        try (DeviceLoss device = DeviceLoss.of(loss, Devices.first())) {
            assertThatThrownBy(() -> device.run(bound.frame(), 0, 2)).isInstanceOf(IndexException.class);
        }
    }
}
