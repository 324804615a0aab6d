package dev.lossforge.processor.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.LossforgeProcessor;
import dev.lossforge.processor.testing.SourceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the source is, the answer is a formula or a diagnostic, never an exception. */
class MutatedSourcesTest {

    private static final Pattern TOKEN = Pattern.compile("@?\\w+(\\.\\d+f?)?|->|[<>=!]=|&&|\\|\\||\\S");
    private static final int METHODS_PER_CLASS = 25;
    private static final int CLASSES = 8;
    private static final int SINGLE_METHODS = 40;
    private static final long DEEP_STACK = 1L << 29;

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
            RandomGeneratorFactory.of("L64X128MixRandom").create(20);

    /** Such sources mostly parse, so many fit in one file: types and names go wrong. */
    @Test
    void formulasWithExchangedWordsAreReadOrRefused() {
        for (int round = 0; round < CLASSES; round++) {
            StringBuilder members = new StringBuilder();
            for (int i = 0; i < METHODS_PER_CLASS; i++) {
                members.append(head(i)).append(exchanged(anyBody())).append('\n');
            }
            check(SourceReading.file("Losses", members.toString()));
        }
    }

    /** Such sources often do not parse, so each has a file of its own. */
    @Test
    void formulasWithLostOrDoubledTokensAreReadOrRefused() {
        for (int round = 0; round < SINGLE_METHODS; round++) {
            check(SourceReading.file("Losses", head(0) + lostOrDoubled(anyBody())));
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

    @ParameterizedTest
    @ValueSource(strings = {"-(p)", "abs(p)", "p + p", "p > 0 ? p : p"})
    void deepNestingIsReadOrRefused(String level) throws Exception {
        for (int depth : new int[] {90, 1000, 10000}) {
            String operand = "\\bp(?!.*\\bp)"; // the last one, so that what repeats is the nesting
            String[] around = level.split(operand, 2);
            String nested = around[0].repeat(depth) + "p" + around[1].repeat(depth);
            String texts = onDeepStack(SourceReading.file("Losses", method(nested)));
            assertThat(texts.contains("[FormulaDepth]")).as("depth %s", depth).isEqualTo(depth > 300);
        }
    }

    /** javac's parser itself recurs; with stack enough for it, what remains is our own answer. */
    private static String onDeepStack(String source) throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> check(source));
        new Thread(null, task, "deep", DEEP_STACK).start();
        return task.get();
    }

    @Test
    void longChainsOfLocalsAndHelpersAreReadOrRefused() {
        StringBuilder locals = new StringBuilder("@Loss static float f(@Prediction float p) { float x0 = p;\n");
        StringBuilder helpers = new StringBuilder("static float h0(float x) { return x; }\n");
        for (int i = 1; i < 1000; i++) {
            locals.append("float x%d = x%d * x%d;%n".formatted(i, i - 1, i - 1));
            helpers.append("static float h%d(float x) { return h%d(x) + h%d(x); }%n".formatted(i, i - 1, i - 1));
        }
        assertThat(check(SourceReading.file("Losses", locals + "return x999; }")))
                .contains("[FormulaDepth]");
        assertThat(check(SourceReading.file("Losses", helpers + method("h999(p)"))))
                .contains("[FormulaDepth]");
        assertThat(check(SourceReading.file("Losses", helpers + method("h40(p)"))))
                .isEmpty();
    }

    private static String method(String expression) {
        return "@Loss static float deep(@Prediction float p) { return " + expression + "; }";
    }

    /** The diagnostics' texts. */
    private static String check(String source) {
        Compilation compilation = Compiler.javac()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample.Losses", source));
        String texts = compilation.diagnostics().stream()
                .map(d -> d.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
        assertThat(texts).as(source).doesNotContain("[FormulaInternal]");
        return texts;
    }
}
