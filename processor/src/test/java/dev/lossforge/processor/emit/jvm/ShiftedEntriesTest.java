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

/** Entries beside those of a lane, in rows whose ends they pass. */
class ShiftedEntriesTest {
    private static final JvmSources SOURCES = SourceReading.ofMembers("""
        @Loss(scope = Scope.SAMPLE) static float roughness(@Prediction float[][] p) {
            return sum(p.length - 1, i -> sum(p[0].length, j -> square(p[i + 1][j] - p[i][j])))
                + sum(p.length, i -> sum(p[0].length - 1, j -> square(square(p[i][j + 1] - p[i][j]))));
        }\
        """).formulas().stream()
            .map(KnownKernelsTest::emit)
            .findFirst()
            .orElseThrow();
    private static final CompiledClasses CLASSES = CompiledClasses.ofSources(List.of(SOURCES));

    private static Tensor random(int... shape) {
        SplittableRandom random = new SplittableRandom(7);
        Tensor x = Tensor.zeros(shape);
        for (int i = 0; i < x.size(); i++) {
            x.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return x;
    }

    /** Rows of less and more than a vector and a block; pictures of one row and of one column. */
    @ParameterizedTest
    @CsvSource({"3, 1, 40", "2, 40, 1", "1, 7, 33", "17, 5, 64", "3, 2, 515", "2, 3, 1025"})
    void theGradientCollectsWhatAllNeighboursAdd(int samples, int rows, int columns) {
        Tensor p = random(samples, rows, columns);
        float[] x = p.array();
        double[] expected = new double[x.length];
        double value = 0;
        for (int at = 0; at < x.length; at++) {
            if (at / columns % rows + 1 < rows) {
                double rise = (double) x[at + columns] - x[at];
                value += rise * rise;
                expected[at] -= 2 * rise;
                expected[at + columns] += 2 * rise;
            }
            if (at % columns + 1 < columns) {
                double rise = (double) x[at + 1] - x[at];
                value += Math.pow(rise, 4);
                expected[at] -= 4 * Math.pow(rise, 3);
                expected[at + 1] += 4 * Math.pow(rise, 3);
            }
        }
        LossResult result = CLASSES.create(LossFunction.class, "sample.RoughnessLoss")
                .valueAndGradients(LossInputs.of(p), Reduction.SUM);
        assertThat(result.value()).isCloseTo(value, within(1e-6 * value + 1e-6));
        for (int i = 0; i < x.length; i++) {
            assertThat((double) result.gradient().array()[i]).isCloseTo(expected[i], within(2e-5));
        }
    }

    /** Entries are copied only where whole vectors would leave the array. */
    @Test
    void entriesAreReadWhereTheyAre() {
        String kernel = SOURCES.loss().toString();
        String body = kernel.substring(kernel.indexOf("double gradientInVectors("));
        body = body.substring(0, body.indexOf("return total;"));
        int copies = body.split("RowEntries.load", -1).length - 1;
        assertThat(copies).isPositive();
        assertThat(body.split("if \\(!direct\\d*\\) \\{\\s*RowEntries.load", -1))
                .hasSize(1 + copies);
    }

    /** A method that is called seldom is never compiled as a whole. */
    @Test
    void kernelsOfSamplesAreCalledInPieces() {
        assertThat(SOURCES.loss().toString()).contains("Pieces.run(frame, from, to, frame.unitSize(0)");
    }
}
