package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor's jar needs no other beside it. */
class ProcessorAloneTest {
    private static final String LOSS = """
            package alone;

            import dev.lossforge.dsl.Loss;
            import dev.lossforge.dsl.Prediction;
            import dev.lossforge.dsl.Target;

            final class Losses {
                private Losses() {}

                @Loss
                static float squared(@Prediction float p, @Target float y) {
                    float r = p - y;
                    return r * r;
                }
            }
            """;

    @TempDir
    private Path scratch;

    private static List<Path> jars(String artifacts) {
        Pattern name = Pattern.compile("lossforge-(" + artifacts + ")-\\d.*\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> name.matcher(entry.getFileName().toString()).matches())
                .toList();
    }

    @BeforeEach
    void isPackaged() {
        assumeTrue(!jars("processor").isEmpty(), "the modules are not packaged; ./mvnw verify packages them");
    }

    @Test
    void compilesALossAloneOnTheProcessorPath() throws IOException, InterruptedException {
        Path source = Files.writeString(scratch.resolve("Losses.java"), LOSS);
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        String classPath = String.join(
                File.pathSeparator,
                jars("dsl|runtime-core").stream().map(Path::toString).toList());
        String printed = Program.output(
                scratch,
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-Xlint:all,-processing",
                "-Werror",
                "-processorpath",
                jars("processor").getFirst().toString(),
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                source.toString());
        assertThat(printed).isEmpty();
        assertThat(classes.resolve("alone/SquaredLoss.class")).exists();
    }

    /** A processor beside it may bring another JavaPoet. */
    @Test
    void holdsClassesOfItsOwnPackageAlone() throws IOException {
        try (JarFile jar = new JarFile(jars("processor").getFirst().toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains("dev/lossforge/processor/javapoet/JavaFile.class")
                    .contains("META-INF/services/javax.annotation.processing.Processor")
                    .contains("META-INF/LICENSE", "META-INF/NOTICE")
                    .doesNotHaveDuplicates();
            assertThat(names)
                    .filteredOn(name -> name.endsWith(".class"))
                    .allSatisfy(name -> assertThat(name).startsWith("dev/lossforge/processor/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.lossforge.processor");
        }
    }

    /** Who depends on the jar gets no second copy of what is in it. */
    @Test
    void dependsOnNothing() throws IOException {
        assertThat(jars("processor").getFirst().getParent().resolveSibling("dependency-reduced-pom.xml"))
                .content()
                .contains("<artifactId>lossforge-processor</artifactId>")
                .doesNotContain("<artifactId>javapoet</artifactId>");
    }
}
