package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.spark.internal.ring.Ring;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The CPU backend, each step of which is one of all workers together. */
final class RingBackend implements Backend {
    private final Ring ring;
    private final int rank;
    private final Averaging averaging;
    private @Nullable RingModel model;

    /**
     * When workers average what they have made of the model by steps of their own.
     *
     * @param every so many steps; 0 if each step is one of all workers together
     * @param lastStep the last step of the training, after which they do so in any case
     */
    record Averaging(int every, long lastStep) {
        boolean isOff() {
            return every == 0;
        }

        boolean isDue(long step) {
            return !isOff() && (step % every == 0 || step == lastStep);
        }
    }

    RingBackend(Ring ring, int rank, Averaging averaging) {
        this.ring = ring;
        this.rank = rank;
        this.averaging = averaging;
    }

    /** Also what a checkpoint says it was trained with, since other workers make other sums. */
    @Override
    public String name() {
        return "spark, " + ring.workers() + " workers"
                + (averaging.isOff() ? "" : ", averaged every " + averaging.every() + " steps");
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.empty();
    }

    @Override
    public boolean canFreezeLayers() {
        return true;
    }

    @Override
    public boolean canTrainGraphs() {
        return true;
    }

    @Override
    public CompiledModel compile(Architecture architecture, CompileSpec spec) {
        spec.requireShares(architecture);
        model = new RingModel(Backends.select("cpu").compile(architecture, spec), ring, rank, averaging);
        return model;
    }

    /** The model that was compiled last. */
    RingModel model() {
        if (model == null) {
            throw new BackendException("No model was compiled yet.");
        }
        return model;
    }
}
