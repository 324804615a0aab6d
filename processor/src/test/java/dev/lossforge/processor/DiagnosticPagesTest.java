package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Severity;
import dev.lossforge.processor.testing.Javac;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each page of {@code docs/diagnostics}: its wrong code gets its message, and its right code gets none. */
class DiagnosticPagesTest {

    private static final Path PAGES = Path.of("../docs/diagnostics");
    private static final Pattern PAGE = Pattern.compile(
            "# (\\w+)\n.*\n## Wrong\n\n```java\n(.*?)\n```\n\n```\n(.*?)\n```\n\n## Right\n\n```java\n(.*?)\n```\n.*",
            Pattern.DOTALL);
    private static final Pattern LONG_SUM = Pattern.compile("(\\w+)\\[0] \\+ \\w+\\[1] \\+ … \\+ \\w+\\[(\\d+)]");

    private static Set<String> ids() {
        return Arrays.stream(Message.values()).map(Message::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyIdHasAPageAndEveryPageAnId() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            Set<String> pages = files.map(f -> f.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(pages).isEqualTo(ids());
        }
    }

    @Test
    void everyWarningIsListed() throws IOException {
        String overview = Files.readString(PAGES.resolve("README.md"));
        assertThat(Arrays.stream(Message.values())
                        .filter(m -> m.severity() == Severity.WARNING)
                        .map(m -> "[%s](%s.md)".formatted(m.id(), m.id())))
                .allSatisfy(link -> assertThat(overview).contains(link));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void wrongCodeGetsTheMessageAndRightCodeNone(String id) throws IOException {
        MatchResult page = page(id);
        String wrong = page.group(2);
        List<String> messages =
                compile(processor(id), wrong).map(DiagnosticPagesTest::text).toList();
        String expected = Pattern.quote(page.group(3)).replace("…", "\\E.*\\Q");
        assertThat(messages).as(wrong).anySatisfy(m -> assertThat(m).matches("(?s)" + expected));
        String right = page.group(4);
        assertThat(compile(new LossforgeProcessor(), right).map(DiagnosticPagesTest::text))
                .as(right)
                .isEmpty();
    }

    private static MatchResult page(String id) throws IOException {
        String text = Files.readString(PAGES.resolve(id + ".md"));
        Matcher page = PAGE.matcher(text);
        assertThat(page.matches())
                .as("wrong code, message and right code in %s", text)
                .isTrue();
        assertThat(page.group(1)).isEqualTo(id);
        return page.toMatchResult();
    }

    /** Some messages take more than wrong code. */
    private static Processor processor(String id) {
        return switch (id) {
            case "FormulaCompiler" -> WrappedProcessor.withoutTrees();
            case "FormulaOutput" -> WrappedProcessor.withRival();
            case "FormulaInternal" -> new DefectiveProcessor();
            default -> new LossforgeProcessor();
        };
    }

    private static Stream<Diagnostic<?>> compile(Processor processor, String members) {
        List<String> options = members.lines()
                .limit(1)
                .flatMap(l -> Stream.of(l.split(" ")))
                .filter(w -> w.startsWith("-A"))
                .toList();
        Compilation compilation = Javac.compiler()
                .withProcessors(processor)
                .withOptions(options)
                .compile(JavaFileObjects.forSourceString(
                        "sample.Losses", SourceReading.file("Losses", withLongSums(members))));
        return compilation.diagnostics().stream().map(d -> (Diagnostic<?>) d);
    }

    private static String withLongSums(String members) {
        return LONG_SUM.matcher(members)
                .replaceAll(sum -> IntStream.rangeClosed(0, Integer.parseInt(sum.group(2)))
                        .mapToObj(i -> sum.group(1) + "[" + i + "]")
                        .collect(Collectors.joining(" + ")));
    }

    private static String text(Diagnostic<?> diagnostic) {
        String severity = switch (diagnostic.getKind()) {
            case ERROR -> "error";
            case WARNING, MANDATORY_WARNING -> "warning";
            case NOTE, OTHER -> "note";
        };
        return severity + ": "
                + diagnostic
                        .getMessage(Locale.ROOT)
                        .replaceAll(" {3}\\(https:.*\\)", "")
                        .replaceAll("\n +", "\n  ");
    }
}
