package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.testing.Advice;
import dev.lossforge.processor.testing.Javac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Who does what a message advises, hears no more of it, and nothing new. Each member of the files in
 * {@code src/test/resources/diagnostics} is compiled, changed as each of its messages advises, and compiled again.
 */
class AdviceTest {

    private static final Path SOURCES = Path.of("src/test/resources/diagnostics");

    @TestFactory
    Stream<DynamicTest> adviceThatIsTakenSilences() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().toList().stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
        }
    }

    private static void check(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        String source = Files.readString(file).replaceAll("(?m)^ *// *\\^.*\\n", "");
        List<Executable> checks = new ArrayList<>();
        for (String member : members(source)) {
            checks.addAll(checks(name, member));
        }
        assertAll(checks);
    }

    /** The source with one member that is a formula, for each, and all others that are none. */
    private static List<String> members(String source) {
        int body = source.indexOf("{\n", source.indexOf("class ")) + 2;
        String first = source.substring(body).replaceFirst("(?s)\\S.*", "").replaceFirst("(?s).*\n", "");
        List<String> members = Arrays.asList(
                source.substring(body, source.lastIndexOf('}')).stripTrailing().split("\n\n(?=" + first + "\\S)"));
        return members.stream()
                .filter(AdviceTest::isFormula)
                .map(chosen -> source.substring(0, body)
                        + String.join(
                                "\n\n",
                                members.stream()
                                        .filter(m -> m == chosen || !isFormula(m))
                                        .toList())
                        + "\n}\n")
                .toList();
    }

    private static boolean isFormula(String member) {
        return member.contains("@Loss") || member.contains("@Regularizer");
    }

    private static List<Executable> checks(String name, String source) {
        List<Executable> checks = new ArrayList<>();
        List<Diagnostic<? extends JavaFileObject>> before = compile(name, source);
        assertThat(before).as(source).noneMatch(d -> d.getCode().startsWith("compiler.err.premature"));
        for (Diagnostic<?> told : before) {
            if (told.getStartPosition() != Diagnostic.NOPOS) {
                Advice advice = new Advice(
                        source, (int) told.getStartPosition(), (int) told.getPosition(), (int) told.getEndPosition());
                for (String changed : advice.applied(text(told))) {
                    checks.add(() -> checkSilence(name, told, before, changed));
                }
            }
        }
        return checks;
    }

    private static void checkSilence(
            String name, Diagnostic<?> told, List<Diagnostic<? extends JavaFileObject>> before, String changed) {
        List<String> left =
                new ArrayList<>(before.stream().map(AdviceTest::kind).toList());
        left.remove(kind(told));
        List<Diagnostic<? extends JavaFileObject>> after = compile(name, changed);
        List<String> added =
                new ArrayList<>(after.stream().map(AdviceTest::kind).toList());
        left.forEach(added::remove);
        assertThat(added)
                .as("%s%nafter the change to%n%s%nwhere the messages are%n%s", text(told), changed, texts(after))
                .isEmpty();
    }

    private static String texts(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        return String.join("\n", diagnostics.stream().map(AdviceTest::text).toList());
    }

    private static List<Diagnostic<? extends JavaFileObject>> compile(String name, String source) {
        return Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample." + name, source))
                .diagnostics();
    }

    private static String text(Diagnostic<?> diagnostic) {
        return diagnostic.getMessage(Locale.ROOT).replaceAll("\\s+", " ");
    }

    /** The line and the rule. */
    private static String kind(Diagnostic<?> diagnostic) {
        return diagnostic.getLineNumber() + " " + text(diagnostic).replaceAll("].*", "]");
    }
}
