package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver that dies in the middle of a training leaves no process behind. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostDriverTest {

    private static Process driver(Path errors) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EndlessTraining.class.getName()));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    /** The processes of the executors, when they are in the middle of a training. */
    private static List<ProcessHandle> executors(BufferedReader output) throws IOException {
        List<ProcessHandle> executors = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(EndlessTraining.EXECUTOR)) {
                long pid = Long.parseLong(line.substring(EndlessTraining.EXECUTOR.length()));
                executors.add(ProcessHandle.of(pid).orElseThrow());
            } else if (line.equals(EndlessTraining.TRAINS)) {
                return executors;
            }
        }
        return List.of();
    }

    @Test
    void leavesNothingRunning(@TempDir Path folder) throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process driver = driver(errors);
        try (BufferedReader output = driver.inputReader()) {
            List<ProcessHandle> executors = executors(output);
            assertThat(executors).as(errors::toString).isNotEmpty().allMatch(ProcessHandle::isAlive);
            driver.destroyForcibly().waitFor();
            for (ProcessHandle executor : executors) {
                executor.onExit().get(60, TimeUnit.SECONDS);
            }
        } finally {
            driver.destroyForcibly();
        }
    }
}
