package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Receives events during a training and can act through {@link TrainingControl}. Callbacks run on the training thread,
 * in order; an exception ends the training.
 */
public interface Callback {

    default void onTrainBegin(Event.TrainBegin event, TrainingControl training) {}

    default void onEpochBegin(Event.EpochBegin event, TrainingControl training) {}

    default void onStepEnd(Event.StepEnd event, TrainingControl training) {}

    default void onNonFinite(Event.NonFinite event, TrainingControl training) {}

    default void onEpochEnd(Event.EpochEnd event, TrainingControl training) {}

    default void onTrainEnd(Event.TrainEnd event, TrainingControl training) {}

    /** Passes an event to its method. */
    default void on(Event event, TrainingControl training) {
        switch (event) {
            case Event.TrainBegin begin -> onTrainBegin(begin, training);
            case Event.EpochBegin begin -> onEpochBegin(begin, training);
            case Event.StepEnd end -> onStepEnd(end, training);
            case Event.NonFinite nonFinite -> onNonFinite(nonFinite, training);
            case Event.EpochEnd end -> onEpochEnd(end, training);
            case Event.TrainEnd end -> onTrainEnd(end, training);
        }
    }

    /**
     * Something that happened during {@link dev.lossforge.runtime.model.Model#fit}; epochs and steps are counted from
     * 1.
     */
    sealed interface Event {

        /**
         * The training begins, or is resumed.
         *
         * @param epochs the number of requested epochs
         * @param stepsPerEpoch the number of batches of an epoch
         * @param samples the number of training samples of an epoch
         * @param backend the name of the backend in use
         */
        record TrainBegin(int epochs, int stepsPerEpoch, int samples, String backend) implements Event {}

        /** An epoch begins. */
        record EpochBegin(int epoch) implements Event {}

        /**
         * A step has finished.
         *
         * @param step its number within the epoch
         * @param batchLoss the loss over its batch, penalties included
         * @param scores the scores of the epoch so far
         * @param samples the number of samples of the epoch so far
         * @param seconds the duration of the epoch so far
         */
        record StepEnd(int epoch, int step, double batchLoss, Scores scores, long samples, double seconds)
                implements Event {}

        /**
         * The loss or a gradient of a step was NaN or infinite; the model is as before that step. Unless a callback
         * stops the training now, it ends with an exception that has this message.
         *
         * @param step its number within the epoch
         */
        record NonFinite(int epoch, int step, String message) implements Event {}

        /** An epoch has finished, validation included. */
        record EpochEnd(History.Epoch result) implements Event {}

        /**
         * The training has finished: all epochs, or fewer if a callback stopped it. This event does not follow an
         * error.
         */
        record TrainEnd(History history) implements Event {}
    }

    /** The actions of a callback on the training that notifies it. */
    interface TrainingControl {

        /** The finished epochs, including those before an interruption. */
        History history();

        /** The current position. */
        Position position();

        /**
         * Ends the training. It ends after the current step, which cuts the epoch short, or, if the epoch is complete,
         * after the epoch.
         */
        void stop();

        /**
         * Interrupts the training after the current step. No validation and no further event follow. The
         * {@link dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer} can save the training, and {@code fit}
         * throws a {@link dev.lossforge.runtime.training.TrainingInterruptedException}. An interrupt of the thread that
         * trains does the same.
         */
        void interrupt();

        /** A copy of the model's parameters. */
        SequencedMap<String, Tensor> parameters();

        /** Replaces the model's parameters; the optimizer's state does not change. */
        void loadParameters(Map<String, Tensor> parameters);

        /**
         * The Euclidean norm of all gradients of the last step, penalties included. It is measured before clipping by
         * norms and after clipping by value, and computed on request. NaN if the backend does not provide it.
         */
        double gradientNorm();

        /** The learning rate of the next step. */
        double learningRate();

        /**
         * Sets the learning rate from the next step on.
         *
         * @throws ConfigurationException if it is not a finite number above 0
         */
        void setLearningRate(double learningRate);

        /**
         * The position of a training.
         *
         * @param earlierEpochs the number of epochs for which the model had been trained before this training
         * @param epoch the epoch in progress, or between two epochs the next one; counted from 1
         * @param step the number of finished steps of that epoch
         */
        public record Position(int earlierEpochs, int epoch, int step) {

