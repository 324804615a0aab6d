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
import org.junit.jupiter.api.Test;

/** What is generated depends on the formulas alone, so that the builds of those who write them can be repeated. */
class ReproducibilityTest {

    /** Batches are passed over several times, and much is kept between the passes. */
    private static final Path SOURCE = Path.of("../losses/src/main/java/dev/lossforge/losses/ContrastiveLosses.java");

    /** No object has the same identity in both runs, and so none the same place in a set by identity. */
    @Test
    void theSameIsGeneratedAgain() throws IOException {
        Map<String, String> once = generated();
        assertThat(once).hasSizeGreaterThan(10);
        assertThat(generated()).isEqualTo(once);
    }

    private static Map<String, String> generated() throws IOException {
        Compilation compilation = Javac.compiler()
                .withProcessors(new LossforgeProcessor())
                .withOptions("-proc:only")
                .compile(JavaFileObjects.forSourceString(
                        "dev.lossforge.losses.ContrastiveLosses", Files.readString(SOURCE)));
        assertThat(compilation.errors()).isEmpty();
        Map<String, String> files = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            files.put(file.getName(), file.getCharContent(false).toString());
        }
        return files;
    }
}
