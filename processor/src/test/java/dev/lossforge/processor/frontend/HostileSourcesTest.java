package dev.lossforge.processor.frontend;

import dev.lossforge.processor.testing.Answer;
import dev.lossforge.processor.testing.SourceReading;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sources that nobody writes, but programs do: nested ten thousand levels deep, ten thousand statements long, or short
 * and of exponential meaning. The answer is a kernel that compiles or a diagnostic, and it comes. The time limit is no
 * measurement: without bounds these would not end.
 */
@Timeout(120)
class HostileSourcesTest {

    /** What surrounds the levels further in. */
    enum Nesting {
        PARENTHESES("return ", "(", "p[0]", ")", ";"),
        MINUS("return ", "-(", "p[0]", ")", ";"),
        LEFT_CHAIN("return ", "", "p[0]", " + p[0]", ";"),
        RIGHT_CHAIN("return ", "p[0] * (", "p[0]", ")", ";"),
        CALLS("return ", "abs(", "p[0]", ")", ";"),
        CASTS("return ", "(float) (", "p[0]", ")", ";"),
        CONDITIONALS("return ", "p[0] > 0 ? p[1] : ", "p[0]", "", ";"),
        CONDITIONS("return ", "(p[0] > 0 && ", "p[1] > 0", ")", " ? p[0] : 0;"),
        LAMBDAS("return ", "sum(p.length, i -> p[0] * ", "p[0]", ")", ";", "i"),
        INDICES("return p[", "(k + ", "k", ")", "];"),
        SWITCHES("return ", "switch (k) { case 0 -> p[0]; default -> ", "p[1]", "; }", ";"),
        IFS("", "if (p[0] > 0) { ", "return p[0];", " }", " return p[1];"),
        ELSE_IFS("", "if (p[0] > 1) { return p[0]; } else ", "{ return p[1]; }", "", ""),
        BLOCKS("", "{ ", "return p[0];", " }", "");

        private final String start;
        private final String open;
        private final String inside;
        private final String close;
        private final String end;
        private final String index;

        Nesting(String start, String open, String inside, String close, String end) {
            this(start, open, inside, close, end, "");
        }

        Nesting(String start, String open, String inside, String close, String end, String index) {
            this.start = start;
            this.open = open;
            this.inside = inside;
            this.close = close;
            this.end = end;
            this.index = index;
        }

        /** The body of a method; each level's lambda has an index of its own. */
        String body(int depth) {
            String opened = IntStream.range(0, depth)
                    .mapToObj(i -> index.isEmpty() ? open : open.replace(index + " ->", index + i + " ->"))
                    .collect(Collectors.joining());
            return start + opened + inside + close.repeat(depth) + end;
        }
    }

    @ParameterizedTest
    @EnumSource
    void nestingIsReadOrRefused(Nesting nesting) {
        Answer.toFile(method(nesting.body(10))).isKernel();
        Answer.toFile(method(nesting.body(130))).isKernelOr("FormulaDepth", "FormulaSize");
        Answer.onDeepStack(method(nesting.body(10_000))).isRefusedFor("FormulaDepth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x%2$d + 1", "x%2$d * x%2$d", "p[k + %1$d]", "x0 + %1$d", "x%2$d > 0 ? 1 : x%2$d"})
    void longMethodsAreReadOrRefused(String initializer) {
        StringBuilder body = new StringBuilder("float x0 = p[0];\n");
        for (int i = 1; i <= 10_000; i++) {
            body.append("float x%d = %s;%n".formatted(i, initializer.formatted(i, i - 1)));
        }
        Answer.toFile(method(body + "return x10000;")).isKernelOr("FormulaDepth", "FormulaSize");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "float x%1$d = x%2$d + x%2$d;",
                "float x%1$d = x%2$d * x%2$d + x%2$d;",
                "float x%1$d = sin(x%2$d) * cos(x%2$d);",
                "float x%1$d = p[0] > %1$d ? x%2$d + 1 : 2 * x%2$d;",
                "float x%1$d = x%2$d > %1$d ? x%2$d + 1 : log(x%2$d);",
                "float x%1$d = sum(p.length, i -> x%2$d * p[i]) / x%2$d;",
                "float x%1$d; if (x%2$d > 0) { x%1$d = x%2$d + 1; } else { x%1$d = x%2$d * 2; }",
                "if (x%2$d > p[%1$d]) { return x%2$d * p[%1$d]; } float x%1$d = x%2$d + 1;"
            })
    void doublingLocalsAreReadOrRefused(String step) {
        for (int levels : new int[] {5, 60}) {
            Answer.toFile(method("float x0 = p[0];\n" + levels(levels, step) + "return x" + levels + ";"))
                    .isKernelOr("FormulaDepth", "FormulaSize");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h%2$d(x) + h%2$d(x)",
                "h%2$d(x) * h%2$d(x + 1)",
                "h%2$d(2 * x) + h%2$d(x + 1)",
                "x > %1$d ? h%2$d(2 * x) : h%2$d(x + 1)",
                "h%2$d(sin(x)) * h%2$d(cos(x))"
            })
    void doublingHelpersAreReadOrRefused(String body) {
        for (int levels : new int[] {5, 60}) {
            String helpers = levels(levels, "static float h%1$d(float x) { return " + body + "; }");
            String source = SourceReading.file(
                    "Losses",
                    "static float h0(float x) { return x; }\n" + helpers + head() + "return h" + levels + "(p[0]); }");
            Answer.toFile(source).isKernelOr("FormulaDepth", "FormulaSize");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vector(p.length, i -> x%2$d[i] + x%2$d[(i + 1) %% p.length])",
                "vector(p.length, i -> sum(p.length, j -> x%2$d[i] * x%2$d[j]))",
                "softmax(x%2$d)",
                "p[0] > %1$d ? x%2$d : softmax(x%2$d)"
            })
    void doublingVectorsAreReadOrRefused(String step) {
        for (int levels : new int[] {3, 60}) {
            Answer.toFile(method("float[] x0 = p;\n" + levels(levels, "float[] x%1$d = " + step + ";") + "return sum(x"
                            + levels + ");"))
                    .isKernelOr("FormulaDepth", "FormulaSize");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 10_000, 100_000})
    void wideFormulasAreReadOrRefused(int terms) {
        IntFunction<String> term = i -> "sin(p[%d] * %d)".formatted(i, i);
        Answer.toFile(method("return " + balanced(0, terms, term) + ";")).isKernelOr("FormulaSize");
    }

    private static String balanced(int from, int to, IntFunction<String> term) {
        int middle = (from + to) / 2;
        return to - from == 1
                ? term.apply(from)
                : "(" + balanced(from, middle, term) + " + " + balanced(middle, to, term) + ")";
    }

    private static String levels(int levels, String step) {
        return IntStream.rangeClosed(1, levels)
                .mapToObj(i -> step.formatted(i, i - 1) + "\n")
                .collect(Collectors.joining());
    }

    private static String method(String body) {
        return SourceReading.file("Losses", head() + body + " }");
    }

    private static String head() {
        return "@Loss @SuppressWarnings(\"lossforge\") static float f(@Prediction float[] p, @Target int k) { ";
    }
}
