package dev.lossforge.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lengths of axes without a value follow from the formula, and no others are excluded. */
class ExcludedExtentsTest {

    private static final Path CATALOGUE = Path.of("../losses/src/main/java/dev/lossforge/losses");

    /** The body of a loss on {@code float[] p, float[] y, float[] w}, where w is a hyperparameter. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    return p[0] + p[1] * p[1];                                                      | p 1-1
                    return sum(3, i -> p[i] * p[i]);                                                | p 1-2
                    return sum(20, i -> p[i] * p[i]);                                               | p 1-19
                    return sum(3, i -> p[2 * i + 1] * p[0]);                                        | p 1-5
                    return p[p.length - 2];                                                         | p 1-1
                    return max(3, i -> p[i]) + y[1];                                                | p 1-2, y 1-1
                    return p[0] * w[2];                                                             | w 1-2
                    return p[1] > 0 ? p[0] : 1f;                                                    | p 1-1
                    return p[0] > 0 ? p[1] : p[1] * p[2];                                           | p 1-1
                    return logSumExp(2, i -> p[i]) - p[0];                                          | p 1-1
                    return fold(3, 0f, (i, s) -> 0.5f * s + p[i]);                                  | p 1-2
                    return p[argSort(p.length, i -> y[i])[1]];                                      | p 1-1
                    return mean(p.length - 1, i -> abs(p[i + 1] - p[i]));                           | p 1-1
                    float m = mean(p); return sum(p.length, i -> square(p[i] - m)) / (p.length - 1);    | p 1-1
                    float m = mean(p); return sqrt(sum(p.length, i -> square(p[i] - m)) / (p.length - 1)); | p 1-1
                    return sum(p) / (p.length - 2);                                                 | p 2-2
                    return sum(p) / (p.length * (p.length - 1) / 2);                                | p 1-1
                    return sum(p) * (1f / (p.length - 1f));                                         | p 1-1
                    return log(p.length - 1f) + sum(p);                                             | p 1-1
                    return sum(p.length, i -> p[i] * y[i]) / (y.length - 1);                        | p 1-1
                    """)
    void whatAFormulaOfARowNeeds(String body, String expected) {
        assertThat(excluded(row(body))).isEqualTo(expected);
    }

    /** The body of a loss over the batch, on {@code float[][] p, int[] y}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    int n = p.length; return sum(n, i -> sum(n, j -> j == i ? 0f : exp(-square(p[i][0] - p[j][0])))) \
                    / (n * (n - 1));                                                                | p 1-1
                    int n = p.length; return mean(n, i -> logSumExp(n, j -> j == i ? Float.NEGATIVE_INFINITY \
                    : p[i][0] * p[j][0]) - p[i][0]);                                                | p 1-1
                    int n = p.length; return mean(n, i -> p[i][0] - max(n, j -> j != i ? p[j][0] \
                    : Float.NEGATIVE_INFINITY));                                                    | p 1-1
                    int n = p.length; return mean(n, i -> square(p[i][2]));                             | p.1 1-2
                    return square(p[0][0] - p[1][0]) + 0f * y[0];                                       | p 1-1
                    """)
    void whatAFormulaOfABatchNeeds(String body, String expected) {
        assertThat(excluded(batch(body))).isEqualTo(expected);
    }

    /** Guarded by a length, an index, the data, a function that has a value there, or the stable form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "return p.length > 1 ? p[1] : p[0];",
                "return p[0] > 0 ? p[0] * p[1] : p[0];",
                "if (p.length < 3) { return sum(p); } return p[2];",
                "return sum(3, i -> i < p.length ? p[i] * p[i] : 0f);",
                "return sum(min(3, p.length), i -> p[i] * p[i]);",
                "return sum(p.length, i -> i > 0 ? square(p[i] - p[i - 1]) : square(p[i]));",
                "return sum(p.length - 1, i -> square(p[i + 1] - p[i])) + square(p[0]);",
                "return sum(p) / max(p.length - 1, 1);",
                "return p.length == 1 ? sum(p) : sum(p) / (p.length - 1);",
                "return sum(p) + exp(-sum(p.length, i -> square(p[i])) / (p.length - 1));",
                "return sum(p.length, i -> y[i] > 0 ? p[i] * p[1] : p[i]);",
                "return y[0] == -100f ? 0f * p[0] : sum(3, i -> p[i] * p[i]);",
                "return sum(p) + min(1f, sum(p.length, i -> square(p[i])) / (p.length - 1f));",
                "return sum(p) + (p.length > 1 && p[1] > 0 ? 1f : 0f);",
                "return sum(p) + y[0] * log(p.length - 1f);",
                "return sum(p) / (y.length - 1 + p.length);",
                "return sum(w.length, i -> w[i] * p[0]);",
                "return fold(p.length, 0f, (i, s) -> 0.5f * s + p[i]);",
            })
    void whatIsGuardedIsNotExcluded(String body) {
        assertThat(excluded(row(body))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int n = p.length; return sum(n, i -> sum(n, j -> j == i ? 0f : square(p[i][0] - p[j][0])))"
                        + " / max(n * (n - 1), 1);",
                "int n = p.length; return mean(n, i -> max(0f, 1f + max(n, j -> j != i ? p[j][0]"
                        + " : Float.NEGATIVE_INFINITY)));",
                "int n = p.length; return mean(n, i -> logSumExp(n, j -> p[i][0] * p[j][0]));",
                "int n = p.length; return sum(n, i -> sum(n, j -> y[i] == y[j] ? square(p[i][0] - p[j][0]) : 0f)) / n;",
            })
    void whatIsGuardedInABatchIsNotExcluded(String body) {
        assertThat(excluded(batch(body))).isEmpty();
    }

    @Test
    void whatHasNoValueForAnyLengthIsNotAMatterOfLengths() {
        assertThat(excluded(row("return sum(p.length, i -> p[i] - p[i - 1]);"))).isEmpty();
    }

    @Test
    void theRestOfTheCatalogueTakesAllLengths() throws IOException {
        Map<String, String> excluding = new TreeMap<>();
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            String[] sources = files.filter(f -> f.toString().endsWith("Losses.java"))
                    .sorted()
                    .map(ExcludedExtentsTest::read)
                    .toArray(String[]::new);
            for (Formula formula : SourceReading.ofFiles(sources).formulas()) {
                String excluded = excluded(formula);
                if (!excluded.isEmpty()) {
                    excluding.put(formula.methodName(), excluded);
                }
            }
        }
        assertThat(excluding)
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(
                        "completeIou", "p 1-3, y 1-3",
                        "distanceIou", "p 1-3, y 1-3",
                        "generalizedIou", "p 1-3, y 1-3",
                        "ntXent", "embeddings 1-1",
                        "structuralSimilarity", "p 1-6",
                        "supervisedContrastive", "embeddings 1-1")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Formula row(String body) {
        return formula(
                "@Loss(scope = Scope.SAMPLE) static float f(@Prediction float[] p, @Target float[] y, @Param float[] w)",
                body);
    }

    private static Formula batch(String body) {
        return formula("@Loss static float f(@Prediction float[][] p, @Target int[] y)", body);
    }

    private static Formula formula(String head, String body) {
        return SourceReading.ofMembers(head + " { " + body + " }").formula();
    }

    /** As {@code p 1-2, y 1-1}; {@code p.1} is the second axis of p. */
    private static String excluded(Formula formula) {
        Formula stable = Stabilizer.rewrite(formula).formula();
        List<ExcludedExtents.Range> ranges = ExcludedExtents.of(
                Lowering.lower(LogSumExpSplitter.rewrite(Simplifier.rewrite(ReverseMode.differentiate(stable)))));
        return String.join(
                ", ",
                ranges.stream()
                        .map(r -> r.axis().input().name()
                                + (r.axis().axis() == 0 ? "" : "." + r.axis().axis()) + " " + r.from() + "-" + r.to())
                        .toList());
    }
}
