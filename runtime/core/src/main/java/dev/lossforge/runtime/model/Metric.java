package dev.lossforge.runtime.model;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;

/** A number that says how good outputs are and is reported beside the loss; it has no influence on the training. */
public interface Metric {

    /** The name it is reported under. */
    String name();

    /** A new tally, to which the batches of an epoch or an evaluation are added. */
    Tally tally();

    /** A metric of the samples seen so far. */
    interface Tally {

        /** Adds the samples of a batch. The tensors are read during the call only. */
        void add(Tensor outputs, Data targets);

        /** The metric of all samples added; NaN if there are none. */
        double value();
    }
}
