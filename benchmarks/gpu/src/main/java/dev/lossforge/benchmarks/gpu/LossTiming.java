package dev.lossforge.benchmarks.gpu;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tornadovm.Device;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The value and the gradient of one case on the device, over inputs that are there already: compared with the JVM's,
 * every entry of it, and then timed.
 */
final class LossTiming implements AutoCloseable {
    /** As in the tests of all losses on a device. */
    private static final double TOLERANCE = 5e-6;

    private final LossCase of;
    private final BoundLoss bound;
    private final double expected;
    private final float[] expectedGradient;
    private final FloatArray gradient;
    private final FloatArray total = new FloatArray(1);
    private final TimedPlan plan;

    LossTiming(LossCase of, Device device) {
        this.of = of;
        this.bound = BoundLoss.of(of.loss(), of.inputs());
        this.expectedGradient = new float[of.floats()];
        KernelFrame frame = bound.frame().gradient(0, expectedGradient).scale(1f / bound.units());
        this.expected = bound.run();
        LossSignature signature = bound.signature();
        Tasks tasks = new Tasks("loss", device.largestGroup());
        LossTasks loss = new LossTasks(
                signature,
                of.kernels(),
                LossTasks.count(signature, frame, bound.units()),
                LossTasks.extents(signature, frame),
                false,
                false,
                tasks);
        DeviceArguments arguments = loss.arguments();
        arguments.settings().set(DeviceArguments.FACTOR, frame.scale());
        this.gradient = arguments.gradient(0);
        gradient.init(Float.NaN);
        tasks.constant(arguments.settings(), arguments.sizes(), arguments.weights(), gradient);
        for (int i = 0; i < signature.inputs().size(); i++) {
            loss.write(frame, bound.units(), i);
            tasks.constant(loss.array(i));
        }
        loss.add(tasks, signature.name(), Derivatives.GRADIENT, total, 0);
        this.plan = new TimedPlan(tasks, device, total, gradient);
    }

    /**
     * Computes once, and compares.
     *
     * @throws IllegalStateException if the value or an entry of the gradient is not the JVM's within float32
     */
    void check() {
        total.set(0, Float.NaN);
        plan.execute().transferToHost(gradient);
        requireClose("the sum of the losses", total.get(0), expected, Math.abs(expected));
        double scale = 1.0 / bound.units();
        IntStream.range(0, of.floats())
                .parallel()
                .forEach(i -> requireClose(
                        "entry " + i + " of the gradient",
                        gradient.get(i),
                        expectedGradient[i],
                        scale + Math.abs(expectedGradient[i])));
    }

    private void requireClose(String what, double actual, double wanted, double magnitude) {
        if (!(Math.abs(actual - wanted) <= TOLERANCE * magnitude)) {
            throw new IllegalStateException(of.name() + ": " + what + " is " + actual + " instead of " + wanted);
        }
    }

    Measurement kernels() {
        return measurement("Lossforge", plan.kernels());
    }

    Measurement calls() {
        return measurement("Lossforge, whole call", plan.calls());
    }

    private Measurement measurement(String form, Times times) {
        return Measurement.ofBytes(of.name(), form, times, of.bytes(), DeviceCopy.name(of.floats()));
    }

    @Override
    public void close() {
        plan.close();
    }
}
