package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.testing.ExpectedDiagnostics;
import dev.lossforge.processor.testing.Javac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each file of {@code src/test/resources/diagnostics} says in comments what is reported of it, and where. */
class DiagnosticsTest {

    private static final Path SOURCES = Path.of("src/test/resources/diagnostics");

    @TestFactory
    Stream<DynamicTest> whatIsReportedIsWhatTheFileSays() throws IOException {
        return files(SOURCES).stream()
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    private static void check(Path file) throws IOException {
        String source = Files.readString(file);
        String name = file.getFileName().toString().replace(".java", "");
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .compile(JavaFileObjects.forSourceString("sample." + name, source));
        assertThat(compilation.diagnostics().stream().map(ExpectedDiagnostics::of))
                .containsExactlyInAnyOrderElementsOf(ExpectedDiagnostics.in(source));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
