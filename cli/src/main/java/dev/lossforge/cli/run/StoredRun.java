package dev.lossforge.cli.run;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.checkpoint.CheckpointException;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.samples.mnist.MnistCnn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder with the results of a run.
 *
 * @param record the record in the folder
 */
public record StoredRun(Path path, RunRecord record) {
    /** The weights at the end of the training. */
    public static final String WEIGHTS = "model.safetensors";

    /** The folder of the checkpoints. */
    public static final String CHECKPOINTS = "checkpoints";

    /**
     * The run in this folder.
     *
     * @throws dev.lossforge.runtime.data.DataException if the folder has none
     */
    public static StoredRun at(Path path) throws IOException {
        return new StoredRun(path, RunRecord.read(path));
    }

    /**
     * The network with the weights of the run: the final ones or, as long as they do not exist, those of the last
     * intact checkpoint.
     */
    public Sequential model(Consumer<String> notice) throws IOException {
        Sequential model = MnistCnn.build(record.seed());
        Path file = path.resolve(WEIGHTS);
        if (Files.exists(file)) {
            try {
                model.loadParameters(Safetensors.readSealed(file).tensors());
                return model;
            } catch (LossforgeException e) {
                notice.accept(e.getMessage() + " The last checkpoint is used instead.");
            }
        } else {
            notice.accept("The run has not finished; its last checkpoint is used.");
        }
        model.loadParameters(lastCheckpoint(model, notice).snapshot().parameters());
        return model;
    }

    private Checkpoint lastCheckpoint(Sequential model, Consumer<String> notice) throws IOException {
        Optional<Checkpoint> last = Checkpoints.latest(
                path.resolve(CHECKPOINTS),
                checkpoint -> model.architecture()
                        .requireParameters(checkpoint.snapshot().parameters()),
                notice);
        return last.orElseThrow(() ->
                new CheckpointException("The run in " + path + " has no weights that can be used; train it again."));
    }
}
