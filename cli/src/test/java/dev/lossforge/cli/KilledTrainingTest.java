package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.digits.Idx;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Safetensors;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training whose process dies, at any moment, and is resumed ends with the same bits as one that was left alone.
 * {@code -Dlossforge.kills=50} kills more often.
 */
@Tag("training")
class KilledTrainingTest {
    private static final int KILLS = Integer.getInteger("lossforge.kills", 3);

    /** What a run says before its first step. */
    private static final String BEGINS = " training and ";

    @TempDir
    private static Path scratch;

    private static Path data;
    private static Path log;
    private static List<Object> undisturbed;

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        data = Files.createDirectory(scratch.resolve("data"));
        log = scratch.resolve("log.txt");
        Idx.writeRandomSet(data, 480, 20);
        Path run = scratch.resolve("undisturbed");
        assertThat(Invocation.of(train(run)).exitCode()).isZero();
        undisturbed = outcome(run);
    }

    private static String[] train(Path out) {
        return new String[] {
            "train",
            "mnist",
            "--backend=cpu",
            "--data=" + data,
            "--epochs=2",
            "--batch-size=16",
            "--threads=2",
            "--checkpoint-every=2",
            "--out=" + out
        };
    }

    /** What a run ended with: its weights, the optimiser's memory, and the scores of every epoch. */
    private static List<Object> outcome(Path run) throws IOException {
        Path last = Checkpoints.list(run.resolve("checkpoints")).getFirst();
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
        return !Checkpoints.list(run.resolve("checkpoints")).isEmpty();
    }

    @Test
    void endsWithTheSameBitsHoweverOftenItIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom();
        int kills = 0;
        for (int number = 0; kills < KILLS; number++) {
            Path run = scratch.resolve("run" + number);
            boolean finished = false;
            while (!finished) {
                Files.deleteIfExists(log);
                Process process = hasCheckpoint(run)
                        ? LossforgeProcess.start(log, "resume", run.toString())
                        : LossforgeProcess.start(log, train(run));
                finished = kills < KILLS ? !killed(process, random) : process.waitFor(300, TimeUnit.SECONDS);
                if (finished) {
                    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
                } else {
                    kills++;
                }
            }
            assertThat(outcome(run)).as("run %d after %d kills", number, kills).isEqualTo(undisturbed);
        }
        System.out.println("killed " + kills + " times");
    }

    /** Kills it, mostly while it trains and sometimes before or after that, and says whether it still ran. */
    private static boolean killed(Process process, SplittableRandom random) throws Exception {
        if (random.nextInt(5) > 0) {
            awaitBeginning(process);
        }
        boolean ended = process.waitFor(random.nextLong(700), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private static void awaitBeginning(Process process) throws Exception {
        while (process.isAlive() && !Files.readString(log).contains(BEGINS)) {
            Thread.sleep(5);
        }
    }

    /**
     * By SIGTERM, since Ctrl-C's signal is ignored by what a shell runs in the background; both end a JVM the same way.
     */
    @Test
    void aPoliteSignalEndsWithACheckpoint() throws Exception {
        assumeTrue(File.separatorChar == '/', "signals are sent with kill");
        Files.deleteIfExists(log);
        Path run = scratch.resolve("polite");
        Process process = LossforgeProcess.start(log, train(run));
        while (process.isAlive() && !hasCheckpoint(run)) {
            Thread.sleep(5);
        }
        terminate(process);
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(log))
                .contains("Interrupted; epoch-", "is kept. Continue with: lossforge resume " + run)
                .doesNotContain("Exception");
        Invocation resumed = Invocation.of("resume", run.toString());
        assertThat(resumed.errors()).isEmpty();
        assertThat(outcome(run)).isEqualTo(undisturbed);
    }

    private static void terminate(Process process) throws Exception {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }

    /** When the JVM refuses to load more of what drawing needs. */
    @Test
    void aPoliteSignalAfterTheTrainingLeavesARunThatResumeBringsToItsEnd() throws Exception {
        assumeTrue(File.separatorChar == '/', "signals are sent with kill");
        Files.deleteIfExists(log);
        Path run = scratch.resolve("late");
        Process process = LossforgeProcess.start(log, train(run));
        while (process.isAlive() && !Files.readString(log).contains("epoch 2/2")) {
            Thread.sleep(5);
        }
        terminate(process);
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(log)).doesNotContain("Internal error", "Exception");
        Invocation resumed = Invocation.of("resume", run.toString());
        assertThat(resumed.errors()).isEmpty();
        assertThat(outcome(run)).isEqualTo(undisturbed);
    }
}
