package dev.lossforge.processor.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.RandomInputs;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is read means what the method computes: the IR's interpreter against the method run as Java. */
class MeaningTest {

    private static final int ROUNDS = 40;

    @TestFactory
    Stream<DynamicTest> theFormulaAgreesWithTheMethod() throws IOException {
        SourceReading reading = SourceReading.ofFiles(resource("Losses.java"), resource("Helpers.java"));
        assertThat(reading.compilation().errors()).isEmpty();
        CompiledClasses classes = new CompiledClasses(reading.compilation());
        return reading.formulas().stream().map(f -> DynamicTest.dynamicTest(f.methodName(), () -> agree(f, classes)));
    }

    private static void agree(Formula formula, CompiledClasses classes) throws ReflectiveOperationException {
        Method method = classes.method(formula.packageName() + "." + formula.declaringClass(), formula.methodName());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int round = 0; round < ROUNDS; round++) {
            RandomInputs inputs = RandomInputs.of(formula, random);
            float expected = (float) method.invoke(null, inputs.arguments().toArray());
            double actual = new Interpreter(formula.exprs(), InputValues.of(inputs.values())).evaluate(formula.value());
            assertThat(close(actual, expected))
                    .as("%s of %s: read as %s, runs as %s", formula.methodName(), inputs.values(), actual, expected)
                    .isTrue();
        }
    }

    private static boolean close(double actual, float expected) {
        return Double.compare((float) actual, expected) == 0
                || Math.abs(actual - expected) <= 3e-6 * (1 + Math.abs(expected));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MeaningTest.class.getResourceAsStream("/meaning/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
