package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of batch formulas in which several terms reach the same entry of the matrix. */
class MatrixGradientsTest {
    private static final CompiledClasses CLASSES =
            CompiledClasses.ofSources(SourceReading.ofMembers("""
                    @Loss static float kernelMean(@Prediction float[][] x) {
                        return sum(x.length, i -> sum(x.length, j ->
                            exp(-sum(x[i].length, k -> square(x[i][k] - x[j][k])))));
                    }
                    @Loss static float trace(@Prediction float[][] x) {
                        return sum(min(x.length, x[0].length), i -> square(x[i][i]));
                    }""").formulas().stream()
                    .map(KnownKernelsTest::emit)
                    .toList());

    private static Tensor random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        Tensor x = Tensor.zeros(rows, columns);
        for (int i = 0; i < x.size(); i++) {
            x.array()[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return x;
    }

    private static Tensor gradient(String loss, Tensor x) {
        return CLASSES.create(LossFunction.class, "sample." + loss)
                .valueAndGradients(LossInputs.of(x), Reduction.SUM)
                .gradient();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void bothRowsOfAPairGetTheirPart(int rows) {
        Tensor x = random(rows, 3);
        Tensor gradient = gradient("KernelMeanLoss", x);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < 3; k++) {
                double expected = 0;
                for (int j = 0; j < rows; j++) {
                    double distance = 0;
                    for (int c = 0; c < 3; c++) {
                        distance += Math.pow(x.get(i, c) - x.get(j, c), 2);
                    }
                    expected -= 4 * Math.exp(-distance) * (x.get(i, k) - x.get(j, k));
                }
                assertThat((double) gradient.get(i, k)).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void onlyTheDiagonalInfluencesTheTrace(int columns) {
        Tensor x = random(4, columns);
        Tensor gradient = gradient("TraceLoss", x);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(gradient.get(i, j)).isEqualTo(i == j ? 2 * x.get(i, j) : 0);
            }
        }
    }
}
