package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Products against sums in doubles: each entry relative to the sum of the magnitudes of its terms. */
class MatrixProductsTest {
    private static final double TOLERANCE = 1e-6;
    private static final int[] SIZES = {1, 2, 3, 5, 7, 16, 17, 33, 100};
    private static final int OFFSET = 3;
    private static final int GAP = 2;
    private final Random random = new Random(7);

    @Test
    void allSizesAndStridesAreExactEnough() {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (int inner : SIZES) {
                    for (int layout = 0; layout < 4; layout++) {
                        Factors f = new Factors(rows, columns, inner, (layout & 1) != 0, (layout & 2) != 0, false);
                        assertThat(f.error(f.set(), 0, 1)).as("%s", f).isLessThan(TOLERANCE);
                        assertThat(f.error(f.add(-2.5f), 1, -2.5f)).as("%s", f).isLessThan(TOLERANCE);
                    }
                }
            }
        }
    }

    @Test
    void longSumsAreExactEnough() {
        for (int inner : new int[] {127, 128, 129, 512, 4096, 4097}) {
            for (boolean positive : new boolean[] {false, true}) {
                Factors f = new Factors(50, 70, inner, false, true, positive);
                assertThat(f.error(f.set(), 0, 1)).as("%s", f).isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() {
        Factors f = new Factors(301, 203, 150, true, true, false);
        float[] one = onThreads(1, f);
        assertThat(onThreads(2, f)).isEqualTo(one);
        assertThat(onThreads(5, f)).isEqualTo(one);
    }

    private static float[] onThreads(int threads, Factors f) {
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            return pool.submit(f::set).join();
        }
    }

    @Test
    void nothingIsMultipliedWithoutTerms() {
        Factors f = new Factors(3, 4, 0, false, false, false);
        assertThat(f.error(f.set(), 0, 1)).isZero();
    }

    @Test
    void entriesThatAreNotFiniteStayInTheirRowsAndColumns() {
        Factors f = new Factors(20, 70, 9, false, false, false);
        f.left[OFFSET + 7 * (9 + GAP) + 4] = Float.NaN;
        f.right[OFFSET + 5 * (70 + GAP) + 66] = Float.POSITIVE_INFINITY;
        float[] product = f.set();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 70; j++) {
                assertThat(Float.isFinite(product[OFFSET + i * (70 + GAP) + j])).isEqualTo(i != 7 && j != 66);
            }
        }
    }

    @Test
    void finiteMatricesAreTold() {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                float[] array = new float[OFFSET + rows * (columns + GAP) + GAP];
                Arrays.fill(array, Float.MAX_VALUE);
                array[OFFSET - 1] = Float.NaN;
                array[OFFSET + columns] = Float.NaN;
                assertThat(areFinite(rows, columns, array)).isTrue();
                int last = OFFSET + (rows - 1) * (columns + GAP) + columns - 1;
                for (int at : new int[] {OFFSET, last}) {
                    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                        array[at] = bad;
                        assertThat(areFinite(rows, columns, array)).isFalse();
                        array[at] = 1;
                    }
                }
            }
        }
    }

    @Test
    void dataWithoutGapsIsFinite() {
        float[] array = new float[600];
        assertThat(MatrixProducts.isFinite(20, 30, Matrix.of(array, 0, 30, 1))).isTrue();
        assertThat(MatrixProducts.isFinite(30, 20, Matrix.of(array, 0, 1, 30))).isTrue();
        array[599] = Float.NaN;
        assertThat(MatrixProducts.isFinite(20, 30, Matrix.of(array, 0, 30, 1))).isFalse();
        assertThat(MatrixProducts.isFinite(30, 20, Matrix.of(array, 0, 1, 30))).isFalse();
    }

    private static boolean areFinite(int rows, int columns, float[] array) {
        boolean inRows = MatrixProducts.isFinite(rows, columns, Matrix.of(array, OFFSET, columns + GAP, 1));
        boolean inColumns = MatrixProducts.isFinite(columns, rows, Matrix.of(array, OFFSET, 1, columns + GAP));
        assertThat(inColumns).isEqualTo(inRows);
        return inRows;
    }

    /** Two random factors, each stored by rows or transposed, with gaps between the rows. */
    private final class Factors {
        private final int rows;
        private final int columns;
        private final int inner;
        private final float[] left;
        private final float[] right;
        private final Matrix leftMatrix;
        private final Matrix rightMatrix;

        Factors(int rows, int columns, int inner, boolean leftTransposed, boolean rightTransposed, boolean positive) {
            this.rows = rows;
            this.columns = columns;
            this.inner = inner;
            this.left = numbers(OFFSET + (rows + GAP) * (inner + GAP), positive);
            this.right = numbers(OFFSET + (columns + GAP) * (inner + GAP), positive);
            this.leftMatrix = matrix(left, rows, inner, leftTransposed);
            this.rightMatrix = matrix(right, inner, columns, rightTransposed);
        }

        private static Matrix matrix(float[] array, int rows, int columns, boolean transposed) {
            return transposed ? Matrix.of(array, OFFSET, 1, rows + GAP) : Matrix.of(array, OFFSET, columns + GAP, 1);
        }

        private float[] numbers(int count, boolean positive) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = positive ? random.nextFloat() : (float) random.nextGaussian();
            }
            return numbers;
        }

        private float[] target() {
            float[] target = new float[OFFSET + rows * (columns + GAP)];
            Arrays.fill(target, 1);
            return target;
        }

        float[] set() {
            float[] target = target();
            MatrixProducts.set(
                    PairTerms.PRODUCTS,
                    rows,
                    columns,
                    inner,
                    leftMatrix,
                    rightMatrix,
                    Matrix.NONE,
                    target,
                    OFFSET,
                    columns + GAP);
            return target;
        }

        float[] add(float scale) {
            float[] target = target();
            MatrixProducts.add(
                    PairTerms.PRODUCTS,
                    rows,
                    columns,
                    inner,
                    leftMatrix,
                    rightMatrix,
                    Matrix.NONE,
                    scale,
                    target,
                    OFFSET,
                    columns + GAP);
            return target;
        }

        /** The greatest error against {@code start + scale · left · right}; what is no entry must still be 1. */
        double error(float[] product, double start, double scale) {
            double error = 0;
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    double sum = start;
                    double magnitudes = Math.abs(start);
                    for (int k = 0; k < inner; k++) {
                        double term = scale * entry(leftMatrix, i, k) * entry(rightMatrix, k, j);
                        sum += term;
                        magnitudes += Math.abs(term);
                    }
                    double difference = Math.abs(product[OFFSET + i * (columns + GAP) + j] - sum);
                    error = Math.max(error, difference == 0 ? 0 : difference / magnitudes);
                }
                assertThat(product[OFFSET + i * (columns + GAP) + columns]).isEqualTo(1);
            }
            return error;
        }

        private static double entry(Matrix matrix, int row, int column) {
            return matrix.array[matrix.offset + row * matrix.rowStride + column * matrix.columnStride];
        }

        @Override
        public String toString() {
            return rows + " x " + columns + " x " + inner;
        }
    }
}
