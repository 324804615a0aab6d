package dev.lossforge.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.runtime.checkpoint.CheckpointFolder;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.samples.mnist.Idx;
import dev.lossforge.samples.run.RunRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training whose process dies, at any moment, and is resumed ends with the same bits as one that was left alone.
 * {@code -Dlossforge.kills=50} kills more often.
 */
class KilledTrainingTest {
    private static final int KILLS = Integer.getInteger("lossforge.kills", 3);

    @TempDir
    private Path scratch;

    private Path data;
    private Path log;

    @BeforeEach
    void writeData() throws IOException {
        data = Files.createDirectory(scratch.resolve("data"));
        log = scratch.resolve("log.txt");
        Idx.writeRandomSet(data, 480, 20);
    }

    private String[] train(Path out) {
        return new String[] {
            "train",
            "mnist",
            "--backend=cpu",
            "--data=" + data,
            "--epochs=3",
            "--batch-size=16",
            "--threads=2",
            "--checkpoint-every=2",
            "--out=" + out
        };
    }

    /** What a run ended with: its weights, the optimiser's memory, and the scores of every epoch. */
    private static List<Object> outcome(Path run) throws IOException {
        Path last = CheckpointFolder.at(run.resolve("checkpoints")).list().getFirst();
        RunRecord record = RunRecord.read(run);
        List<Object> outcome = new ArrayList<>();
        outcome.add(last.getFileName().toString());
        outcome.add(Safetensors.readSealed(run.resolve("model.safetensors")));
        outcome.add(Safetensors.readSealed(last.resolve("model.safetensors")));
        outcome.add(Safetensors.readSealed(last.resolve("optimizer.safetensors")));
        record.epochs().forEach(epoch -> outcome.add(List.of(epoch.loss(), epoch.accuracy())));
        outcome.add(record.curve());
        outcome.add(record.test());
        return outcome;
    }

    private static boolean hasCheckpoint(Path run) throws IOException {
        return !CheckpointFolder.at(run.resolve("checkpoints")).list().isEmpty();
    }

    private List<Object> undisturbed() throws IOException {
        Path run = scratch.resolve("undisturbed");
        assertThat(Invocation.of(train(run)).exitCode()).isZero();
        return outcome(run);
    }

    @Test
    void endsWithTheSameBitsHoweverOftenItIsKilled() throws Exception {
        List<Object> expected = undisturbed();
        SplittableRandom random = new SplittableRandom();
        int kills = 0;
        for (int number = 0; kills < KILLS; number++) {
            Path run = scratch.resolve("run" + number);
            boolean finished = false;
            while (!finished) {
                boolean begun = hasCheckpoint(run);
                Process process = begun
                        ? LossforgeProcess.start(log, "resume", run.toString())
                        : LossforgeProcess.start(log, train(run));
                finished =
                        kills < KILLS ? !killed(process, run, begun, random) : process.waitFor(300, TimeUnit.SECONDS);
                if (finished) {
                    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
                } else {
                    kills++;
                }
            }
            assertThat(outcome(run)).as("run %d after %d kills", number, kills).isEqualTo(expected);
        }
        System.out.println("killed " + kills + " times");
    }

    /** Kills it some time after it has something to lose, and says whether it still ran. */
    private static boolean killed(Process process, Path run, boolean begun, SplittableRandom random) throws Exception {
        while (!begun && process.isAlive() && !hasCheckpoint(run)) {
            Thread.sleep(5);
        }
        boolean ended = process.waitFor(random.nextLong(begun ? 2500 : 800), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    /**
     * By SIGTERM, since Ctrl-C's signal is ignored by what a shell runs in the background; both end a JVM the same way.
     */
    @Test
    void aPoliteSignalEndsWithACheckpoint() throws Exception {
        assumeTrue(File.separatorChar == '/', "signals are sent with kill");
        Path run = scratch.resolve("run");
        Process process = LossforgeProcess.start(log, train(run));
        while (process.isAlive() && !hasCheckpoint(run)) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(log))
                .contains("Interrupted; epoch-", "is kept. Go on with: lossforge resume " + run)
                .doesNotContain("Exception");
        Invocation resumed = Invocation.of("resume", run.toString());
        assertThat(resumed.errors()).isEmpty();
        assertThat(outcome(run)).isEqualTo(undisturbed());
    }
}
