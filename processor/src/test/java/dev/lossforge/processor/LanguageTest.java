package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.GeneratedLossCheck;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The methods of {@code src/test/resources/language}, through the whole processor: what the generated loss computes is
 * what the method computes, and its derivatives are difference quotients of the formula in double precision.
 */
class LanguageTest {

    private static final Path SOURCES = Path.of("src/test/resources/language");

    @TestFactory
    Stream<DynamicTest> aGeneratedLossComputesWhatItsMethodSays() throws IOException {
        return Stream.of(
                        tests("Language.java", "Consts.java"),
                        tests("Identifiers.java"),
                        tests("Ordering.java"),
                        tests("Names.java", "Neighbour.java", "Constants.java", "Others.java"))
                .flatMap(t -> t);
    }

    static Stream<DynamicTest> tests(String... files) throws IOException {
        String[] sources = Arrays.stream(files).map(LanguageTest::read).toArray(String[]::new);
        SourceReading reading = SourceReading.withKernels(sources);
        assertThat(reading.compilation().errors()).isEmpty();
        CompiledClasses classes = new CompiledClasses(reading.compilation());
        return reading.formulas().stream()
                .filter(f -> f.kind() == Formula.Kind.LOSS)
                .map(f -> DynamicTest.dynamicTest(f.methodName(), () -> new GeneratedLossCheck(f, classes).run()));
    }

    private static String read(String file) {
        try {
            return Files.readString(SOURCES.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
