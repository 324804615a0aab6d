package dev.lossforge.cli;

import dev.lossforge.cli.report.ComparisonReport;
import dev.lossforge.cli.report.RunReport;
import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.digits.DigitReading;
import dev.lossforge.digits.MnistData;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.internal.files.FileProblem;
import dev.lossforge.runtime.internal.report.TrainingCurve;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import dev.lossforge.runtime.training.TrainingInterruptedException;
import dev.lossforge.samples.mnist.MnistCnn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trains and tests the MNIST network. It writes everything about the run to its folder: record, checkpoints, weights,
 * report and pictures.
 */
final class MnistRun implements Callback {
    /** The files of a run that carry no mark of Lossforge, and its report. */
    static final Set<String> FILES = Set.of(RunRecord.FILE, StoredRun.WEIGHTS, RunReport.FILE);

    private final RunRecord.Options options;
    private final long seed;
    private final LossFunction loss;
    private final Backend backend;
    private final MnistData data;
    private final RunFolder folder;
    private final TrainingOutput output;
    private final TrainingCurve curve = new TrainingCurve();
    private History history = new History(List.of());

    MnistRun(
            RunRecord.Options options,
            long seed,
            LossFunction loss,
            Backend backend,
            MnistData data,
            RunFolder folder,
            TrainingOutput output) {
        this.options = options;
        this.seed = seed;
        this.loss = loss;
        this.backend = backend;
        this.data = data;
        this.folder = folder;
        this.output = output;
    }

    /**
     * Checks everything that can be checked before the data is loaded.
     *
     * @throws ConfigurationException if a model cannot be compiled with these options
     */
    static void requireValid(RunRecord.Options options, LossFunction loss) {
        compileOptions(options, loss);
    }

    /** The backend, with its device if it offers a choice of devices. */
    static String where(Backend backend) {
        return backend.device()
                .map(device -> "%s backend (%s, %s)".formatted(backend.name(), device.id(), device.name()))
                .orElse(backend.name() + " backend");
    }

    /** The checkpoints of the run in this folder. Problems with writing or reading them are shown on the screen. */
    static Checkpoints checkpoints(RunFolder folder, Screen screen) {
        return Checkpoints.in(folder.path().resolve(StoredRun.CHECKPOINTS)).telling(screen::warn);
    }

    /**
     * Runs the training and the test, from the beginning or from a checkpoint.
     *
     * @param from the checkpoint to continue from; empty for a new run
     * @return the exit code
     */
    int run(Checkpoints checkpoints, Optional<Checkpoint> from) {
        Dataset images = data.train().toDataset();
        Dataset training = options.steering().training(images);
        Dataset testing = data.test().toDataset();
        int held = images.size() - training.size();
        output.screen()
                .line("%d training%s and %d test images: %s."
                        .formatted(
                                training.size(),
                                held == 0 ? "" : ", %d validation".formatted(held),
                                testing.size(),
                                data.description()));
        checkpoints
                .everySteps(options.checkpointEvery())
                .keeping(options.keep())
                .withNotes(new RunNotes(options, seed, backend.name()).toMap());
        try (Interruption interruption = Interruption.watched();
                Sequential model = MnistCnn.build(seed)) {
            model.compile(compileOptions(options, loss).withBackend(backend));
            FitOptions watched = FitOptions.epochs(options.epochs())
                    .withBatchSize(options.batchSize())
                    .withCallback(new TrainingProgress(output.screen()))
                    .withCallback(curve)
                    .withCallback(this);
            FitOptions fit = options.steering()
                    .applyTo(watched, images, options.learningRate())
                    .withCallback(interruption)
                    .withCheckpointer(checkpoints);
            boolean done = hasTrained(model, training, fit, from) && hasTested(model, testing, interruption);
            if (!done) {
                // The interruption must still be watched here, because the process ends as soon as it is closed.
                output.interrupted(folder.path(), record(null, null), checkpoints.last());
            }
            return done ? 0 : Interruption.EXIT_CODE;
        } catch (IOException e) {
            throw unwritable(e, checkpoints.last().isPresent());
        }
    }

    private ConfigurationException unwritable(IOException e, boolean resumable) {
        String next = resumable ? "continue with: lossforge resume " + ShellWord.of(folder.path()) : "train again.";
        return new ConfigurationException("The results could not be written to %s: %s; fix that, and %s"
                .formatted(folder.path(), FileProblem.of(e), next));
    }

    private static CompileOptions compileOptions(RunRecord.Options options, LossFunction loss) {
        CompileOptions compile = CompileOptions.of(Adam.of(options.learningRate()), loss)
                .withMetrics(Metrics.accuracy())
                .withThreads(options.threads());
        return options.steering().applyTo(compile);
    }

    /** Trains, and returns whether the training was completed. */
    private boolean hasTrained(Sequential model, Dataset training, FitOptions fit, Optional<Checkpoint> from) {
        try {
            history = from.isEmpty()
                    ? model.fit(training, fit)
                    : model.resume(training, fit, from.get().snapshot());
            return true;
        } catch (TrainingInterruptedException e) {
            return false;
        } catch (NonFiniteLossException e) {
            tryToRecord(e.getMessage());
            throw e;
        }
    }

    /** Tests the model, unless the process is ending. The last checkpoint has everything that a later test needs. */
    private boolean hasTested(Sequential model, Dataset testing, Interruption interruption) throws IOException {
        if (interruption.isRequested()) {
            return false;
        }
        try {
            finish(model, testing);
            return true;
        } catch (RuntimeException | LinkageError e) {
            // A JVM that is shutting down refuses some classes that drawing needs.
            if (interruption.isRequested()) {
                return false;
            }
            throw e;
        }
    }

    /** Records each epoch when it ends, so that an aborted run keeps its results. */
    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        history = training.history();
        tryToRecord(null);
    }

    private void tryToRecord(@Nullable String error) {
        try {
            writeRecord(null, error);
        } catch (IOException e) {
            // The training continues: its result is worth more than the record.
            output.screen()
                    .warn("The record of the epochs, " + folder.path().resolve(RunRecord.FILE)
                            + ", could not be written (" + FileProblem.of(e) + "); check whether the disk is full.");
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
        report(new RunReport(ComparisonReport.name(folder.path()), record, reading, model.summary(), loss));
        output.finished(folder.path(), record, reading);
    }

    private RunRecord writeRecord(RunRecord.@Nullable Test test, @Nullable String error) throws IOException {
        RunRecord record = record(test, error);
        folder.write(RunRecord.FILE, record.json());
        return record;
    }

    private RunRecord record(RunRecord.@Nullable Test test, @Nullable String error) {
        return new RunRecord(
                history.epochs().stream().map(RunRecord.Epoch::of).toList(),
                RunRecord.Curve.of(curve),
                test,
                error,
                options,
                seed,
                backend.name(),
                Runtime.version().toString(),
                data.origin());
    }

    private void report(RunReport report) throws IOException {
        folder.write(RunReport.FILE, report.html());
        try {
            for (Picture picture : report.pictures()) {
                folder.write(picture.name() + ".png", picture.png());
            }
        } catch (LinkageError | InternalError | RuntimeException e) {
            // The exception of a JDK without fonts differs between releases and is not documented.
            output.screen().warn("No pictures of the run next to its report: this JDK cannot draw text (" + e + ").");
        }
    }
}
