package dev.lossforge.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.EpochBegin;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingInterruptedException;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ResumeTest {
    private final Dataset data = SequentialTest.comparisons(50, 1);
    private final FitOptions options = FitOptions.epochs(3).withBatchSize(20).withValidation(data);

    private static Sequential model() {
        Sequential model =
                Sequential.builder().input(2).add(Dense.of(2)).seed(4).build();
        model.compile(CompileOptions.of(Sgd.of(0.1), new ErrorInParts())
                .withMetrics(Metrics.accuracy())
                .withBackend(new LinearBackend()));
        return model;
    }

    /** Keeps every snapshot it is offered. */
    private static final class AllSnapshots implements Checkpointer {
        final List<Moment> moments = new ArrayList<>();
        final List<TrainingSnapshot> snapshots = new ArrayList<>();

        @Override
        public void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot) {
            moments.add(moment);
            snapshots.add(snapshot.get());
            assertThat(snapshots.getLast().optimizer().step()).isEqualTo(updates);
        }
    }

    /** Lowers the learning rate by what it has seen: the sum of all losses so far. */
    private static final class LossBoundRate implements Callback.Stateful {
        private double sum;

        @Override
        public void onStepEnd(StepEnd event, TrainingControl training) {
            sum += event.batchLoss();
            training.setLearningRate(0.1 / (1 + sum));
        }

        @Override
        public String stateName() {
            return "sum of losses";
        }

        @Override
        public Callback.Stateful.State state() {
            return Callback.Stateful.State.of(Map.of("sum", List.of(sum)));
        }

        @Override
        public void restore(Callback.Stateful.State state) {
            sum = state.number("sum");
        }
    }

    private static void assertSame(History actual, History expected) {
        assertThat(actual.epochs()).hasSameSizeAs(expected.epochs());
        for (int i = 0; i < actual.epochs().size(); i++) {
            History.Epoch one = actual.epochs().get(i);
            History.Epoch other = expected.epochs().get(i);
            assertThat(one.epoch()).isEqualTo(other.epoch());
            assertThat(one.scores()).isEqualTo(other.scores());
            assertThat(one.validation()).isEqualTo(other.validation());
        }
    }

    @Test
    void goesOnFromAnywhereAsIfNothingHadHappened() {
        AllSnapshots kept = new AllSnapshots();
        Sequential whole = model();
        History expected =
                whole.fit(data, options.withCallback(new LossBoundRate()).withCheckpointer(kept));
        assertThat(kept.snapshots).hasSize(1 + 3 * 3 + 3);
        for (TrainingSnapshot snapshot : kept.snapshots) {
            Sequential resumed = model();
            History history = resumed.resume(data, options.withCallback(new LossBoundRate()), snapshot);
            assertSame(history, expected);
            assertThat(resumed.parameters()).isEqualTo(whole.parameters());
            assertThat(resumed.compiledModel().learningRate())
                    .isEqualTo(whole.compiledModel().learningRate());
            assertThat(resumed.compiledModel().step()).isEqualTo(9);
        }
    }

    @Test
    void aResumedModelIsFittedOnLikeTheOther() {
        AllSnapshots kept = new AllSnapshots();
        Sequential whole = model();
        whole.fit(data, options.withCheckpointer(kept));
        whole.fit(data, options.withCheckpointer(kept));
        Sequential resumed = model();
        resumed.resume(data, options, kept.snapshots.get(20));
        assertThat(kept.snapshots.get(20).position().earlierEpochs()).isEqualTo(3);
        assertThat(resumed.parameters()).isEqualTo(whole.parameters());
        whole.fit(data, options);
        resumed.fit(data, options);
        assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    }

    @Test
    void canBecomeLonger() {
        AllSnapshots kept = new AllSnapshots();
        model().fit(data, options.withCheckpointer(kept));
        FitOptions five = FitOptions.epochs(5).withBatchSize(20).withValidation(data);
        History longer = model().resume(data, five, kept.snapshots.getLast());
        assertSame(longer, model().fit(data, five));
    }

    @Test
    void doesNotBeginAnEpochTwice() {
        AllSnapshots kept = new AllSnapshots();
        model().fit(data, options.withCheckpointer(kept));
        List<Integer> begun = new ArrayList<>();
        Callback listener = new Callback() {
            @Override
            public void onEpochBegin(EpochBegin event, TrainingControl training) {
                begun.add(event.epoch());
            }
        };
        TrainingSnapshot within = kept.snapshots.get(2);
        assertThat(within.position()).hasToString("epoch 1, step 2");
        model().resume(data, options.withCallback(listener), within);
        assertThat(begun).containsExactly(2, 3);
    }

    @Test
    void anInterruptionLeavesASnapshotAndNoFurtherEvent() {
        leavesASnapshotAndNoFurtherEvent(TrainingControl::interrupt, false);
    }

    @Test
    void anInterruptOfTheThreadLeavesTheSameAndTheThreadInterrupted() {
        leavesASnapshotAndNoFurtherEvent(training -> Thread.currentThread().interrupt(), true);
    }

    private void leavesASnapshotAndNoFurtherEvent(Consumer<TrainingControl> interrupt, boolean ofThread) {
        AllSnapshots kept = new AllSnapshots();
        Callback interruption = new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                if (event.epoch() == 2 && event.step() == 2) {
                    interrupt.accept(training);
                }
            }
        };
        Sequential model = model();
        assertThatThrownBy(
                        () -> model.fit(data, options.withCallback(interruption).withCheckpointer(kept)))
                .isInstanceOf(TrainingInterruptedException.class)
                .hasMessageContaining("after epoch 2, step 2");
        assertThat(Thread.interrupted()).isEqualTo(ofThread);
        assertThat(kept.moments.getLast()).isEqualTo(Checkpointer.Moment.END);
        Sequential resumed = model();
        Sequential whole = model();
        assertSame(resumed.resume(data, options, kept.snapshots.getLast()), whole.fit(data, options));
        assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    }

    @Test
    void aTrainingThatACallbackEndedStaysEnded() {
        AllSnapshots kept = new AllSnapshots();
        Callback stop = new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                if (event.epoch() == 2 && event.step() == 1) {
                    training.stop();
                }
            }
        };
        History stopped = model().fit(data, options.withCallback(stop).withCheckpointer(kept));
        int atStop = kept.snapshots.size() - 2;
        assertThat(kept.snapshots.get(atStop).stopped()).isTrue();
        assertSame(model().resume(data, options.withCallback(stop), kept.snapshots.get(atStop)), stopped);
        assertSame(model().resume(data, options.withCallback(stop), kept.snapshots.getLast()), stopped);
    }

    @Test
    void refusesASnapshotOfAnotherTraining() {
        AllSnapshots kept = new AllSnapshots();
        model().fit(data, options.withCheckpointer(kept));
        TrainingSnapshot snapshot = kept.snapshots.getFirst();
        Dataset other = SequentialTest.comparisons(50, 2);
        assertThatThrownBy(() -> model().resume(other, options, snapshot))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("another data's checksum");
        assertThatThrownBy(() -> model().resume(data, options.withBatchSize(10), snapshot))
                .hasMessage("The training was saved with another batch size: it was 20 and is now 10; resume with the"
                        + " original.");
        assertThatThrownBy(() -> model().resume(data, options.withCallback(new LossBoundRate()), snapshot))
                .hasMessageContaining("would be resumed with [sum of losses]");
    }

    @Test
    void callbacksReachTheParametersAndTheHistory() {
        List<Integer> done = new ArrayList<>();
        Sequential model = model();
        model.fit(data, options.withCallback(new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                done.add(training.history().epochs().size() * 10
                        + training.position().step());
                Map<String, Tensor> parameters = training.parameters();
                parameters.replaceAll((name, tensor) -> Tensor.zeros(tensor.shape()));
                training.loadParameters(parameters);
            }
        }));
        assertThat(done).containsExactly(1, 2, 3, 11, 12, 13, 21, 22, 23);
        assertThat(model.parameters().values()).allMatch(tensor -> tensor.equals(Tensor.zeros(tensor.shape())));
    }
}
