package dev.lossforge.runtime.model;

/**
 * A callback that acts by what it has seen before. A {@link TrainingSnapshot} keeps its memory, so that a resumed
 * training goes on as it would have.
 */
public interface StatefulCallback extends Callback {

    /**
     * What its memory is filed under; unique among the callbacks of a training, and the same whenever it is resumed.
     */
    String stateName();

    /** Its memory at present. */
    CallbackState state();

    /** Replaces its memory by an earlier one. Comes after {@link #onTrainBegin}. */
    void restore(CallbackState state);
}
