package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kernels of random formulas of the whole language, at tame inputs and at extreme ones: what the JVM and a device find
 * is what the formula means, within bounds of what floats can do. {@code -Dlossforge.random=500} draws so many,
 * {@code -Dlossforge.seed=7} others. They run in processes of their own, a few in each: PoCL was seen to crash in a
 * process that had compiled some hundreds of kernels, and a device that hangs is given up.
 */
class RandomFormulasTest {
    /** Begins the line that says which formula comes next. */
    static final String JUDGING = "Judging ";
    /** Begins the line that says which formula has no kernels. */
    static final String WITHOUT_KERNELS = "Without kernels for devices: ";

    private static final int FORMULAS = Integer.getInteger("lossforge.random", 20);
    private static final long SEED = Long.getLong("lossforge.seed", 1);
    private static final int PER_PROCESS = 20;
    private static final long LIMIT_MINUTES = 15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void kernelsOnTheDeviceComputeWhatTheirFormulasMean() throws Exception {
        System.out.println("Random formulas on a device: " + FORMULAS + " of seed " + SEED);
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        for (int from = 0; from < FORMULAS; from += PER_PROCESS) {
            String said = judge(SEED * 10_000_000 + from, Math.min(PER_PROCESS, FORMULAS - from), wrong);
            judged +=
                    (int) said.lines().filter(line -> line.startsWith(JUDGING)).count();
        }
        assertThat(wrong).as("%d of %d formulas were judged", judged, FORMULAS).isEmpty();
        assertThat(judged).as("formulas with kernels").isGreaterThan(FORMULAS * 3 / 4);
    }

    private String judge(long first, int count, List<String> wrong) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(folder.resolve("classes" + first));
        Path log = folder.resolve(first + ".log");
        Process process = new ProcessBuilder(command(classes, first, count))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(log);
        System.out.print(said);
        if (process.exitValue() != 0) {
            wrong.add((ended ? "exit code " + process.exitValue() : "hangs") + " after\n" + said);
        }
        return said;
    }

    private static List<String> command(Path classes, long first, int count) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(System.getProperty("lossforge.test.jvm").split(" ", -1)));
        command.addAll(List.of("-cp", classes + File.pathSeparator + System.getProperty("java.class.path")));
        command.addAll(List.of(
                DeviceJudge.class.getName(), classes.toString(), Long.toString(first), Integer.toString(count)));
        return command;
    }
}
