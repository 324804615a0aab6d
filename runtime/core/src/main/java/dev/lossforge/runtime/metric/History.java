package dev.lossforge.runtime.metric;

import java.util.List;

/** The epochs of one training, in order. There are none only if a callback stopped the training before it began. */
public record History(List<EpochResult> epochs) {

    public History {
        epochs = List.copyOf(epochs);
    }

    /** The last epoch. There is one unless a callback stopped the training before it began. */
    public EpochResult last() {
        return epochs.getLast();
    }
}
