package dev.lossforge.runtime.backend;

import java.util.List;
import java.util.Optional;

/** A way to carry out models, found by {@link java.util.ServiceLoader}. Creating one is cheap and touches no device. */
public interface Backend {

    /** The name to ask for it by: {@code cpu}. Lower case and unique among the installed backends. */
    String name();

    /** Among backends that can run, {@code auto} takes the one with the greatest priority. The CPU has 0. */
    int priority();

    /**
     * Why it cannot run on this machine, as a sentence that says what to do; empty if it can. May look at the device,
     * and never throws.
     */
    Optional<String> unavailableReason();

    /**
     * The devices to choose from, the one it takes by itself first; none if there is no choice.
     *
     * @throws BackendException if it cannot run on this machine
     */
    default List<BackendDevice> devices() {
        return List.of();
    }

    /** The one of its devices that it computes on; empty if it has none to choose from, or cannot run. */
    default Optional<BackendDevice> device() {
        return Optional.empty();
    }

    /**
     * The same backend on one of its devices. Whether that is there shows in {@link #unavailableReason}.
     *
     * @throws BackendException if there are no devices to choose from
     */
    default Backend onDevice(String id) {
        throw new BackendException("The backend '" + name() + "' has no devices to choose from, but '" + id
                + "' is asked for; name no device.");
    }

    /** Whether it can train a part of a model and leave the {@link CompileSpec#frozenLayers} as they are. */
    default boolean canFreezeLayers() {
        return false;
    }

    /**
     * Compiles a model and its training step. The compiled model starts with {@link Architecture#initialParameters} of
     * the seed, an optimiser state of zeros, and step 0.
     *
     * @throws BackendException if this backend cannot carry out the layers, the loss, the optimiser or the clipping
     * @throws dev.lossforge.runtime.tensor.ShapeException if the loss cannot take the model's output
     */
    CompiledModel compile(Architecture architecture, CompileSpec spec);
}
