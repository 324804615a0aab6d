package dev.lossforge.cli;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.runtime.checkpoint.CheckpointException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The notes in a checkpoint about its run, from which {@code resume} takes all options.
 *
 * @param backend the selected backend, even if the user chose {@code auto}
 */
record RunNotes(RunRecord.Options options, long seed, String backend) {
    private static final String SAMPLE = "sample";
    private static final String MNIST = "mnist";
    private static final String OPTIONS = "options";
    private static final String SEED = "seed";
    private static final String BACKEND = "backend";

    Map<String, String> toMap() {
        return Map.of(SAMPLE, MNIST, OPTIONS, options.json(), SEED, Long.toString(seed), BACKEND, backend);
    }

    /**
     * Parses the result of {@link #toMap}.
     *
     * @throws CheckpointException if the checkpoint does not belong to an MNIST run
     */
    static RunNotes of(Map<String, String> notes) {
        @Nullable String options = notes.get(OPTIONS);
        @Nullable String seed = notes.get(SEED);
        @Nullable String backend = notes.get(BACKEND);
        if (!MNIST.equals(notes.get(SAMPLE)) || options == null || seed == null || backend == null) {
            throw new CheckpointException("It does not belong to a run of 'lossforge train mnist'.");
        }
        return new RunNotes(RunRecord.Options.parse(options), Long.parseLong(seed), backend);
    }
}
