package dev.lossforge.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event;
import dev.lossforge.runtime.callback.Callback.Event.EpochBegin;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.Event.TrainEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.training.FitOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallbackTest {
    private final LinearBackend backend = new LinearBackend();
    private final Dataset data = SequentialTest.comparisons(50, 1);
    private final FitOptions options = FitOptions.epochs(2).withBatchSize(20);

    private Sequential model() {
        Sequential model = Sequential.builder().input(2).add(Dense.of(2)).build();
        model.compile(CompileOptions.of(Sgd.of(0.1), new SquaredError())
                .withMetrics(Metrics.accuracy())
                .withBackend(backend));
        return model;
    }

    /** Keeps what it is told. */
    private static final class Recorder implements Callback {
        final List<Event> events = new ArrayList<>();

        @Override
        public void on(Event event, TrainingControl training) {
            events.add(event);
        }

        List<String> kinds() {
            return events.stream()
                    .map(event -> event.getClass().getSimpleName())
                    .toList();
        }
    }

    @Test
    void isToldEverythingInOrder() {
        Recorder recorder = new Recorder();
        History history = model().fit(data, options.withCallback(recorder));
        assertThat(recorder.kinds())
                .containsExactly(
                        "TrainBegin",
                        "EpochBegin",
                        "StepEnd",
                        "StepEnd",
                        "StepEnd",
                        "EpochEnd",
                        "EpochBegin",
                        "StepEnd",
                        "StepEnd",
                        "StepEnd",
                        "EpochEnd",
                        "TrainEnd");
        assertThat(recorder.events)
                .contains(new TrainBegin(2, 3, 50, "linear"), new EpochBegin(2), new TrainEnd(history));
        assertThat(recorder.events.get(10)).isEqualTo(new EpochEnd(history.last()));
        assertThat(recorder.events.get(9)).isInstanceOfSatisfying(StepEnd.class, step -> {
            assertThat(step.epoch()).isEqualTo(2);
            assertThat(step.step()).isEqualTo(3);
            assertThat(step.samples()).isEqualTo(50);
            assertThat(step.scores()).isEqualTo(history.last().scores());
            assertThat(step.seconds())
                    .isPositive()
                    .isLessThanOrEqualTo(history.last().seconds());
        });
        assertThat(backend.compiled.getFirst().prepared).isEqualTo(20);
    }

    @Test
    void aStepReportsItsOwnLossAndTheScoresSoFar() {
        List<StepEnd> steps = new ArrayList<>();
        model().fit(data, options.withCallback(new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                steps.add(event);
            }
        }));
        StepEnd first = steps.get(0);
        StepEnd second = steps.get(1);
        assertThat(first.scores().loss()).isEqualTo(first.batchLoss());
        assertThat(second.scores().loss()).isEqualTo((first.batchLoss() + second.batchLoss()) / 2);
        assertThat(second.samples()).isEqualTo(40);
    }

    @Test
    void canStopAfterAStep() {
        Recorder recorder = new Recorder();
        History history = model().fit(data, options.withCallback(recorder).withCallback(new Callback() {
            @Override
            public void onStepEnd(StepEnd event, TrainingControl training) {
                if (event.step() == 2) {
                    training.stop();
                }
            }
        }));
        assertThat(recorder.kinds())
                .containsExactly("TrainBegin", "EpochBegin", "StepEnd", "StepEnd", "EpochEnd", "TrainEnd");
        assertThat(history.epochs()).hasSize(1);
    }

    @Test
    void canChangeTheLearningRate() {
        Sequential model = model();
        model.fit(data, options.withCallback(new Callback() {
            @Override
            public void onEpochBegin(EpochBegin event, TrainingControl training) {
                training.setLearningRate(training.learningRate() / 2);
            }
        }));
        assertThat(model.compiledModel().learningRate()).isEqualTo(0.025);
        Callback wrong = new Callback() {
            @Override
            public void onTrainBegin(TrainBegin event, TrainingControl training) {
                training.setLearningRate(Double.NaN);
            }
        };
        assertThatThrownBy(() -> model.fit(data, options.withCallback(wrong)))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void everyEventReachesItsMethod() {
        List<String> told = new ArrayList<>();
        model().fit(data, FitOptions.epochs(1).withBatchSize(50).withCallback(new Callback() {
            @Override
            public void onTrainBegin(TrainBegin event, TrainingControl training) {
                told.add("begin of " + event.epochs());
            }

            @Override
            public void onEpochEnd(EpochEnd event, TrainingControl training) {
                told.add("end of epoch " + event.result().epoch());
            }

            @Override
            public void onTrainEnd(TrainEnd event, TrainingControl training) {
                told.add("end after " + event.history().epochs().size());
            }
        }));
        assertThat(told).containsExactly("begin of 1", "end of epoch 1", "end after 1");
    }
}
