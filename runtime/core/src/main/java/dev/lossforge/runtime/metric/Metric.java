package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number that rates outputs and is reported with the loss; it does not influence the training. */
public interface Metric {

    /** The name under which it is reported. */
    String name();

    /** The output to rate; empty for the only one. */
    default Optional<String> output() {
        return Optional.empty();
    }

    /** The target to compare it with; empty for the only one. */
    default Optional<String> target() {
        return Optional.empty();
    }

    /** The same metric of one of several outputs, reported as in {@code digit accuracy}. */
    default Metric on(String output, String target) {
        return new PlacedMetric(this, output, target);
    }

    /** A new tally for the batches of an epoch or an evaluation. */
    Tally tally();

    /** A metric of the samples seen so far. */
    interface Tally {

        /** Adds the samples of a batch, which count equally. The tensors are read during the call only. */
        void add(Tensor outputs, Data targets);

        /**
         * The same with the weights in the loss, which are 0 for what a mask leaves out; null if all samples count
         * equally. Their shape is {@code [samples]}, or goes on with the axes of the targets. A metric without weights
         * counts all samples equally.
         */
        default void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
            add(outputs, targets);
        }

        /** The metric of all samples added; NaN if there are none. */
        double value();

        /**
         * The metric of the samples of an epoch so far, requested after every step. NaN if it takes long to compute.
         */
        default double interim() {
            return value();
        }

        /**
         * The state of the tally, for a checkpoint within an epoch. A training whose tally has no such state can be
         * saved only between epochs.
         *
         * @throws ConfigurationException if it has none
         */
        default List<Double> state() {
            throw new ConfigurationException(
                    "A metric of this training cannot be kept within an epoch; keep checkpoints"
                            + " at the ends of epochs only.");
        }

        /** Continues from an earlier {@link #state}. */
        default void restore(List<Double> state) {
            throw new ConfigurationException("A metric of this training cannot be resumed within an epoch;"
                    + " resume from a checkpoint at the end of one.");
        }
    }
}
