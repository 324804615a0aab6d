package dev.lossforge.samples.cli;

import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.checkpoint.Checkpoint;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.model.Accuracy;
import dev.lossforge.runtime.model.Callback;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Evaluation;
import dev.lossforge.runtime.model.FitOptions;
import dev.lossforge.runtime.model.History;
import dev.lossforge.runtime.model.NonFiniteLossException;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.model.TrainingControl;
import dev.lossforge.runtime.model.TrainingEvent.EpochEnd;
import dev.lossforge.runtime.model.TrainingInterruptedException;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.samples.chart.Picture;
import dev.lossforge.samples.mnist.MnistCnn;
import dev.lossforge.samples.mnist.MnistData;
import dev.lossforge.samples.report.ComparisonReport;
import dev.lossforge.samples.report.DigitReading;
import dev.lossforge.samples.report.RunReport;
import dev.lossforge.samples.run.RunRecord;
import dev.lossforge.samples.run.StoredRun;
import dev.lossforge.samples.run.TrainingCurve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains the MNIST network, tests it, and leaves in its folder all that is to be known of the run: record, checkpoints,
 * weights, report and pictures.
 */
final class MnistRun implements Callback {
    private final RunRecord.Options options;
    private final long seed;
    private final Loss loss;
    private final Backend backend;
    private final MnistData data;
    private final RunFolder folder;
    private final Screen screen;
    private final TrainingCurve curve = new TrainingCurve();
    private History history = new History(List.of());

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

    /** The backend and its device, if it chooses among some. */
    static String where(Backend backend) {
        return backend.device()
                .map(device -> "%s backend (%s, %s)".formatted(backend.name(), device.id(), device.name()))
                .orElse(backend.name() + " backend");
    }

    /** The checkpoints of the run in this folder; what cannot be written or used is shown on the screen. */
    static Checkpoints checkpoints(RunFolder folder, Screen screen) {
        return Checkpoints.in(folder.path().resolve(StoredRun.CHECKPOINTS)).telling(screen::warn);
    }

    /**
     * The whole run, or the rest of it; its last line on the screen are the scores on the test set.
     *
     * @param from where to go on
     * @return the exit code
     */
    int run(Checkpoints checkpoints, Optional<Checkpoint> from) throws IOException {
        Dataset images = data.train().toDataset();
        Dataset training = options.steering().training(images);
        Dataset testing = data.test().toDataset();
        int held = images.size() - training.size();
        screen.line("%d training%s and %d test images: %s."
                .formatted(
                        training.size(),
                        held == 0 ? "" : ", %d validation".formatted(held),
                        testing.size(),
                        data.description()));
        checkpoints
                .everySteps(options.checkpointEvery())
                .keeping(options.keep())
                .withNotes(new RunNotes(options, seed, backend.name()).toMap());
        try (Sequential model = MnistCnn.build(seed);
                Interruption interruption = Interruption.watched()) {
            model.compile(compileOptions());
            FitOptions watched = FitOptions.epochs(options.epochs())
                    .withBatchSize(options.batchSize())
                    .withCallback(new TrainingProgress(screen))
                    .withCallback(curve)
                    .withCallback(this);
            FitOptions fit = options.steering()
                    .applyTo(watched, images, options.learningRate())
                    .withCallback(interruption)
                    .withCheckpointer(checkpoints);
            return trainAndTest(model, training, testing, fit, checkpoints, from);
        }
    }

    private int trainAndTest(
            Sequential model,
            Dataset training,
            Dataset testing,
            FitOptions fit,
            Checkpoints checkpoints,
            Optional<Checkpoint> from)
            throws IOException {
        try {
            fit(model, training, fit, from);
        } catch (TrainingInterruptedException e) {
            // While the interruption is still watched, since the process ends as soon as it is not.
            screen.line(interrupted(checkpoints));
            return Interruption.EXIT_CODE;
        }
        finish(model, testing);
        return 0;
    }

    private String interrupted(Checkpoints checkpoints) {
        return checkpoints
                .last()
                .map(last -> "Interrupted; %s is kept. Go on with: lossforge resume %s"
                        .formatted(last.getFileName(), folder.path()))
                .orElse("Interrupted; no checkpoint could be written.");
    }

    private CompileOptions compileOptions() {
        CompileOptions compile = CompileOptions.of(Adam.of(options.learningRate()), loss)
                .withMetrics(Accuracy.ofClasses())
                .withBackend(backend)
                .withThreads(options.threads());
        return options.steering().applyTo(compile);
    }

    private void fit(Sequential model, Dataset training, FitOptions fit, Optional<Checkpoint> from) throws IOException {
        try {
            history = from.isEmpty()
                    ? model.fit(training, fit)
                    : model.resume(training, fit, from.get().snapshot());
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
        history = training.history();
        try {
            writeRecord(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(Sequential model, Dataset testing) throws IOException {
        Evaluation test = model.evaluate(testing);
        RunRecord record = writeRecord(RunRecord.Test.of(test), null);
        Safetensors.write(
                folder.path().resolve(StoredRun.WEIGHTS),
                model.parameters(),
                Map.of("epochs", Integer.toString(history.epochs().size())));
        DigitReading reading = DigitReading.of(model, data.test(), testing);
        screen.line(reading.accuracies());
        report(new RunReport(ComparisonReport.name(folder.path()), record, reading, model.summary(), loss));
        screen.line("results in " + folder.path());
        screen.line(String.format(Locale.ROOT, "test loss %.4f  accuracy %.4f", test.loss(), test.accuracy()));
    }

    private RunRecord writeRecord(RunRecord.@Nullable Test test, @Nullable String error) throws IOException {
        RunRecord record = new RunRecord(
                history.epochs().stream().map(RunRecord.Epoch::of).toList(),
                curve.points(),
                test,
                error,
                options,
                seed,
                backend.name(),
                Runtime.version().toString(),
                data.origin());
        folder.write(RunRecord.FILE, record.json());
        return record;
    }

    private void report(RunReport report) throws IOException {
        folder.write(RunReport.FILE, report.html());
        try {
            for (Picture picture : report.pictures()) {
                folder.write(picture.name() + ".png", picture.png());
            }
        } catch (LinkageError | InternalError | RuntimeException e) {
            // What a JDK throws without fonts differs by release and is documented nowhere.
            screen.line("No pictures of the run beside its report: this JDK cannot draw text (" + e + ").");
        }
    }
}