            public Position {
                if (earlierEpochs < 0 || epoch < 1 || step < 0) {
                    throw new ConfigurationException("A training cannot be at epoch " + epoch + ", step " + step
                            + ", after " + earlierEpochs + " earlier epochs; epochs count from 1.");
                }
            }

            /** The position before the first step. */
            public static Position start(int earlierEpochs) {
                return new Position(earlierEpochs, 1, 0);
            }

            /** The position after another step. */
            public Position nextStep() {
                return new Position(earlierEpochs, epoch, step + 1);
            }

            /** The position before the first step of the next epoch. */
            public Position nextEpoch() {
                return new Position(earlierEpochs, epoch + 1, 0);
            }

            /** The position as text, as in "epoch 2, step 31", where step 31 is the last finished one. */
            @Override
            public String toString() {
                return "epoch " + epoch + ", step " + step;
            }
        }
    }

    /**
     * A callback with state. A {@link dev.lossforge.runtime.training.TrainingSnapshot} saves the state, so that a
     * resumed training continues exactly.
     */
    interface Stateful extends Callback {

        /**
         * The key under which its state is saved; unique among the callbacks of a training, and the same when the
         * training is resumed.
         */
        String stateName();

        /** Its current state. */
        State state();

        /** Replaces its state with a saved one. Called after {@link #onTrainBegin}. */
        void restore(State state);

        /**
         * The state of a callback.
         *
         * @param numbers lists of numbers by name, kept to the last bit
         * @param tensors the tensors by name
         */
        public record State(Map<String, List<Double>> numbers, Map<String, Tensor> tensors) {

            public State {
                numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
                tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            }

            /** A state of numbers only. */
            public static State of(Map<String, List<Double>> numbers) {
                return new State(numbers, Map.of());
            }

            /** The numbers of this name. */
            public List<Double> list(String name) {
                List<Double> list = numbers.get(name);
                if (list == null) {
                    throw new ConfigurationException("A saved training lacks the numbers '" + name
                            + "' of a callback; resume it with its original callbacks.");
                }
                return list;
            }

            /** The only number of this name. */
            public double number(String name) {
                List<Double> list = list(name);
                if (list.size() != 1) {
                    throw new ConfigurationException("A saved training has " + list.size() + " numbers '" + name
                            + "' of a callback instead of one; resume it with its original callbacks.");
                }
                return list.getFirst();
            }
        }
    }

    /**
     * A value that decides whether one epoch was better than another.
     *
     * @param metric the name of a metric, or {@value #LOSS}
     * @param onValidation whether it comes from the validation data or from the training samples
     * @param greaterIsBetter whether it grows as the model improves
     */
    record Monitor(String metric, boolean onValidation, boolean greaterIsBetter) {
        /** The name of the loss among the metrics. */
        static final String LOSS = "loss";

        public static Monitor loss() {
            return new Monitor(LOSS, false, false);
        }

        public static Monitor validationLoss() {
            return new Monitor(LOSS, true, false);
        }

        public static Monitor accuracy() {
            return new Monitor(Metrics.ACCURACY, false, true);
        }

        public static Monitor validationAccuracy() {
            return new Monitor(Metrics.ACCURACY, true, true);
        }

        /**
         * The value after an epoch.
         *
         * @throws ConfigurationException if there is no validation data, or no such metric
         */
        public double of(History.Epoch result) {
            Scores scores = onValidation
                    ? result.validation()
                            .orElseThrow(() -> new ConfigurationException("The " + this
                                    + " is to be monitored, but there is no validation data; add it with"
                                    + " FitOptions.withValidation."))
                            .scores()
                    : result.scores();
            return metric.equals(LOSS) ? scores.loss() : scores.metric(metric);
        }

        /** Whether a value is better than the best so far by more than {@code margin}; NaN never is. */
        public boolean isBetter(double value, double best, double margin) {
            return greaterIsBetter ? value > best + margin : value < best - margin;
        }

        /** The value that every number improves on. */
        public double worst() {
            return greaterIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }

        /** The name of the value, as in "validation loss". */
        @Override
        public String toString() {
            return onValidation ? "validation " + metric : metric;
        }
    }
}
