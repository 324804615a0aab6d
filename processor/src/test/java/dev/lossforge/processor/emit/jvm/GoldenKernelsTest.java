package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.KnownFormulas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The emitted Java of four formulas, one of each scope and one with memory, as it is meant to read. After a change that
 * is meant, rewrite the files with {@code ./mvnw -pl processor -am test -Dtest=GoldenKernelsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dlossforge.golden.update=true} and read the difference.
 */
class GoldenKernelsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "emit");

    static Stream<Formula> formulas() {
        return Stream.of(
                KnownFormulas.huber(),
                KnownFormulas.softmaxCrossEntropy(),
                KnownFormulas.rootMeanSquaredError(),
                KnownFormulas.sortedSquaredError(),
                KnownFormulas.recurrence());
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void emittedSourceIsTheGoldenOne(Formula formula) throws IOException {
        JvmSources sources = KnownKernelsTest.emit(formula);
        compare(sources.loss());
        compare(sources.vectorLoops().orElseThrow());
    }

    private static void compare(JavaFile file) throws IOException {
        Path golden = FOLDER.resolve(file.typeSpec().name() + ".java");
        String emitted = file.toString();
        if (Boolean.getBoolean("lossforge.golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, emitted);
        }
        assertThat(golden).exists();
        assertThat(emitted).isEqualTo(Files.readString(golden));
    }
}
