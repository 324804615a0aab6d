package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.Precision;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs one loss on the JVM and on the first device, and compares the sum, the values, the gradients and the Hessian.
 */
final class LossComparison implements AutoCloseable {
    /** Sources of which the loss knows all orders; other matrices have room for more than one window of seven. */
    private static final Map<String, Integer> ROWS_OF_MATRIX = Map.of("permutationInvariantDistortion", 3);

    /** What is less counts as tiny. */
    private static final double TINY = 0.01;

    private final LossCase loss;
    private final DeviceLoss device;
    /** Never asked for a Hessian. */
    private final DeviceLoss firstOrder;
    /** What the rounding of terms that cancel may be relative to, beside the result: 0 where none are larger. */
    private double terms;
    /** The batch at hand in double precision, where somebody has asked. */
    private Optional<ExactLoss> exact = Optional.empty();

    LossComparison(LossCase loss) {
        this(loss, GeneratedKernels.of(loss.loss()));
    }

    LossComparison(LossCase loss, DeviceKernels kernels) {
        this.loss = loss;
        this.device = new DeviceLoss(loss.loss().signature(), kernels, Devices.first());
        this.firstOrder = new DeviceLoss(loss.loss().signature(), kernels, Devices.first());
    }

    /** Compares once. */
    static void compare(LossCase loss, LossInputs inputs) {
        try (LossComparison comparison = new LossComparison(loss)) {
            comparison.compare(inputs);
        }
    }

