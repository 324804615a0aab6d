package dev.lossforge.processor.emit.jvm;

import static dev.lossforge.processor.emit.jvm.RowPairs.COLUMNS;
import static dev.lossforge.processor.emit.jvm.RowPairs.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over all pairs of rows, read by rows and by columns, in batches that are worth vectors and several threads. */
class PairProductsTest {
    private static final String SOURCE = """
            @Loss static float bothWays(@Prediction float[][] x, @Prediction float[][] y) {
                return sum(x.length, i -> logSumExp(y.length, j -> dot(x[i], y[j])))
                    + 2 * sum(y.length, j -> logSumExp(x.length, i -> dot(x[i], y[j])));
            }""";
    private static final CompiledClasses CLASSES =
            CompiledClasses.ofSources(SourceReading.ofMembers(SOURCE).formulas().stream()
                    .map(KnownKernelsTest::emit)
                    .toList());
    private final SplittableRandom random = new SplittableRandom(3);

    private static LossResult evaluate(Tensor x, Tensor y) {
        return CLASSES.create(LossFunction.class, "sample.BothWaysLoss")
                .valueAndGradients(LossInputs.of(x, y), Reduction.SUM);
    }

    @ParameterizedTest
    @ValueSource(ints = {37, 130, 201})
    void rowsAndColumnsGetTheirPart(int rows) {
        Tensor x = RowPairs.random(rows, random);
        Tensor y = RowPairs.random(rows, random);
        double[][] e = exponentials(x, y);
        double[] byRow = new double[rows];
        double[] byColumn = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                byRow[i] += e[i][j];
                byColumn[j] += e[i][j];
            }
        }
        double[] xGradient = new double[rows * COLUMNS];
        double[] yGradient = new double[rows * COLUMNS];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double weight = e[i][j] / byRow[i] + 2 * e[i][j] / byColumn[j];
                for (int k = 0; k < COLUMNS; k++) {
                    xGradient[i * COLUMNS + k] += weight * y.get(j, k);
                    yGradient[j * COLUMNS + k] += weight * x.get(i, k);
                }
            }
        }
        LossResult result = evaluate(x, y);
        assertClose(result.gradient("x"), xGradient);
        assertClose(result.gradient("y"), yGradient);
    }

    private static double[][] exponentials(Tensor x, Tensor y) {
        double[][] e = new double[x.shape().extent(0)][y.shape().extent(0)];
        for (int i = 0; i < e.length; i++) {
            for (int j = 0; j < e[i].length; j++) {
                double dot = 0;
                for (int k = 0; k < COLUMNS; k++) {
                    dot += (double) x.get(i, k) * y.get(j, k);
                }
                e[i][j] = Math.exp(dot);
            }
        }
        return e;
    }

    @Test
    void aNanReachesAllPairsOfItsRow() {
        Tensor x = RowPairs.random(40, random);
        x.array()[5 * COLUMNS + 2] = Float.NaN;
        assertThat(evaluate(x, RowPairs.random(40, random)).value()).isNaN();
    }

    @Test
    void theKernelCallsTheRuntime() {
        String kernel = SourceReading.ofMembers(SOURCE).formulas().stream()
                .map(KnownKernelsTest::emit)
                .findFirst()
                .orElseThrow()
                .loss()
                .toString();
        assertThat(kernel).contains("MatrixProducts.set(", "MatrixProducts.add(", "MatrixProducts.transpose(");
    }
}
