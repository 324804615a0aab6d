package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.kernel.IndexException;
import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.kernel.DeviceKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated kernels, compiled by TornadoVM for its first device, compute what the same loss does on the JVM. */
class DeviceLossTest {
    /** Around one element, one work-group, and one work-group of four elements each. */
    private static final int[] SIZES = {1, 127, 128, 129, 256, 257, 1023, 1024, 1025, 10_000};

    private static final float[] EXTREMES = {
        0f,
        -0f,
        Float.MIN_VALUE,
        1e-30f,
        -1e-30f,
        1f,
        -1f,
        20f,
        -20f,
        90f,
        -90f,
        1e30f,
        -1e30f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    private record Case(Loss loss, DeviceKernels kernels, double tolerance) {
        @Override
        public String toString() {
            return loss.name();
        }
    }

    /** One loss of each form: with a hyperparameter, with a Hessian, of several predictions, of rows. */
    static Stream<Case> forms() {
        return Stream.of(
                new Case(new HuberLoss(1f), new HuberLossDeviceKernels(), 1e-6),
                new Case(new LogisticLoss(), new LogisticLossDeviceKernels(), 1e-6),
                new Case(new AdversaryLoss(), new AdversaryLossDeviceKernels(), 1e-6),
                new Case(new SoftmaxCrossEntropyLoss(), new SoftmaxCrossEntropyLossDeviceKernels(), 1e-6));
    }

    /** Losses that together call most functions of the device. */
    static Stream<Case> functions() {
        return Stream.of(
                new Case(new CosineLoss(), new CosineLossDeviceKernels(), 2e-6),
                new Case(new HyperbolicLoss(), new HyperbolicLossDeviceKernels(), 2e-6),
                new Case(new LogarithmicLoss(), new LogarithmicLossDeviceKernels(), 2e-6),
                new Case(new GammaLoss(), new GammaLossDeviceKernels(), 2e-6),
                new Case(new RoundedLoss(), new RoundedLossDeviceKernels(), 1e-6));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void agreesWithTheJvmAtEverySize(Case c) {
        SplittableRandom random = new SplittableRandom(1);
        for (int units : SIZES) {
            compare(c, randomInputs(c.loss(), units, 7, random));
        }
    }

    @ParameterizedTest
    @MethodSource({"forms", "functions"})
    void agreesWithTheJvmUnderWeights(Case c) {
        SplittableRandom random = new SplittableRandom(2);
        float[] weights = new float[1000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4);
        }
        compare(c, randomInputs(c.loss(), weights.length, 5, random).withWeights(Tensor.over(weights, weights.length)));
    }

    @Test
    void extremeValuesAreThoseOfTheJvm() {
        float[] p = new float[EXTREMES.length * EXTREMES.length];
        float[] y = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = EXTREMES[i / EXTREMES.length];
            y[i] = EXTREMES[i % EXTREMES.length];
        }
        LossInputs elements = LossInputs.of(Tensor.over(p, p.length), Tensor.over(y, p.length));
        compare(new Case(new HuberLoss(1f), new HuberLossDeviceKernels(), 1e-6), elements);
        compare(new Case(new LogisticLoss(), new LogisticLossDeviceKernels(), 1e-6), elements);
        compare(new Case(new AdversaryLoss(), new AdversaryLossDeviceKernels(), 1e-6), elements);
        int rows = p.length / 4;
        LossInputs classes = LossInputs.of(Tensor.over(p, rows, 4), IntTensor.over(new int[rows], rows));
        compare(new Case(new SoftmaxCrossEntropyLoss(), new SoftmaxCrossEntropyLossDeviceKernels(), 1e-6), classes);
    }

    @Test
    void manyClassesAndOne() {
        SplittableRandom random = new SplittableRandom(3);
        Case c = new Case(new SoftmaxCrossEntropyLoss(), new SoftmaxCrossEntropyLossDeviceKernels(), 5e-6);
        compare(c, randomInputs(c.loss(), 300, 1, random));
        compare(c, randomInputs(c.loss(), 30, 1000, random));
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
        Loss loss = new SoftmaxCrossEntropyLoss();
        BoundLoss bound =
                loss.bind(LossInputs.of(Tensor.over(new float[6], 2, 3), IntTensor.over(new int[] {0, 3}, 2)));
        try (DeviceLoss device =
                new DeviceLoss(loss.signature(), new SoftmaxCrossEntropyLossDeviceKernels(), Devices.first())) {
            assertThatThrownBy(() -> device.run(bound.frame(), 0, 2)).isInstanceOf(IndexException.class);
        }
    }

    /** Compares twice, with other numbers the second time: what the first run left must not show. */
    private static void compare(Case c, LossInputs inputs) {
        BoundLoss onJvm = c.loss().bind(inputs);
        BoundLoss onDevice = c.loss().bind(inputs);
        try (DeviceLoss device = new DeviceLoss(c.loss().signature(), c.kernels(), Devices.first())) {
            for (float factor : new float[] {1f, 0.25f}) {
                prepare(onJvm, factor);
                prepare(onDevice, factor);
                int units = onJvm.units();
                double expected = onJvm.kernel().run(onJvm.frame(), 0, units);
                double actual = device.run(onDevice.frame(), 0, units);
                double magnitude = 0;
                for (float value : onJvm.frame().values()) {
                    magnitude += Math.abs(value);
                }
                assertClose(c + " of " + units, actual, expected, c.tolerance() * (1 + magnitude));
                compare(c, "value", onDevice.frame().values(), onJvm.frame().values());
                for (int i = 0; i < c.loss().signature().inputs().size(); i++) {
                    compare(
                            c,
                            "gradient",
                            onDevice.frame().gradient(i),
                            onJvm.frame().gradient(i));
                    compare(
                            c,
                            "hessian",
                            onDevice.frame().hessian(i),
                            onJvm.frame().hessian(i));
                }
            }
        }
    }

    private static void compare(Case c, String what, float[] actual, float[] expected) {
        for (int i = 0; expected != null && i < expected.length; i++) {
            assertClose(c + " " + what + " " + i, actual[i], expected[i], c.tolerance() * (1 + Math.abs(expected[i])));
        }
    }

    private static void assertClose(String what, double actual, double expected, double bound) {
        boolean same = Double.compare(actual, expected) == 0 || Math.abs(actual - expected) <= bound;
        assertThat(same).as("%s: %s instead of %s", what, actual, expected).isTrue();
    }

    /** Asks for everything, in arrays that hold NaN until they are written. */
    private static void prepare(BoundLoss bound, float factor) {
        KernelFrame frame = bound.frame().scale(factor).values(unwritten(bound.units()));
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() == LossInput.Role.PREDICTION) {
                int size = bound.units() * frame.unitSize(i);
                frame.gradient(i, unwritten(size));
                frame.hessian(i, bound.signature().hessian() ? unwritten(size) : null);
            }
        }
    }

    private static float[] unwritten(int size) {
        float[] array = new float[size];
        Arrays.fill(array, Float.NaN);
        return array;
    }

    private static LossInputs randomInputs(Loss loss, int units, int columns, SplittableRandom random) {
        return LossInputs.of(loss.signature().dataInputs().stream()
                .map(i -> i.type() == LossInput.Type.INT
                        ? IntTensor.over(random.ints(units, 0, columns).toArray(), units)
                        : floats(i.rank() == 0 ? new int[] {units} : new int[] {units, columns}, random))
                .toArray(Data[]::new));
    }

    private static Tensor floats(int[] shape, SplittableRandom random) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-4, 4);
        }
        return Tensor.over(values, shape);
    }
}
