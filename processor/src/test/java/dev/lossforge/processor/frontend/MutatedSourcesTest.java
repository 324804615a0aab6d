package dev.lossforge.processor.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.Answer;
import dev.lossforge.processor.testing.Effort;
import dev.lossforge.processor.testing.SourceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever the source is, the answer is a kernel that compiles or a diagnostic, never an exception.
 * {@code -Dlossforge.random.sources=20000 -Dlossforge.random.seed=7} tries more, and others.
 */
class MutatedSourcesTest {

    private static final Pattern TOKEN = Pattern.compile("@?\\w+(\\.\\d+f?)?|->|[<>=!]=|&&|\\|\\||\\S");
    private static final int METHODS_PER_CLASS = 25;
    private static final int SOURCES = Effort.of("lossforge.random.sources", 100);
    private static final long SEED = Long.getLong("lossforge.random.seed", 20);

    private static final List<String> BODIES = List.of("""
            { float r = abs(p[0] - y[0]); return r <= a ? 0.5f * r * r : a * (r - 0.5f * a); }
            """, """
            { return logSumExp(p) - p[k] + sum(p.length, i -> y[i] * p[i]); }
            """, """
            { float[] q = softmax(p); if (k > 0) { return dot(q, y); } else if (a < 1) return q[k]; return norm(q) * a; }
            """, """
            { float s; if (a > 0 && k != 2) { s = max(0f, 1f - p[1]); } else { s = -p[k]; } return mean(p.length, i -> { float d = s - p[i]; return d * d; }); }
            """, """
            { return switch (k) { case 0 -> p[0]; case 1, 2 -> (float) k * p[1]; default -> clamp(p[2], -1f, (int) a); }; }
            """);

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @BeforeAll
    static void printSeed() {
        System.out.printf("%d mutated sources, seed %d%n", SOURCES, SEED);
    }

    /** Such sources mostly parse, so many fit in one file: types and names go wrong. */
    @Test
    void formulasWithExchangedWordsAreReadOrRefused() {
        for (int round = 0; round < SOURCES / METHODS_PER_CLASS; round++) {
            List<String> methods = new ArrayList<>();
            for (int i = 0; i < METHODS_PER_CLASS; i++) {
                methods.add(head(i) + exchanged(anyBody()));
            }
            check(methods);
        }
    }

    /** Such sources often do not parse, so each has a file of its own. */
    @Test
    void formulasWithLostOrDoubledTokensAreReadOrRefused() {
        for (int round = 0; round < SOURCES / 5; round++) {
            check(List.of(head(0) + lostOrDoubled(anyBody())));
        }
    }

    /** Takes methods with errors away until what is left are kernels, which compile. */
    private static void check(List<String> methods) {
        List<String> left = new ArrayList<>(methods);
        while (!left.isEmpty()) {
            Answer answer = Answer.toFile(SourceReading.file("Losses", String.join("\n", left)));
            if (answer.errors().isEmpty()) {
                answer.isKernel();
                return;
            }
            int before = left.size();
            List<String> faulty = answer.errorLines().stream()
                    .map(line -> left.get(Math.clamp(line - SourceReading.FIRST_LINE, 0, left.size() - 1)))
                    .toList();
            left.removeAll(faulty);
            assertThat(left.size()).as(answer.errors().toString()).isLessThan(before);
        }
    }

    private static String head(int number) {
        return "@Loss static float f%d(@Prediction float[] p, @Target float[] y, @Target int k, @Param float a) "
                .formatted(number);
    }

    private List<String> anyBody() {
        String body = BODIES.get(random.nextInt(BODIES.size()));
        return new ArrayList<>(
                TOKEN.matcher(body).results().map(MatchResult::group).toList());
    }

    private String exchanged(List<String> tokens) {
        for (int change = 1 + random.nextInt(3); change > 0; change--) {
            int i = 1 + random.nextInt(tokens.size() - 2);
            int j = 1 + random.nextInt(tokens.size() - 2);
            if (isWord(tokens.get(i)) && isWord(tokens.get(j))) {
                tokens.set(i, tokens.get(j));
            }
        }
        return String.join(" ", tokens);
    }

    private String lostOrDoubled(List<String> tokens) {
        int i = 1 + random.nextInt(tokens.size() - 2);
        if (random.nextBoolean()) {
            tokens.remove(i);
        } else {
            tokens.add(i, tokens.get(i));
        }
        return String.join(" ", tokens);
    }

    private static boolean isWord(String token) {
        return token.matches("[a-zA-Z0-9.]+") && !token.matches("return|if|else|float|switch|case|default|int");
    }
}
