package dev.lossforge.cli;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.digits.DataChoice;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.checkpoint.CheckpointException;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.samples.mnist.MnistCnn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lossforge resume}. */
@Command(
        name = "resume",
        description = {
            "Continues a training that was interrupted by Ctrl-C, a crash, or a power failure.",
            "",
            "The run ends with bit-identical weights and scores, as if nothing had happened, as long as it"
                    + " continues with the same Java on the same kind of processor. The last intact checkpoint is"
                    + " used; a damaged one is reported and skipped.",
            "",
            "A finished run can be extended: lossforge resume runs/20260131-120000 --epochs 10"
        },
        footer = {"", "Exit codes: 0 done; 1 the run cannot be resumed; 2 wrong usage; 130 interrupted again."})
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private RunArgument run;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = PositiveInteger.class,
            description = "Train for N epochs in total instead of the original number.")
    private @Nullable Integer epochs;

    @Mixin
    private TrainingOutput output;

    @Override
    public Integer call() throws IOException {
        Screen screen = output.screen();
        if (!Files.isDirectory(run.path().resolve(StoredRun.CHECKPOINTS))) {
            throw new CheckpointException("There is nothing to resume in " + run.path() + ": it has no folder "
                    + StoredRun.CHECKPOINTS + "; give the folder to which a training wrote its results.");
        }
        try (RunFolder folder = RunFolder.ofRun(run.path(), MnistRun.FILES);
                Checkpoints checkpoints = MnistRun.checkpoints(folder, screen)) {
            Optional<Checkpoint> last = checkpoints.latest(ResumeCommand::requireThisNetwork);
            Checkpoint checkpoint = last.orElseThrow(() ->
                    new CheckpointException("No checkpoint of " + run.path() + " can be used; train the run again."));
            return resume(checkpoint, folder, checkpoints, screen);
        }
    }

    private int resume(Checkpoint checkpoint, RunFolder folder, Checkpoints checkpoints, Screen screen)
            throws IOException {
        RunNotes notes = RunNotes.of(checkpoint.notes());
        RunRecord.Options options = notes.options();
        Backend backend = Backends.select(notes.backend(), options.device());
        screen.line("Continuing after %s on the %s, Java %s."
                .formatted(
                        checkpoint.snapshot().position(),
                        MnistRun.where(backend),
                        Runtime.version().feature()));
        MnistData digits = new MnistSource(new DataProgress(screen))
                .load(DataChoice.parse(options.data()), Objects.requireNonNullElse(options.limit(), Integer.MAX_VALUE));
        RunRecord.Options wanted = epochs == null ? options : options.withEpochs(epochs);
        return new MnistRun(wanted, notes.seed(), wanted.steering().loss(), backend, digits, folder, output)
                .run(checkpoints, Optional.of(checkpoint));
    }

    private static void requireThisNetwork(Checkpoint checkpoint) {
        RunNotes.of(checkpoint.notes());
        MnistCnn.build(0)
                .architecture()
                .requireParameters(Map.copyOf(checkpoint.snapshot().parameters()));
    }
}
