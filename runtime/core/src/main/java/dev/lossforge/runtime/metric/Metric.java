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

    /** The output that is rated; empty for the only one. */
    default Optional<String> output() {
        return Optional.empty();
    }

    /** The target it is compared with; empty for the only one. */
    default Optional<String> target() {
        return Optional.empty();
    }

    /** The same metric of one of several outputs, reported as in {@code digit accuracy}. */
    default Metric on(String output, String target) {
        return new PlacedMetric(this, output, target);
    }

    /** A new tally, to which the batches of an epoch or an evaluation are added. */
    Tally tally();

    /** A metric of the samples seen so far. */
    interface Tally {

        /** Adds the samples of a batch, which count alike. The tensors are read during the call only. */
        void add(Tensor outputs, Data targets);

        /**
         * The same with the weights of the samples in the loss, shape {@code [samples]}; null if all count alike. A
         * metric that takes no weights counts all alike.
         */
        default void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
            add(outputs, targets);
        }

        /** The metric of all samples added; NaN if there are none. */
        double value();

        /**
         * The metric of the samples of an epoch so far, which is asked for after every step: NaN where it takes long to
         * compute.
         */
        default double interim() {
            return value();
        }

        /**
         * What has been added up, for a checkpoint within an epoch. A tally that has no such state cannot be kept
         * there, only between epochs.
         *
         * @throws ConfigurationException if it has none
         */
        default List<Double> state() {
            throw new ConfigurationException(
                    "A metric of this training cannot be kept within an epoch; keep checkpoints"
                            + " at the ends of epochs only.");
        }

        /** Goes on from an earlier {@link #state}. */
        default void restore(List<Double> state) {
            throw new ConfigurationException("A metric of this training cannot be resumed within an epoch.");
        }
    }
}
