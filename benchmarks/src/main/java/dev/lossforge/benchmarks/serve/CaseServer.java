package dev.lossforge.benchmarks.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves cases, one command a line and one answer a line, "ok …" or "error …":
 *
 * <pre>
 * case CLASS PARAMETERS INPUT…    makes a case; the parameters are separated by ",", "-" if there are none
 * check FOLDER                    runs it once; the value and the nanoseconds; writes the gradients into the folder
 * time SECONDS                    runs it for so long, once at least; the fastest call in nanoseconds, and the calls
 * first SECONDS                   the first call in nanoseconds, and the calls within so long from its start
 * triad FLOATS SECONDS            the fastest pass of the triad over arrays of so many floats, and the passes
 * </pre>
 *
 * <p>After the figures comes the sum of the computed values, so that no call is idle.
 */
public final class CaseServer {
    private @Nullable LossCase current;

    private CaseServer() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, UTF_8);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        CaseServer server = new CaseServer();
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(server.answer(line.split(" ", -1)));
        }
    }

    private String answer(String[] words) {
        try {
            return "ok " + obey(words);
        } catch (IOException | RuntimeException e) {
            return "error " + e.toString().replace('\n', ' ');
        }
    }

    private String obey(String[] words) throws IOException {
        return switch (words[0]) {
            case "case" -> {
                List<String> parameters = words[2].equals("-") ? List.of() : List.of(words[2].split(",", -1));
                current = null; // lets its arrays go before the next ones are made
                current = LossCase.of(words[1], parameters, Arrays.asList(words).subList(3, words.length));
                yield "";
            }
            case "check" -> check(Path.of(words[1]));
            case "time" -> fastest(made()::run, Double.parseDouble(words[1]));
            case "first" -> first(made(), Double.parseDouble(words[1]));
            case "triad" -> fastest(new Triad(Integer.parseInt(words[1]))::run, Double.parseDouble(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private LossCase made() {
        if (current == null) {
            throw new IllegalStateException("no case");
        }
        return current;
    }

    private String check(Path folder) throws IOException {
        long begin = System.nanoTime();
        double value = made().run();
        long nanos = System.nanoTime() - begin;
        made().writeGradients(folder);
        return value + " " + nanos;
    }

    private String fastest(DoubleSupplier work, double seconds) {
        long end = System.nanoTime() + (long) (1e9 * seconds);
        long fastest = Long.MAX_VALUE;
        int calls = 0;
        double sum = 0;
        long begin = System.nanoTime();
        do {
            sum += work.getAsDouble();
            long now = System.nanoTime();
            fastest = Math.min(fastest, now - begin);
            begin = now;
            calls++;
        } while (begin < end);
        return fastest + " " + calls + " " + sum;
    }

    private String first(LossCase cold, double seconds) {
        long begin = System.nanoTime();
        double sum = cold.run();
        long first = System.nanoTime() - begin;
        int calls = 1;
        while (System.nanoTime() - begin < 1e9 * seconds) {
            sum += cold.run();
            calls++;
        }
        return first + " " + calls + " " + sum;
    }
}
