package dev.lossforge.runtime.training;

import java.util.function.Supplier;

/** Keeps snapshots of a training. Called on the thread that trains, after all callbacks have had their say. */
public interface Checkpointer {

    /** Why a training can be kept now. */
    enum Moment {
        /** It has begun, or been resumed, and no step has followed yet. */
        BEGIN,
        /** A step is done. */
        STEP,
        /** An epoch is done. */
        EPOCH,
        /** It is being broken off: what is not kept now is lost. */
        END
    }

    /**
     * Called whenever the training could be kept.
     *
     * @param updates the updates that the model has had
     * @param snapshot makes the snapshot, which takes a copy of the model; valid during the call only
     */
    void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot);
}
