package dev.lossforge.cli;

import dev.lossforge.cli.run.Decimals;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import java.util.Locale;

/** Shows a training on the screen: the current epoch live, finished epochs as permanent lines. */
final class TrainingProgress implements Callback {
    private final Screen screen;
    private int epochs;
    private int samples;

    TrainingProgress(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        epochs = event.epochs();
        samples = event.samples();
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        if (screen.due() && event.samples() < samples) {
            double fraction = (double) event.samples() / samples;
            screen.live(line(event.epoch(), fraction, event.scores(), event.samples() / event.seconds()));
        }
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        History.Epoch result = event.result();
        String validation = result.validation()
                .map(evaluation -> "  validation " + text(evaluation.scores()))
                .orElse("");
        screen.line(line(result.epoch(), 1, result.scores(), result.samplesPerSecond()) + validation);
    }

    private String line(int epoch, double fraction, Scores scores, double imagesPerSecond) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d %s  %s  %.0f images/s",
                epoch,
                epochs,
                screen.bar(fraction),
                text(scores),
                imagesPerSecond);
    }

    /** The loss, its parts if it has any, and the accuracy. */
    private static String text(Scores scores) {
        StringBuilder text = new StringBuilder("loss " + Decimals.of(scores.loss()));
        scores.parts().forEach((name, part) -> text.append("  " + name + " " + Decimals.of(part)));
        return text + "  accuracy " + Decimals.of(scores.accuracy());
    }
}
