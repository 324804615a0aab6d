package dev.lossforge.processor;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Formulas with memory, as {@link LanguageTest} tests others: against plain Java and difference quotients. */
class ScansTest {

    @TestFactory
    Stream<DynamicTest> aScanComputesWhatItsMethodSays() throws IOException {
        return Stream.concat(LanguageTest.tests("Scans.java"), LanguageTest.tests("VectorScans.java"));
    }
}
