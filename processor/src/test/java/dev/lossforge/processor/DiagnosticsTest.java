package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.testing.ExpectedDiagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each file of {@code src/test/resources/diagnostics} says in comments what is reported of it, and where. */
class DiagnosticsTest {

    private static final Path SOURCES = Path.of("src/test/resources/diagnostics");
    private static final Path PAGES = Path.of("../docs/diagnostics");

    /** What no source file can provoke: a defect of ours, another compiler, a folder, a request for notes. */
    private static final Set<String> TESTED_ELSEWHERE =
            Set.of("FormulaInternal", "FormulaCompiler", "FormulaDump", "FormulaOutput", "FormulaRewrite");

    @TestFactory
    Stream<DynamicTest> whatIsReportedIsWhatTheFileSays() throws IOException {
        return files(SOURCES).stream()
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    private static void check(Path file) throws IOException {
        String source = Files.readString(file);
        String name = file.getFileName().toString().replace(".java", "");
        Compilation compilation = Compiler.javac()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample." + name, source));
        assertThat(compilation.diagnostics().stream().map(ExpectedDiagnostics::of))
                .containsExactlyInAnyOrderElementsOf(ExpectedDiagnostics.in(source));
    }

    @Test
    void everyIdHasAPageWithWrongAndRightCode() throws IOException {
        for (String id : ids()) {
            assertThat(PAGES.resolve(id + ".md"))
                    .exists()
                    .content()
                    .startsWith("# " + id)
                    .contains("```java")
                    .contains("[" + id + "]");
        }
        assertThat(names(PAGES, ".md")).isEqualTo(ids());
    }

    @Test
    void everyIdIsTested() throws IOException {
        Set<String> tested = new TreeSet<>(names(SOURCES, ".java"));
        tested.addAll(TESTED_ELSEWHERE);
        assertThat(tested).containsAll(ids());
    }

    private static Set<String> ids() {
        return Arrays.stream(Message.values()).map(Message::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Path folder, String suffix) throws IOException {
        return files(folder).stream()
                .map(f -> f.getFileName().toString())
                .filter(f -> f.endsWith(suffix))
                .map(f -> f.substring(0, f.length() - suffix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
