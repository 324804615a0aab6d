package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs models, on the CPU or on a device. Backends are found by {@link java.util.ServiceLoader}. Creating one is cheap
 * and touches no device.
 */
public interface Backend {

    /**
     * The name by which users select it, such as {@code cpu}; in lower case and unique among the installed backends.
     */
    String name();

    /**
     * The priority for {@code auto}, which selects the backend with the highest priority among those that can run. The
     * CPU has 0.
     */
    int priority();

    /**
     * The reason why it cannot run on this machine, as a sentence that says what to do; empty if it can run. The method
     * may access the device and never throws.
     */
    Optional<String> unavailableReason();

    /**
     * The devices to choose from, the default first; empty if there is no choice.
     *
     * @throws BackendException if it cannot run on this machine
     */
    default List<BackendDevice> devices() {
        return List.of();
    }

    /** The device it computes on; empty if there is no choice of devices, or if it cannot run. */
    default Optional<BackendDevice> device() {
        return Optional.empty();
    }

    /**
     * This backend on one of its devices. {@link #unavailableReason} reports whether the device exists.
     *
     * @throws BackendException if there are no devices to choose from
     */
    default Backend onDevice(String id) {
        throw new BackendException("The backend '" + name() + "' has no devices to choose from, but '" + id
                + "' was requested; name no device.");
    }

    /** Whether it can train a model while the {@link CompileSpec#frozenLayers} stay unchanged. */
    default boolean canFreezeLayers() {
        return false;
    }

    /**
     * Whether it can train any {@link Architecture} with any number of losses, and their hyperparameters; if not, it
     * trains chains with one loss of one prediction and one target.
     */
    default boolean canTrainGraphs() {
        return false;
    }

    /** Whether layers may branch and join between one input and one output; a backend that trains graphs takes them. */
    default boolean canJoinLayers() {
        return canTrainGraphs();
    }

    /**
     * Compiles a model and its training step. The compiled model starts with {@link Architecture#initialParameters} of
     * the seed, an optimizer state of zeros, and step 0.
     *
     * @throws BackendException if this backend does not support the layers, the loss, the optimizer or the clipping
     * @throws dev.lossforge.runtime.tensor.ShapeException if the loss cannot take the model's output
     */
    CompiledModel compile(Architecture architecture, CompileSpec spec);

    /**
     * A function from a batch to the outputs of a model with these parameters, without dropout. Any number of threads
     * may call it at once; its outputs belong to the caller.
     *
     * @param parameters as {@link Architecture#requireParameters} requires; copied
     * @throws BackendException if this backend does not support this
     */
    default Function<Batch, Outputs> predictor(Architecture architecture, Map<String, Tensor> parameters) {
        throw new BackendException(
                "The backend '" + name() + "' makes no predictors for many threads; choose the backend 'cpu'.");
    }
}
