package dev.lossforge.samples.cli;

import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.model.Accuracy;
import dev.lossforge.runtime.model.Callback;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Evaluation;
import dev.lossforge.runtime.model.FitOptions;
import dev.lossforge.runtime.model.NonFiniteLossException;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.model.TrainingControl;
import dev.lossforge.runtime.model.TrainingEvent.EpochEnd;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.samples.mnist.MnistCnn;
import dev.lossforge.samples.mnist.MnistData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trains the MNIST network, tests it, and leaves the record and the pictures of the run in its folder. */
final class MnistRun implements Callback {
    private final RunRecord.Options options;
    private final long seed;
    private final Loss loss;
    private final Backend backend;
    private final MnistData data;
    private final RunFolder folder;
    private final Screen screen;
    private final List<RunRecord.Epoch> epochs = new ArrayList<>();

    MnistRun(
            RunRecord.Options options,
            long seed,
            Loss loss,
            Backend backend,
            MnistData data,
            RunFolder folder,
            Screen screen) {
        this.options = options;
        this.seed = seed;
        this.loss = loss;
        this.backend = backend;
        this.data = data;
        this.folder = folder;
        this.screen = screen;
    }

    /** The whole run; its last line on the screen are the scores on the test set. */
    void run() throws IOException {
        Dataset training = data.train().toDataset();
        Dataset testing = data.test().toDataset();
        screen.line(
                "%d training and %d test images: %s.".formatted(training.size(), testing.size(), data.description()));
        LossCurve curve = new LossCurve();
        try (Sequential model = MnistCnn.build(seed)) {
            model.compile(compileOptions());
            fit(model, training, curve);
            Evaluation test = model.evaluate(testing);
            writeRecord(RunRecord.Test.of(test), null);
            DigitReading reading = DigitReading.of(model, data.test(), testing);
            screen.line(reading.accuracies());
            draw(curve, test, reading);
            screen.line("results in " + folder.path());
            screen.line(String.format(Locale.ROOT, "test loss %.4f  accuracy %.4f", test.loss(), test.accuracy()));
        }
    }

    private CompileOptions compileOptions() {
        return CompileOptions.of(Adam.of(options.learningRate()), loss)
                .withMetrics(Accuracy.ofClasses())
                .withBackend(backend)
                .withThreads(options.threads());
    }

    private void fit(Sequential model, Dataset training, LossCurve curve) throws IOException {
        try {
            model.fit(
                    training,
                    FitOptions.epochs(options.epochs())
                            .withBatchSize(options.batchSize())
                            .withCallback(new TrainingProgress(screen))
                            .withCallback(curve)
                            .withCallback(this));
        } catch (NonFiniteLossException e) {
            writeRecord(null, e.getMessage());
            throw e;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Records every epoch as it ends, so that a run that is cut off leaves what it had. */
    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        epochs.add(RunRecord.Epoch.of(event.result()));
        try {
            writeRecord(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeRecord(RunRecord.@Nullable Test test, @Nullable String error) throws IOException {
        RunRecord record = new RunRecord(
                List.copyOf(epochs),
                test,
                error,
                options,
                seed,
                backend.name(),
                Runtime.version().toString(),
                data.origin());
        folder.write("history.json", record.json());
    }

    private void draw(LossCurve curve, Evaluation test, DigitReading reading) throws IOException {
        try {
            folder.write("curves.png", Png.of(curve.chart(epochs, test)));
            folder.write("digits.png", Png.of(reading.sheet()));
        } catch (LinkageError | InternalError | RuntimeException e) {
            // What a JDK throws without fonts differs by release and is documented nowhere.
            screen.line("No pictures of the run: this JDK cannot draw text (" + e + ").");
        }
    }
}
