package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;

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
}
