package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.lossforge.processor.testing.Javac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated depends on the formulas alone, so that the builds of those who write them can be repeated. */
class ReproducibilityTest {

    private static final Path LOSSES = Path.of("../losses/src/main/java/dev/lossforge/losses");

    /**
     * No object has the same identity in both runs, and so none the same place in a set by identity. Contrastive losses
     * pass over batches several times, and keep much between the passes. Vector loops of robust losses multiply by
     * several numbers that are made before the loop.
     */
    @ParameterizedTest
    @ValueSource(strings = {"AdaptiveLosses", "ContrastiveLosses", "RobustLosses"})
    void theSameIsGeneratedAgain(String source) throws IOException {
        Map<String, String> once = generated(source);
        assertThat(once).isNotEmpty();
        assertThat(generated(source)).isEqualTo(once);
    }

    private static Map<String, String> generated(String source) throws IOException {
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .withOptions("-proc:only")
                .compile(JavaFileObjects.forSourceString(
                        "dev.lossforge.losses." + source, Files.readString(LOSSES.resolve(source + ".java"))));
        assertThat(compilation.errors()).isEmpty();
        Map<String, String> files = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            files.put(file.getName(), file.getCharContent(false).toString());
        }
        return files;
    }
}
