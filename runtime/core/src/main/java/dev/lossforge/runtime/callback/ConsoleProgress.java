package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Prints a line after each epoch, and one every few seconds within it: losses, metrics, hyperparameters, speed. Lines
 * are plain text, readable in a terminal and in a file.
 */
public final class ConsoleProgress implements Callback {
    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final double seconds;
    private int epochs;
    private int samples;
    private long shown;

    private ConsoleProgress(PrintStream out, double seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    /** Prints to standard error, and within an epoch every 5 seconds. */
    public static ConsoleProgress toStandardError() {
        return to(System.err, 5);
    }

    /**
     * Prints to this stream.
     *
     * @param seconds the minimum time between lines within an epoch; infinite for no such lines
     */
    public static ConsoleProgress to(PrintStream out, double seconds) {
        return new ConsoleProgress(out, seconds);
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        epochs = event.epochs();
        samples = event.samples();
        shown = System.nanoTime();
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        if ((System.nanoTime() - shown) / NANOS >= seconds && event.samples() < samples) {
            String share = String.format(Locale.ROOT, " %3d %%", 100 * event.samples() / samples);
            print(event.epoch(), share, event.scores(), event.samples() / event.seconds(), "");
        }
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        History.Epoch result = event.result();
        String validation = result.validation()
                .map(evaluation -> "  validation:" + text(evaluation.scores()))
                .orElse("");
        print(result.epoch(), "", result.scores(), result.samplesPerSecond(), validation);
    }

    private void print(int epoch, String share, Scores scores, double samplesPerSecond, String validation) {
        out.println(String.format(
                Locale.ROOT,
                "epoch %d/%d%s %s%s  %.0f samples/s",
                epoch,
                epochs,
                share,
                text(scores),
                validation,
                samplesPerSecond));
        shown = System.nanoTime();
    }

    private static String text(Scores scores) {
        StringBuilder text = new StringBuilder();
        append(text, "loss", scores.loss());
        scores.parts().forEach((name, value) -> append(text, name, value));
        scores.metrics().forEach((name, value) -> append(text, name, value));
        scores.hyperparameters().forEach((name, value) -> append(text, name, value));
        return text.toString();
    }

    /** Appends a metric, unless it is unknown within an epoch. */
    private static void append(StringBuilder text, String name, double value) {
        if (!Double.isNaN(value) || name.equals("loss")) {
            text.append(String.format(Locale.ROOT, "  %s %.4g", name, value));
        }
    }
}
