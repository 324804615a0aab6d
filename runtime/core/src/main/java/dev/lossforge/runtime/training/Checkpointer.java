package dev.lossforge.runtime.training;

import java.util.function.Supplier;

/** Saves snapshots of a training. Called on the training thread, after all callbacks. */
public interface Checkpointer {

    /** The moments at which a training can be saved. */
    enum Moment {
        /** The training has begun or been resumed, and no step has followed yet. */
        BEGIN,
        /** A step has finished. */
        STEP,
        /** An epoch has finished. */
        EPOCH,
        /** The training is being interrupted. Whatever is not saved now is lost. */
        END
    }

    /**
     * Called whenever the training can be saved.
     *
     * @param updates the number of updates of the model so far
     * @param snapshot creates the snapshot, which copies the model; valid only during the call
     */
    void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot);
}
