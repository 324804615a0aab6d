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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of rows that are multiplied and divided by several numbers, of which the product overflows or vanishes. */
class UniformFactorKernelsTest {
    private static final JvmSources SOURCES = SourceReading.ofMembers("""
        @Loss static float scaled(
                @Prediction float[] p, @Param float c, @Param float a, @Param float b) {
            return sum(p.length, i -> 1f / (1f + square(c * p[i] / a / b)));
        }\
        """).formulas().stream()
            .map(KnownKernelsTest::emit)
            .findFirst()
            .orElseThrow();
    private static final CompiledClasses CLASSES = CompiledClasses.ofSources(List.of(SOURCES));
    private static final int ROWS = 9;
    private static final int COLUMNS = 45;

    private static LossResult result(Tensor p, float c, float a, float b) {
        return CLASSES.create(LossFunction.class, "sample.ScaledLoss", c, a, b)
                .valueAndGradients(LossInputs.of(p), Reduction.SUM);
    }

    private static Tensor random(double magnitude) {
        SplittableRandom random = new SplittableRandom(3);
        Tensor p = Tensor.zeros(ROWS, COLUMNS);
        for (int i = 0; i < p.size(); i++) {
            p.array()[i] = (float) (magnitude * random.nextDouble(0.5, 2));
        }
        return p;
    }

    @Test
    void aLoopHasOneFactor() {
        assertThat(SOURCES.loss().toString()).contains("float factor = c0 / a0 / b0;");
    }

    /** The numbers of the formula are ordinary; the factor is ordinary, 0 or infinite. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 7, 20",
        "-1, 3, 7, 20",
        "1e-30, 1e20, 1e-10, 1e30",
        "1e-25, 1e25, 1e-20, 1e30",
        "1e30, 1e-20, 1e20, 1e-30",
        "1e-20, 1e-30, 1e32, 1e20",
        "1e-38, 1, 1e-38, 1",
    })
    void theOrderOfTheFormulaDecides(float c, float a, float b, double magnitude) {
        Tensor p = random(magnitude);
        LossResult result = result(p, c, a, b);
        double value = 0;
        for (int i = 0; i < p.size(); i++) {
            double x = (double) c * p.array()[i] / a / b;
            value += 1 / (1 + x * x);
            double slope = -2 * x / Math.pow(1 + x * x, 2) * ((double) c / a / b);
            assertThat((double) result.gradient().array()[i])
                    .isCloseTo(slope, within(4e-6 * Math.abs(slope) + Float.MIN_VALUE));
        }
        assertThat(result.value()).isCloseTo(value, within(2e-6 * value));
    }

    @Test
    void dividingByZeroIsWhatItIsInJava() {
        assertThat(result(random(1), 2, 0, 3).value()).isZero();
        assertThat(result(random(0), 2, 0, 3).value()).isNaN();
        assertThat(result(random(1), 0, 5, 3).value()).isEqualTo(ROWS * COLUMNS);
    }
}
