package dev.lossforge.runtime.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback.Event;
import dev.lossforge.runtime.callback.Callback.Monitor;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.checkpoint.BestModel;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbacksTest {
    @TempDir
    private Path folder;

    private final FakeTraining training = new FakeTraining();

    private static History.Epoch result(int epoch, double validationLoss) {
        Scores scores = new Scores(validationLoss / 2, Map.of("accuracy", 0.5));
        Evaluation validation = new Evaluation(new Scores(validationLoss, Map.of("accuracy", 0.25)), 10);
        return new History.Epoch(epoch, scores, 2, 30, Optional.of(validation));
    }

    private void begin(Callback callback) {
        callback.on(new Event.TrainBegin(100, 10, 320, "fake"), training);
    }

    /** Ends an epoch after which the validation loss is this; the model's only weight is then the epoch's number. */
    private void end(Callback callback, double validationLoss) {
        int epoch = training.epochs.size() + 1;
        training.weight = epoch;
        training.epochs.add(result(epoch, validationLoss));
        callback.on(new Event.EpochEnd(training.epochs.getLast()), training);
    }

    @Test
    void stopsEarlyAndRestoresTheBestWeights() {
        EarlyStopping stopping =
                EarlyStopping.after(2, Monitor.validationLoss()).restoringBest();
        begin(stopping);
        for (double loss : List.of(3.0, 1.0, Double.NaN)) {
            end(stopping, loss);
            assertThat(training.stopped).isFalse();
        }
        end(stopping, 1.0);
        assertThat(training.stopped).isTrue();
        stopping.on(new Event.TrainEnd(training.history()), training);
        assertThat(training.weight).isEqualTo(2);
        assertThat(stopping.bestEpoch()).isEqualTo(2);
        assertThat(stopping.bestValue()).isEqualTo(1.0);
    }

    private static EarlyStopping patient() {
        return EarlyStopping.after(3, Monitor.validationLoss())
                .withMinImprovement(0.5)
                .restoringBest();
    }

    @Test
    void goesOnWaitingAfterAResume() {
        EarlyStopping before = patient();
        begin(before);
        end(before, 3);
        end(before, 2.6);
        EarlyStopping after = patient();
        begin(after);
        Callback.Stateful.State state = before.state();
        after.restore(state);
        end(after, 2.6);
        assertThat(training.stopped).isFalse();
        end(after, 2.6);
        assertThat(training.stopped).isTrue();
        after.on(new Event.TrainEnd(training.history()), training);
        assertThat(training.weight).isEqualTo(1);
    }

    @Test
    void reducesTheLearningRateOnAPlateau() {
        ReduceLearningRateOnPlateau plateau = ReduceLearningRateOnPlateau.after(2, Monitor.accuracy())
                .withFactor(0.5)
                .withMinRate(0.3);
        training.setLearningRate(1);
        begin(plateau);
        List<Double> rates = new ArrayList<>();
        for (int epoch = 0; epoch < 7; epoch++) {
            end(plateau, 1);
            rates.add(training.learningRate());
        }
        assertThat(rates).containsExactly(1.0, 1.0, 0.5, 0.5, 0.3, 0.3, 0.3);
        training.setLearningRate(0.2);
        end(plateau, 1);
        end(plateau, 1);
        assertThat(training.learningRate()).isEqualTo(0.2);
    }

    @Test
    void schedulesStepsAndEpochs() {
        LearningRateScheduler steps = LearningRateScheduler.everyStep(new Schedule.Step(1, 0.5, 4));
        begin(steps);
        assertThat(training.learningRate()).isEqualTo(1);
        training.at(2, 3);
        steps.on(new Event.StepEnd(2, 3, 1, result(1, 1).scores(), 96, 1), training);
        assertThat(training.learningRate()).isEqualTo(0.125);
        LearningRateScheduler epochs = LearningRateScheduler.everyEpoch(new Schedule.Step(1, 0.5, 1));
        training.at(3, 7);
        begin(epochs);
        assertThat(training.learningRate()).isEqualTo(0.25);
        epochs.on(new Event.StepEnd(3, 8, 1, result(1, 1).scores(), 96, 1), training);
        training.at(4, 0);
        end(epochs, 1);
        assertThat(training.learningRate()).isEqualTo(0.125);
    }

    @Test
    void logsEveryEpochAsCsv() throws IOException {
        CsvLog log = new CsvLog(folder.resolve("log.csv"));
        begin(log);
        end(log, 0.1);
        end(log, Double.NaN);
        assertThat(Files.readString(folder.resolve("log.csv"))).isEqualTo("""
                        epoch,loss,accuracy,validation loss,validation accuracy,seconds,samples per second\r
                        1,0.05,0.5,0.1,0.25,2.0,30.0\r
                        2,NaN,0.5,NaN,0.25,2.0,30.0\r
                        """);
    }

    @Test
    void refusesBeforeTheTrainingWhatTheEndOfAnEpochWouldFailOn() throws IOException {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> begin(new CsvLog(absent.resolve("log.csv"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no folder " + absent);
        assertThatThrownBy(() -> begin(BestModel.in(absent.resolve("best.safetensors"), Monitor.loss())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no folder " + absent);
    }

    @Test
    void replacesNoFileOfSomebodyElse() throws IOException {
        Path file = Files.writeString(folder.resolve("notes"), "epoch of enlightenment");
        assertThatThrownBy(() -> begin(new CsvLog(file)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "not written by Lossforge as such and is not replaced; name another file for the log.");
        assertThatThrownBy(() -> begin(BestModel.in(file, Monitor.loss())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not written by Lossforge");
        assertThat(file).hasContent("epoch of enlightenment");
        CsvLog log = new CsvLog(folder.resolve("log.csv"));
        begin(log);
        end(log, 1);
        begin(log); // its own
    }

    @Test
    void printsALinePerEpochAndNowAndThenOneWithin() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Callback progress = ConsoleProgress.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), 0);
        begin(progress);
        Scores sofar = new Scores(0.25, Map.of("auc", Double.NaN));
        progress.on(new Event.StepEnd(1, 5, 0.5, sofar, 160, 2), training);
        progress.on(new Event.StepEnd(1, 10, 0.5, sofar, 320, 4), training);
        end(progress, 0.5);
        Callback rare =
                ConsoleProgress.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), Double.POSITIVE_INFINITY);
        begin(rare);
        rare.on(new Event.StepEnd(1, 5, 0.5, sofar, 160, 2), training);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "epoch 1/100  50 %   loss 0.2500  80 samples/s",
                        "epoch 1/100   loss 0.2500  accuracy 0.5000  validation:  loss 0.5000  accuracy 0.2500"
                                + "  30 samples/s");
    }

    @Test
    void keepsTheColumnsOfPartsAfterThatOfTheLoss() throws IOException {
        CsvLog log = new CsvLog(folder.resolve("log.csv"));
        begin(log);
        Scores scores = new Scores(0.75, Map.of("error", 0.5), Map.of("accuracy", 1.0));
        training.epochs.add(new History.Epoch(1, scores, 2, 30, Optional.of(new Evaluation(scores, 10))));
        log.on(new Event.EpochEnd(training.epochs.getLast()), training);
        assertThat(Files.readString(folder.resolve("log.csv"))).isEqualTo("""
                        epoch,loss,part error,accuracy,validation loss,validation part error,validation accuracy,seconds,samples per second\r
                        1,0.75,0.5,1.0,0.75,0.5,1.0,2.0,30.0\r
                        """);
    }

    @Test
    void keepsTheBestModel() throws IOException {
        Path file = folder.resolve("best.safetensors");
        BestModel best = BestModel.in(file, Monitor.validationLoss());
        begin(best);
        end(best, 2);
        end(best, 1);
        BestModel resumed = BestModel.in(file, Monitor.validationLoss());
        begin(resumed);
        resumed.restore(best.state());
        end(resumed, 1.5);
        Safetensors kept = Safetensors.readSealed(file);
        assertThat(kept.tensors()).isEqualTo(Map.of("w", Tensor.scalar(2)));
        assertThat(kept.notes()).isEqualTo(Map.of("epoch", "2", "validation loss", "1.0"));
    }

    @Test
    void endsOnNaN() {
        new TerminateOnNaN().on(new Event.NonFinite(1, 2, "NaN"), training);
        assertThat(training.stopped).isTrue();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> EarlyStopping.after(0, Monitor.loss()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("at least 1 epoch");
        assertThatThrownBy(() -> EarlyStopping.after(1, Monitor.loss()).withMinImprovement(Double.NaN))
                .hasMessageContaining("minimum improvement");
        assertThatThrownBy(() ->
                        ReduceLearningRateOnPlateau.after(1, Monitor.loss()).withFactor(1))
                .hasMessageContaining("below 1");
        History.Epoch unvalidated = new History.Epoch(1, new Scores(1, Map.of()), 1, 1, Optional.empty());
        assertThatThrownBy(() -> Monitor.validationAccuracy().of(unvalidated))
                .hasMessageContaining("validation accuracy is to be monitored, but there is no validation data");
        assertThatThrownBy(() -> Monitor.accuracy().of(unvalidated)).hasMessageContaining("no metric 'accuracy'");
    }
}
