package dev.lossforge.processor.emit.jvm;

import static dev.lossforge.processor.emit.jvm.RowPairs.COLUMNS;
import static dev.lossforge.processor.emit.jvm.RowPairs.TOLERANCE;
import static dev.lossforge.processor.emit.jvm.RowPairs.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.rewrite.Stabilizer;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances of all pairs of rows, in batches that are worth vectors and several threads. */
class DistancesTest {
    private static final String SOURCE = """
        @Loss static float kernels(@Prediction float[][] x, @Prediction float[][] y) {
            return sum(x.length, i -> sum(x.length, j ->
                exp(-sum(x[i].length, k -> square(x[i][k] - x[j][k])))
                    - 2 * exp(-sum(x[i].length, k -> square(x[i][k] - y[j][k])))));
        }
        @Loss static float farthest(@Prediction float[][] x) {
            return sum(x.length, i -> max(x.length, j ->
                norm(vector(x[0].length, k -> x[i][k] - x[j][k]))));
        }
        @Loss static float rooted(@Prediction float[][] x) {
            return sum(x.length, i -> sum(x.length, j ->
                sqrt(sum(x[i].length, k -> square(x[i][k] - x[j][k])) + 1e-4f)));
        }
        @Loss static float constantFirst(@Prediction float[][] x) {
            return sum(x.length, i -> sum(x.length, j ->
                sqrt(1e-4f + sum(x[i].length, k -> square(x[i][k] - x[j][k])))));
        }\
        """;
    private static final CompiledClasses CLASSES =
            CompiledClasses.ofSources(SourceReading.ofMembers(SOURCE).formulas().stream()
                    .map(DistancesTest::emit)
                    .toList());
    private final SplittableRandom random = new SplittableRandom(3);

    private static JvmSources emit(Formula formula) {
        return KnownKernelsTest.emit(Stabilizer.rewrite(formula).formula());
    }

    /** Rows that lie within 0.1 of a point far away, whose squares have no digits left for their distances. */
    private Tensor cluster(int rows) {
        Tensor x = Tensor.zeros(rows, COLUMNS);
        for (int i = 0; i < x.size(); i++) {
            x.array()[i] = 300 + (float) random.nextDouble(-0.1, 0.1);
        }
        return x;
    }

    private static LossResult evaluate(String loss, LossInputs inputs) {
        return CLASSES.create(LossFunction.class, "sample." + loss).valueAndGradients(inputs, Reduction.SUM);
    }

    private static double squared(Tensor a, int i, Tensor b, int j) {
        double sum = 0;
        for (int k = 0; k < COLUMNS; k++) {
            sum += Math.pow((double) a.get(i, k) - b.get(j, k), 2);
        }
        return sum;
    }

    /** Adds a multiple of the difference of two rows to a row of a gradient. */
    private static void add(double[] gradient, int row, double weight, Tensor a, int i, Tensor b, int j) {
        for (int k = 0; k < COLUMNS; k++) {
            gradient[row * COLUMNS + k] += weight * ((double) a.get(i, k) - b.get(j, k));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 37, 201})
    void rowsThatAreCloseKeepTheirDigits(int rows) {
        Tensor x = cluster(rows);
        Tensor y = cluster(rows);
        double value = 0;
        double[] xGradient = new double[rows * COLUMNS];
        double[] yGradient = new double[rows * COLUMNS];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double own = Math.exp(-squared(x, i, x, j));
                double other = Math.exp(-squared(x, i, y, j));
                value += own - 2 * other;
                add(xGradient, i, -4 * own, x, i, x, j);
                add(xGradient, i, 4 * other, x, i, y, j);
                add(yGradient, j, -4 * other, x, i, y, j);
            }
        }
        LossResult result = evaluate("KernelsLoss", LossInputs.of(x, y));
        assertThat(result.value()).isCloseTo(value, within(TOLERANCE * rows * rows));
        assertClose(result.gradient("x"), xGradient);
        assertClose(result.gradient("y"), yGradient);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 37, 201})
    void onlyTheFarthestRowCounts(int rows) {
        Tensor x = cluster(rows);
        double value = 0;
        double[] gradient = new double[rows * COLUMNS];
        for (int i = 0; i < rows; i++) {
            int far = 0;
            for (int j = 0; j < rows; j++) {
                far = squared(x, i, x, j) > squared(x, i, x, far) ? j : far;
            }
            double distance = Math.sqrt(squared(x, i, x, far));
            value += distance;
            add(gradient, i, 1 / distance, x, i, x, far);
            add(gradient, far, -1 / distance, x, i, x, far);
        }
        LossResult result = evaluate("FarthestLoss", LossInputs.of(x));
        assertThat(result.value()).isCloseTo(value, within(TOLERANCE * value));
        assertClose(result.gradient("x"), gradient);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 37, 201})
    void aRootOfADistanceAndMoreHasASlopeEverywhere(int rows) {
        Tensor x = cluster(rows);
        double value = 0;
        double[] gradient = new double[rows * COLUMNS];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double distance = Math.sqrt(squared(x, i, x, j) + 1e-4);
                value += distance;
                add(gradient, i, 2 / distance, x, i, x, j);
            }
        }
        LossResult result = evaluate("RootedLoss", LossInputs.of(x));
        assertThat(result.value()).isCloseTo(value, within(TOLERANCE * value));
        assertClose(result.gradient("x"), gradient);
    }

    /** The distance of an infinite row from itself is no number. */
    @Test
    void anInfiniteRowShows() {
        Tensor x = RowPairs.random(40, random);
        x.array()[5 * COLUMNS + 2] = Float.POSITIVE_INFINITY;
        assertThat(evaluate("FarthestLoss", LossInputs.of(x)).value()).isNaN();
    }

    /** Squares that overflow or vanish, beside a constant. */
    @ParameterizedTest
    @ValueSource(floats = {1e30f, 1e12f, 1e-20f, 1e-30f, 0f})
    void aRootOfADistanceAndMoreIsRightAtAllMagnitudes(float magnitude) {
        Tensor x = Tensor.zeros(40, COLUMNS);
        x.array()[3 * COLUMNS] = magnitude;
        double distance = Math.sqrt((double) magnitude * magnitude + 1e-4);
        double value = 2 * 39 * distance + (40 * 40 - 2 * 39) * 1e-2;
        LossResult result = evaluate("RootedLoss", LossInputs.of(x));
        assertThat(result.value()).isCloseTo(value, within(1e-6 * value));
        assertThat((double) result.gradient().get(3, 0))
                .isCloseTo(2 * 39 * magnitude / distance, within(1e-4 * magnitude / distance));
    }

    /** Both rows of a pair of one matrix get their part from one product. */
    @ParameterizedTest
    @CsvSource({"kernels, 2, 3", "rooted, 1, 1", "constantFirst, 1, 1"})
    void aGradientIsOneProductForEachPairOfMatrices(String loss, int distances, int products) {
        String kernel = SourceReading.ofMembers(SOURCE).formulas().stream()
                .filter(f -> f.methodName().equals(loss))
                .map(DistancesTest::emit)
                .findFirst()
                .orElseThrow()
                .loss()
                .toString();
        String body = kernel.substring(kernel.indexOf("double gradientInVectors("));
        body = body.substring(0, body.indexOf("return total;"));
        assertThat(body.split("PairTerms.SQUARED_DIFFERENCES", -1)).hasSize(1 + distances);
        assertThat(body.split("PairTerms.WEIGHTED_DIFFERENCES", -1)).hasSize(1 + products);
        assertThat(body).doesNotContain("LARGEST_DIFFERENCES");
    }
}
