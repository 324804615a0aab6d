package dev.lossforge.runtime.metric;

import java.util.List;

/** The epochs of one training, in order; none only if a callback stopped it before it began. */
public record History(List<EpochResult> epochs) {

    public History {
        epochs = List.copyOf(epochs);
    }

    /** The epoch the training ended with; there is one unless a callback stopped it before it began. */
    public EpochResult last() {
        return epochs.getLast();
    }
}
