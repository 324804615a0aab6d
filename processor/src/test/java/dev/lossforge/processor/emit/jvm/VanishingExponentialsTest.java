package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exponential that is 0 in float stays 0, whatever it is multiplied by. */
class VanishingExponentialsTest {
    private static final CompiledClasses CLASSES =
            CompiledClasses.ofSources(SourceReading.ofMembers("""
        @Loss static float hill(@Prediction float p, @Param float c) {
            return c * exp(-square(p));
        }
        @Loss static float rim(@Prediction float p, @Param float c) {
            return c * (1 - exp(-square(p)));
        }
        @Loss static float others(@Prediction float[] z, @Param float c) {
            return c * sum(z.length, i -> i == 0 ? 0 : softmax(z)[i]);
        }\
        """).formulas().stream()
                    .map(KnownKernelsTest::emit)
                    .toList());
    private static final int NUMBERS = 1000;

    private static LossResult result(String type, Tensor p, float c) {
        return CLASSES.create(LossFunction.class, "sample." + type, c)
                .valueAndGradients(LossInputs.of(p), Reduction.MEAN);
    }

    private static Tensor elements(float value) {
        Tensor p = Tensor.zeros(NUMBERS);
        Arrays.fill(p.array(), value);
        return p;
    }

    @ParameterizedTest
    @ValueSource(floats = {10.3f, 20, -1000, 1e18f})
    void nothingIsLeft(float p) {
        LossResult hill = result("HillLoss", elements(p), 1e30f);
        assertThat(hill.value()).isZero();
        for (float slope : hill.gradient().array()) {
            assertThat(slope).isZero();
        }
        assertThat(result("RimLoss", elements(p), 1e30f).value()).isCloseTo(1e30f, within(1e24));
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 5, 9})
    void whatIsLeftIsMultiplied(float p) {
        double expected = 1e30f * Math.exp(-(double) p * p);
        assertThat(result("HillLoss", elements(p), 1e30f).value()).isCloseTo(expected, within(1e-5 * expected));
    }

    @ParameterizedTest
    @ValueSource(floats = {105, 400, 1e30f})
    void sharesOfOthersVanish(float lead) {
        Tensor z = Tensor.zeros(30, 40);
        for (int row = 0; row < 30; row++) {
            z.array()[row * 40] = lead;
        }
        LossResult others = result("OthersLoss", z, 1e30f);
        assertThat(others.value()).isZero();
        for (float slope : others.gradient().array()) {
            assertThat(slope).isZero();
        }
    }
}
