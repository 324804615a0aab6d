package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler says what docs/troubleshooting.md says that it says, and the remedies there help. */
class TroubleshootingTest {
    private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path classes;

    private static String block(String heading, String language) throws IOException {
        Pattern block = Pattern.compile(
                "^## " + Pattern.quote(heading) + "$.*?^```" + language + "\n(.*?)^```",
                Pattern.DOTALL | Pattern.MULTILINE);
        Matcher found = block.matcher(Files.readString(PAGE));
        assertThat(found.find()).as(heading).isTrue();
        return found.group(1);
    }

    private record Source(String name, String text) {
        private JavaFileObject file() {
            URI place = URI.create("string:///troubleshooting/" + name + ".java");
            return new SimpleJavaFileObject(place, JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
        }
    }

    /** What javac says about a source; nothing if it compiles. */
    private String complaints(Source source, String... options) {
        List<String> all = new ArrayList<>(List.of("-d", classes.toString(), "-cp", CLASS_PATH));
        all.addAll(List.of(options));
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, said, all, null, List.of(source.file()))
                .call();
        return said.getDiagnostics().stream()
                .map(diagnostic -> diagnostic.getKind() + ": " + diagnostic.getMessage(Locale.ENGLISH))
                .collect(Collectors.joining("\n"));
    }

    private static void assertSays(String complaints, String shown) {
        for (String line : shown.lines().toList()) {
            assertThat(complaints)
                    .contains(line.replaceFirst("^error: ", "ERROR: ").stripLeading());
        }
    }

    /** The annotations and the runtime's interfaces have different names, so this needs no page. */
    @Test
    void allOfTheLanguageAndOfTheRuntimeCanBeImportedTogether() {
        String both = """
                package troubleshooting;
                import dev.lossforge.dsl.*;
                import dev.lossforge.runtime.loss.*;
                final class Annotated {
                    @Loss
                    static float absolute(@Prediction float p, @Target float y) {
                        return Formulas.abs(p - y);
                    }
                    @Loss(scope = Scope.SAMPLE)
                    static float summed(@Prediction float[] p, @Target float[] y) {
                        return Formulas.sum(p.length, i -> Formulas.abs(p[i] - y[i]));
                    }
                    @Regularizer
                    static float size(@Weight float w) {
                        return Formulas.abs(w);
                    }
                    static LossResult at(LossInputs inputs, LossFunction loss, PenaltyFunction penalty) {
                        return loss.valueAndGradients(inputs, Reduction.MEAN);
                    }
                }
                """;
        assertThat(complaints(new Source("Annotated", both), "-processorpath", CLASS_PATH))
                .isEmpty();
        assertThat(classes.resolve("troubleshooting/AbsoluteLoss.class")).exists();
    }

    @Test
    void aGeneratedClassIsMissingWhereTheProcessorDoesNotRun() throws IOException {
        String uses = """
                package troubleshooting;
                final class Uses {
                    @dev.lossforge.dsl.Loss
                    static float lateness(@dev.lossforge.dsl.Prediction float p, @dev.lossforge.dsl.Target float y) {
                        return p - y;
                    }
                    Object loss = new LatenessLoss();
                }
                """;
        assertSays(
                complaints(new Source("Uses", uses), "-proc:none"),
                block("cannot find symbol: class LatenessLoss", "text"));
        assertThat(complaints(new Source("Uses", uses), "-processorpath", CLASS_PATH))
                .isEmpty();
    }
}