    /**
     * Compares rows or batches with huge or tiny numbers, of whose products and quotients some cancel: finite results
     * are as good as the rounding of the largest of these, and NaN and infinities are the same.
     */
    void compareWithCancellation(LossInputs inputs) {
        BoundLoss bound = BoundLoss.of(loss.loss(), inputs);
        double max = 0;
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            for (float value : bound.frame().floats(i)) {
                max = Math.max(max, factor(Math.abs(value)));
            }
        }
        terms = max * max;
        compare(inputs);
        terms = 0;
    }

    /** By how much a number or its reciprocal can enlarge others. */
    private static double factor(double magnitude) {
        boolean isHuge = magnitude > 1 && magnitude <= Float.MAX_VALUE;
        boolean isTiny = magnitude > 0 && magnitude < TINY;
        return isHuge ? magnitude : isTiny ? 1 / magnitude : 0;
    }

    /** Compares twice, with another factor the second time: what the first run left must not show. */
    void compare(LossInputs inputs) {
        compare(inputs, device, loss.loss().signature().hessian());
    }

    /** The same with kernels that leave a Hessian out, as training asks for them. */
    void compareFirstOrder(LossInputs inputs) {
        compare(inputs, firstOrder, false);
    }

    private void compare(LossInputs inputs, DeviceLoss on, boolean hessian) {
        BoundLoss onJvm = BoundLoss.of(loss.loss(), inputs);
        BoundLoss onDevice = BoundLoss.of(loss.loss(), inputs);
        double factors = 0;
        for (float factor : new float[] {1f, 0.25f}) {
            factors += factor;
            prepare(onJvm, factor, hessian);
            prepare(onDevice, factor, hessian);
            int units = onJvm.units();
            double expected = onJvm.kernel().run(onJvm.frame(), 0, units);
            double actual = on.run(onDevice.frame(), 0, units);
            KernelFrame frame = onDevice.frame();
            exact = Optional.empty();
            compareSum(
                    actual, expected, onDevice.frame().values(), onJvm.frame().values());
            compare("value", frame.values(), onJvm.frame().values(), ExactLoss::value, frame);
            for (int i = 0; i < loss.loss().signature().inputs().size(); i++) {
                int input = i;
                compare(
                        "gradient " + input,
                        frame.gradient(input),
                        onJvm.frame().gradient(input),
                        (e, at) -> e.derivative(1, input, at),
                        frame);
                compare(
                        "hessian " + input,
                        frame.hessian(input),
                        onJvm.frame().hessian(input),
                        (e, at) -> e.derivative(2, input, at),
                        frame);
                compareParameter(onJvm, frame, input, factors);
            }
        }
    }

    /** The sum is that on the JVM, or that of the device's own values, each of which is compared by itself. */
    private void compareSum(double actual, double onJvm, float[] values, float[] valuesOnJvm) {
        double sum = 0;
        double magnitude = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            magnitude += Math.abs(valuesOnJvm[i]);
        }
        double tolerance = tolerance(magnitude);
        assertClose("sum", actual, isClose(actual, onJvm, tolerance) ? onJvm : sum, tolerance);
    }

    /** A number of the batch by its position. */
    @FunctionalInterface
    private interface Lookup {
        Approximation of(ExactLoss exact, int position);
    }

    private void compare(
            String what, float @Nullable [] actual, float @Nullable [] expected, Lookup lookup, KernelFrame frame) {
        for (int i = 0; actual != null && expected != null && i < expected.length; i++) {
            if (!isClose(actual[i], expected[i], tolerance(expected[i]))) {
                int at = i;
                Optional<Approximation> precise = exact(frame).map(e -> lookup.of(e, at));
                assertPrecise(what + " " + i, actual[i], expected[i], precise);
            }
        }
    }

    /**
     * The gradient of a hyperparameter adds up those of all units, of which the tolerance is a share: so it is of the
     * sum of their magnitudes. Both ways add to what they have found before.
     */
    private void compareParameter(BoundLoss onJvm, KernelFrame frame, int input, double factors) {
        double[] expected = onJvm.frame().parameterGradient(input);
        double[] actual = frame.parameterGradient(input);
        for (int i = 0; i < expected.length; i++) {
            if (!isClose(actual[i], expected[i], tolerance(expected[i]))) {
                String what = "gradient of the hyperparameter " + input + " " + i;
                if (loss.loss().signature().scope() == Scope.BATCH) {
                    int at = i;
                    Optional<Approximation> precise = exact(frame).map(e -> e.parameterGradient(input, at, 1, factors));
                    assertPrecise(what, actual[i], expected[i], precise);
                } else {
                    assertClose(what, actual[i], expected[i], tolerance(factors * magnitude(onJvm, input, i)));
                }
            }
        }
    }

    /** The sum of the magnitudes of what each unit adds to the gradient of a hyperparameter, for a factor of 1. */
    private static double magnitude(BoundLoss bound, int input, int entry) {
        double magnitude = 0;
        for (int unit = 0; unit < bound.units(); unit++) {
            KernelFrame alone = bound.frame().fork();
            bound.kernel().run(alone, unit, unit + 1);
            magnitude += Math.abs(alone.parameterGradient(input)[entry]);
        }
        return magnitude / bound.frame().scale();
    }

    /** What the batch at hand is in double precision; empty where the formula is not known. */
    private Optional<ExactLoss> exact(KernelFrame frame) {
        if (exact.isEmpty()) {
            exact = Catalogue.formula(loss.loss()).map(f -> new ExactLoss(f, frame, Precision.DEVICE_FLOAT));
        }
        return exact;
    }

    /**
     * A number that differs from the JVM's is compared with the formula in double precision. There it meets the same
     * tolerance or, if the case says that the formula magnifies rounding, what the rounding of each operation can make
     * of it at these very inputs.
     */
    private void assertPrecise(String what, double actual, double onJvm, Optional<Approximation> precise) {
        boolean isNear = precise.filter(p -> isClose(actual, (float) p.value(), tolerance(p.value())))
                .isPresent();
        boolean isRounding = precise.filter(p -> loss.magnifies() && p.admits((float) actual))
                .isPresent();
        assertThat(isNear || isRounding)
                .as("%s %s: %s instead of %s on the JVM and %s", loss, what, actual, onJvm, precise)
                .isTrue();
    }

    private double tolerance(double magnitude) {
        return loss.tolerance() * (1 + terms + Math.abs(magnitude));
    }

    private static boolean isClose(double actual, double expected, double bound) {
        return Double.compare(actual, expected) == 0 || Math.abs(actual - expected) <= bound;
    }

    private void assertClose(String what, double actual, double expected, double bound) {
        assertThat(isClose(actual, expected, bound))
                .as("%s %s: %s instead of %s", loss, what, actual, expected)
                .isTrue();
    }

    /** Asks for everything but perhaps the Hessian, in arrays that hold NaN until they are written. */
    private static void prepare(BoundLoss bound, float factor, boolean hessian) {
        KernelFrame frame = bound.frame().scale(factor).values(unwritten(bound.units()));
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() == LossSignature.Input.Role.PREDICTION) {
                int size = bound.units() * frame.unitSize(i);
                frame.gradient(i, unwritten(size));
                frame.hessian(i, hessian ? unwritten(size) : null);
            }
        }
    }

    static float[] unwritten(int size) {
        float[] array = new float[size];
        Arrays.fill(array, Float.NaN);
        return array;
    }

    /**
     * Inputs between two bounds, rows of so many columns; class indices below that number. The units of a loss over the
     * batch are its rows; samples that are matrices have a few rows.
     */
    static LossInputs random(
            LossFunction loss, int units, int columns, double min, double max, SplittableRandom random) {
        return inputs(loss, units, columns, (input, at) -> (float) random.nextDouble(min, max), random);
    }

    /** The float at a position of an input. */
    @FunctionalInterface
    interface Entries {
        float at(int input, int position);
    }

    /** The same with floats that are given. */
    static LossInputs inputs(LossFunction loss, int units, int columns, Entries entries, SplittableRandom random) {
        List<LossSignature.Input> inputs = loss.signature().dataInputs();
        Data[] data = new Data[inputs.size()];
        for (int i = 0; i < data.length; i++) {
            int[] shape = shape(loss, inputs.get(i), units, columns);
            data[i] = inputs.get(i).type() == LossSignature.Input.Type.INT
                    ? IntTensor.over(
                            random.ints(Shape.of(shape).size(), 0, columns).toArray(), shape)
                    : floats(i, shape, entries);
        }
        return LossInputs.of(data);
    }

    private static int[] shape(LossFunction loss, LossSignature.Input input, int units, int columns) {
        boolean isOfBatch = loss.signature().scope() == Scope.BATCH;
        int rows = isOfBatch ? units : rowsOfMatrix(loss);
        return switch (input.rank()) {
            case 0 -> new int[] {units};
            case 1 -> isOfBatch ? new int[] {units} : new int[] {units, rows > 0 ? rows : columns};
            default -> isOfBatch ? new int[] {units, columns} : new int[] {units, rows, columns};
        };
    }

    /** 0 where a sample is no matrix. */
    private static int rowsOfMatrix(LossFunction loss) {
        boolean isMatrix = loss.signature().inputs().stream().anyMatch(i -> i.rank() == 2);
        return isMatrix ? ROWS_OF_MATRIX.getOrDefault(loss.name(), 9) : 0;
    }

    private static Tensor floats(int input, int[] shape, Entries entries) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.array()[i] = entries.at(input, i);
        }
        return tensor;
    }

    @Override
    public void close() {
        device.close();
        firstOrder.close();
    }
}
