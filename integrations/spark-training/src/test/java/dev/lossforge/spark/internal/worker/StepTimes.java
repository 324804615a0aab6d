package dev.lossforge.spark.internal.worker;

import dev.lossforge.spark.internal.ring.Token;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the model of docs/scaling.md, which says how to run it, with sums and steps of processes whose connections
 * are slowed down.
 */
@EnabledIfSystemProperty(named = "lossforge.measure", matches = "true", disabledReason = "measures, and tests nothing")
class StepTimes {

    /** In seconds, and in bytes per second. */
    @ParameterizedTest
    @CsvSource({
        "2,0.0002,100e6",
        "2,0.002,200e6",
        "2,0.001,50e6",
        "2,0.010,1e9",
        "4,0.0002,100e6",
        "4,0.002,200e6",
        "4,0.001,50e6",
        "4,0.010,1e9"
    })
    void steps(int workers, double latency, double bandwidth) throws IOException {
        Token token = Token.random();
        List<Process> processes = new ArrayList<>();
        for (int rank = 0; rank < workers; rank++) {
            processes.add(start(rank, workers, token, latency, bandwidth));
        }
        List<BufferedReader> outputs =
                processes.stream().map(Process::inputReader).toList();
        List<String> ports = new ArrayList<>();
        for (BufferedReader output : outputs) {
            ports.add(output.readLine());
        }
        for (Process process : processes) {
            process.outputWriter().append(String.join(" ", ports)).append('\n').flush();
        }
        double[] measured = Arrays.stream(outputs.getFirst().readLine().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double small = predicted(workers, 1000, latency, bandwidth);
        double large = predicted(workers, measured[0], latency, bandwidth);
        System.out.printf(
                Locale.ROOT,
                "%d processes, %.0f ms, %.0f MB/s: 1000 values %.1f predicted, %.1f measured; %.0f values %.1f, %.1f;"
                        + " a step alone %.1f; with the sum after it %.1f predicted, %.1f measured; with sums meanwhile"
                        + " %.1f measured%n",
                workers,
                1e3 * latency,
                1e-6 * bandwidth,
                small,
                measured[1],
                measured[0],
                large,
                measured[2],
                measured[3],
                measured[3] + large,
                measured[4],
                measured[5]);
        processes.forEach(Process::destroy);
    }

    /** In milliseconds. */
    private static double predicted(int workers, double values, double latency, double bandwidth) {
        double perWorker = (workers - 1.0) / workers;
        return 1e3 * (2 * (workers - 1) * latency + 2 * perWorker * Float.BYTES * values / bandwidth);
    }

    private static Process start(int rank, int workers, Token token, double latency, double bandwidth)
            throws IOException {
        String options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-modules"))
                .collect(Collectors.joining());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        options,
                        "-XX:ActiveProcessorCount=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowWorker.class.getName(),
                        String.valueOf(rank),
                        String.valueOf(workers),
                        token.hex(),
                        String.valueOf(latency),
                        String.valueOf(bandwidth))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
