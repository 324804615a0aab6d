package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        double greatest = 0;
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            for (float value : bound.frame().floats(i)) {
                greatest = Math.max(greatest, factor(Math.abs(value)));
            }
        }
        terms = greatest * greatest;
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
        for (float factor : new float[] {1f, 0.25f}) {
            prepare(onJvm, factor, hessian);
            prepare(onDevice, factor, hessian);
            int units = onJvm.units();
            double expected = onJvm.kernel().run(onJvm.frame(), 0, units);
            double actual = on.run(onDevice.frame(), 0, units);
            double magnitude = 0;
            for (float value : onJvm.frame().values()) {
                magnitude += Math.abs(value);
            }
            assertClose(loss + " of " + units, actual, expected, loss.tolerance() * (1 + terms + magnitude));
            compare("value", onDevice.frame().values(), onJvm.frame().values());
            for (int i = 0; i < loss.loss().signature().inputs().size(); i++) {
                compare("gradient", onDevice.frame().gradient(i), onJvm.frame().gradient(i));
                compare("hessian", onDevice.frame().hessian(i), onJvm.frame().hessian(i));
                compareParameter(
                        onDevice.frame().parameterGradient(i), onJvm.frame().parameterGradient(i));
            }
        }
    }

    private void compare(String what, float @Nullable [] actual, float @Nullable [] expected) {
        for (int i = 0; actual != null && expected != null && i < expected.length; i++) {
            double bound = loss.tolerance() * (1 + terms + Math.abs(expected[i]));
            assertClose(loss + " " + what + " " + i, actual[i], expected[i], bound);
        }
    }

    /** Both add to what they have found before. */
    private void compareParameter(double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            double bound = loss.tolerance() * (1 + terms + Math.abs(expected[i]));
            assertClose(loss + " gradient of a hyperparameter " + i, actual[i], expected[i], bound);
        }
    }

    private static void assertClose(String what, double actual, double expected, double bound) {
        boolean same = Double.compare(actual, expected) == 0 || Math.abs(actual - expected) <= bound;
        assertThat(same).as("%s: %s instead of %s", what, actual, expected).isTrue();
    }

    /** Asks for everything but perhaps the Hessian, in arrays that hold NaN until they are written. */
    private static void prepare(BoundLoss bound, float factor, boolean hessian) {
        KernelFrame frame = bound.frame().scale(factor).values(unwritten(bound.units()));
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() == LossInput.Role.PREDICTION) {
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
            LossFunction loss, int units, int columns, double least, double greatest, SplittableRandom random) {
        return inputs(loss, units, columns, (input, at) -> (float) random.nextDouble(least, greatest), random);
    }

    /** The float at a position of an input. */
    @FunctionalInterface
    interface Entries {
        float at(int input, int position);
    }

    /** The same with floats that are given. */
    static LossInputs inputs(LossFunction loss, int units, int columns, Entries entries, SplittableRandom random) {
        List<LossInput> inputs = loss.signature().dataInputs();
        Data[] data = new Data[inputs.size()];
        for (int i = 0; i < data.length; i++) {
            int[] shape = shape(loss, inputs.get(i), units, columns);
            data[i] = inputs.get(i).type() == LossInput.Type.INT
                    ? IntTensor.over(
                            random.ints(Shape.of(shape).size(), 0, columns).toArray(), shape)
                    : floats(i, shape, entries);
        }
        return LossInputs.of(data);
    }

    private static int[] shape(LossFunction loss, LossInput input, int units, int columns) {
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
