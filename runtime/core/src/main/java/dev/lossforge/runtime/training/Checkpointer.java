package dev.lossforge.runtime.training;

import java.util.function.Supplier;

/** Saves snapshots of a training. Called on the training thread, after all callbacks. */
public interface Checkpointer {

    /** When a training can be saved. */
    enum Moment {
        /** It has begun, or been resumed, and no step has followed yet. */
        BEGIN,
        /** A step is done. */
        STEP,
        /** An epoch is done. */
        EPOCH,
        /** It is being interrupted: what is not saved now is lost. */
        END
    }

    /**
     * Called whenever the training can be saved.
     *
     * @param updates the updates that the model has had
     * @param snapshot makes the snapshot, which takes a copy of the model; valid during the call only
     */
    void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot);
}
