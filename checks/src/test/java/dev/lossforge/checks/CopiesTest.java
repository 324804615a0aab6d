package dev.lossforge.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The processor folds constants with the functions that the runtime evaluates, but its jar stands alone and depends on
 * no runtime. So it has copies of them: whoever changes one changes the other.
 */
class CopiesTest {
    private static final Path PROCESSOR = Path.of("../processor/src/main/java/dev/lossforge/processor/ir");
    private static final Path RUNTIME = Path.of("../runtime/core/src/main/java/dev/lossforge/runtime/internal/kernel");
    private static final Pattern NO_CODE =
            Pattern.compile("/\\*.*?\\*/|//[^\n]*|\\bpackage [^;]*;|\\s+", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"BesselFunctions.java", "PolygammaFunctions.java", "TaylorRests.java"})
    void theCodeIsTheSame(String file) throws IOException {
        assertThat(code(PROCESSOR.resolve(file))).isNotEmpty().isEqualTo(code(RUNTIME.resolve(file)));
    }

    private static String code(Path file) throws IOException {
        return NO_CODE.matcher(Files.readString(file)).replaceAll("");
    }
}
