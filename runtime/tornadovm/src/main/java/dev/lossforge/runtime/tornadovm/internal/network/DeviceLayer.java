package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** One step of the network between two arrays of activations. */
interface DeviceLayer {

    /** Whether it has parameters that are trained. Only then do they have gradients. */
    default boolean isTrained() {
        return false;
    }

    /** Adds the tasks that compute the outputs. */
    void forward(Tasks tasks);

    /**
     * Adds the tasks that compute the gradients of the parameters and, on request, of the inputs. They may change the
     * gradients of the outputs.
     */
    void backward(Tasks tasks, boolean inputGradients);

    /**
     * Adds the tasks that end a step, after the decision whether it is applied.
     *
     * @param results see {@link dev.lossforge.runtime.tornadovm.internal.plan.StepResults}
     */
    default void settle(Tasks tasks, FloatArray results) {}
}
