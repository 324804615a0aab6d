package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.OutputGradients;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceNetwork;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The gradients of a network's outputs where the caller computes them, in place of losses. */
final class GivenGradients {
    private final DeviceNetwork network;
    /** 0, or NaN if the caller's value is not finite. */
    private final FloatArray value = new FloatArray(1);

    /** Copies them to the device before each step. */
    GivenGradients(DeviceNetwork network, Tasks tasks) {
        this.network = network;
        tasks.changing(value);
        network.outputs().values().forEach(output -> tasks.changing(output.gradients()));
    }

    /** Sets them for the next step. */
    void write(LossResult result, Outputs outputs) {
        value.set(0, Double.isFinite(result.value()) ? 0f : Float.NaN);
        OutputGradients.give(result, outputs, (name, gradient) -> {
            FloatArray place = network.output(name).gradients();
            place.init(0f);
            HostArrays.copy(gradient, place);
        });
    }

    /** What stands for the partial sums of a loss. */
    FloatArray value() {
        return value;
    }
}
