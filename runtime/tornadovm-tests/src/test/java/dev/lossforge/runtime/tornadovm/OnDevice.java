package dev.lossforge.runtime.tornadovm;

import dev.lossforge.processor.testing.random.KernelCall;
import dev.lossforge.processor.testing.random.KernelRun;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Reduction;
import java.util.Map;
import java.util.TreeMap;

/** Runs a generated loss on the first device as {@link KernelRun} runs it on the JVM, but for its parts. */
final class OnDevice implements AutoCloseable {
    private final DeviceLoss derivatives;
    private final DeviceLoss values;

    /** @param loss with any hyperparameters */
    OnDevice(LossFunction loss) {
        derivatives = DeviceLoss.of(loss, Devices.first());
        values = DeviceLoss.of(loss, Devices.first());
    }

    /** What the loss finds, by name as there. All arrays hold NaN until they are written. */
    Map<String, float[]> results(LossFunction loss, KernelCall call) {
        Map<String, float[]> results = new TreeMap<>();
        BoundLoss bound = BoundLoss.of(loss, KernelRun.inputs(call));
        double divisor = bound.divisor(Reduction.valueOf(call.reduction()));
        bound.frame().scale(divisor == 0 ? 0 : (float) (1 / divisor));
        run(values, bound, " alone", divisor, results);
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() == LossSignature.Input.Role.PREDICTION) {
                ask(bound, i, results);
            }
        }
        run(derivatives, bound, "", divisor, results);
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            LossSignature.Input input = bound.signature().inputs().get(i);
            if (input.trainable()) {
                results.put("gradient " + input.name(), floats(bound.frame().parameterGradient(i)));
            }
        }
        return results;
    }

    private static void run(
            DeviceLoss device, BoundLoss bound, String suffix, double divisor, Map<String, float[]> results) {
        float[] values = LossComparison.unwritten(bound.units());
        bound.frame().values(values);
        double sum = device.run(bound.frame(), 0, bound.units());
        results.put("values" + suffix, values);
        results.put("value" + suffix, new float[] {(float) (sum / divisor)});
    }

    private static void ask(BoundLoss bound, int position, Map<String, float[]> results) {
        KernelFrame frame = bound.frame();
        String name = bound.signature().inputs().get(position).name();
        int size = bound.units() * frame.unitSize(position);
        frame.gradient(position, LossComparison.unwritten(size));
        results.put("gradient " + name, frame.gradient(position));
        if (bound.signature().hessian()) {
            frame.hessian(position, LossComparison.unwritten(size));
            results.put("hessian " + name, frame.hessian(position));
        }
    }

    private static float[] floats(double[] sums) {
        float[] floats = new float[sums.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) sums[i];
        }
        return floats;
    }

    @Override
    public void close() {
        derivatives.close();
        values.close();
    }
}
