package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.digits.Idx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Command lines put together at random from words that commands know and words that they should not believe: every one
 * ends with a documented exit code and, if it failed, with one sentence; none shows an internal error or writes beside
 * the folder that it was given. {@code -Dlossforge.fuzz=100000} tries more of them.
 */
class HostileCommandLineTest {
    private static final int INPUTS = Integer.getInteger("lossforge.fuzz", 300);

    private static final List<String> NUMBERS = lines("""
            0
            1
            3
            -1
            0.5
            NaN
            1e999
            -0
            2147483648
            9223372036854775808
            1_0
            ٣

             1""");

    private static final List<String> JSON = lines("""
            []
            [1,2]
            [0.2, 3]
            [0, 0]
            [-1]
            [[1,2],[3]]
            [[[1]]]
            [1,
            {}
            {"a":1}
            [1e400]
            [99999999999]
            [null]
            ["1"]
            [true]
            [NaN]
            nan
            "x"
            @
            @/dev/null
            """);

    private static final List<String> NAMES = lines("""
            huber
            HuberLoss
            dev.lossforge.losses.HuberLoss
            softmaxCrossEntropy
            focal
            l2
            hub
            .
            ../huber
            a/b
            delta=1
            delta=
            =1
            delta=NaN
            gamma=-1
            weight=[1,2]
            """);

    private static final List<String> OPTIONS = lines("""
            --json
            --help
            --stacktrace=
            --quiet
            --out
            --prediction
            --target
            --param
            --weights
            --mask
            --reduction
            --ignore-index
            --classpath
            --epochs
            --data
            --backend
            --device
            --limit
            --seed
            --package
            --onnx
            --schedule
            --clip-norm
            --validation
            --early-stopping
            --
            -
            @x
            """);

    /** Without the option they would write to a folder of this module's. */
    private static final Set<String> WRITERS = Set.of("new", "explain", "compare", "train");

    /** Those that take long, as they draw or train, are rare. */
    private static final List<String> COMMANDS = lines("""
            eval
            eval
            eval
            eval
            eval
            eval
            explain
            losses
            evaluate
            predict
            export
            compare
            resume
            train
            train mnist
            sample
            new
            devices
            completion
            help
            evall

            """);

    private static final List<String> LONG = List.of(
            "[".repeat(3000),
            "[1".repeat(70),
            "[" + "0,".repeat(4000) + "0]",
            "x".repeat(5000),
            "\0",
            "\u202ehuber",
            "a\nb");

    @TempDir
    private Path scratch;

    private final SplittableRandom random = new SplittableRandom(11);
    private List<String> files;
    private Path run;

    @BeforeEach
    void writeFiles() throws IOException {
        Path data = Files.createDirectory(scratch.resolve("data"));
        Idx.writeSet(data);
        run = scratch.resolve("run");
        assertThat(Invocation.of("train", "mnist", "--backend=constant", "--data=" + data, "--out=" + run, "--epochs=1")
                        .exitCode())
                .isZero();
        Path text = Files.writeString(scratch.resolve("text"), "[1, 2");
        files = Stream.of(
                        scratch.resolve("absent"),
                        scratch.resolve("text"),
                        scratch.resolve("text/below"),
                        scratch.resolve("new"),
                        data,
                        data.resolve("t10k-labels.idx1-ubyte"),
                        run,
                        run.resolve("model.safetensors"),
                        run.resolve("loss.png"),
                        text)
                .map(Path::toString)
                .toList();
    }

    @Test
    void everyCommandLineIsCarriedOutOrRefusedInOneSentence() throws IOException {
        List<Path> before = listing(Path.of(""));
        int carriedOut = 0;
        for (int i = 0; i < INPUTS; i++) {
            List<String> words = words();
            Invocation invocation = invoked(i, words);
            carriedOut += invocation.exitCode() == 0 ? 1 : 0;
            assertThat(invocation.exitCode()).as("input %d: %s", i, words).isBetween(0, 2);
            assertThat(String.join("\n", invocation.errors()))
                    .as("input %d: %s", i, words)
                    .doesNotContain("Internal error", "Exception", "\tat ");
            if (invocation.exitCode() != 0) {
                assertThat(invocation.errors()).as("input %d: %s", i, words).isNotEmpty();
                assertThat(invocation.errors().getFirst()).startsWith("lossforge: ");
            }
        }
        assertThat(carriedOut).isPositive().isLessThan(INPUTS);
        assertThat(listing(Path.of(""))).isEqualTo(before);
        System.out.println(INPUTS + " command lines, of which " + carriedOut + " were carried out");
    }

    private static Invocation invoked(int number, List<String> words) {
        try {
            return Invocation.of(words.toArray(String[]::new));
        } catch (RuntimeException | Error e) {
            throw new AssertionError("input " + number + ": " + words, e);
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(pick(COMMANDS).split(" ", -1)));
        String command = words.getFirst();
        // Before all others, one of which may be "--", so that it is not taken for a name.
        if (WRITERS.contains(command)) {
            words.add("--out=" + scratch.resolve("out"));
        }
        if (command.equals("train")) {
            // Whatever else it says, it computes nothing and has five images.
            words.add("--backend=constant");
            words.add("--data=" + scratch.resolve("data"));
        }
        for (int i = random.nextInt(7); i > 0; i--) {
            words.add(word());
        }
        words.removeIf(word -> word.matches("\\d+|[a-z]+(-[a-z]+)+") && command.equals("sample"));
        return words;
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private String word() {
        return switch (random.nextInt(9)) {
            case 0 -> pick(NUMBERS);
            case 1 -> pick(JSON);
            case 2 -> pick(NAMES);
            case 3 -> pick(files);
            case 4 -> pick(OPTIONS);
            case 5 -> pick(OPTIONS) + "=" + pick(NUMBERS);
            case 6 -> pick(LONG);
            case 7 -> pick(OPTIONS) + "=" + pick(random.nextBoolean() ? JSON : NAMES);
            default -> noise();
        };
    }

    private String noise() {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        // Not a path outside: what a user names is written to.
        return new String(bytes, StandardCharsets.UTF_8).replace("/", "");
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static List<Path> listing(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
