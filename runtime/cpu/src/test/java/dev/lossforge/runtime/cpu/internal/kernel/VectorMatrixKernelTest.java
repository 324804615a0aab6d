package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.internal.kernel.Matrix;
import dev.lossforge.runtime.internal.kernel.MatrixKernel;
import dev.lossforge.runtime.internal.kernel.MatrixProducts;
import dev.lossforge.runtime.internal.kernel.PairTerms;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The products of losses in tiles of vectors, against sums in doubles. */
class VectorMatrixKernelTest {
    private static final double TOLERANCE = 1e-6;
    private static final int[] SIZES = {1, 2, 3, 5, 7, 16, 17, 33, 100};
    private final Random random = new Random(11);

    @Test
    void theVectorApiOffersOne() {
        assertThat(new VectorMatrixKernelProvider().create()).containsInstanceOf(VectorMatrixKernel.class);
    }

    @Test
    void aTileIsOverwritten() {
        MatrixKernel kernel = new VectorMatrixKernel();
        int length = 37;
        float[] left = numbers(2 + kernel.rows() * 40);
        float[] right = numbers(5 + length * kernel.columns());
        float[] tile = new float[kernel.rows() * kernel.columns()];
        Arrays.fill(tile, Float.NaN);
        kernel.multiply(left, 2, 40, right, 5, length, tile);
        for (int r = 0; r < kernel.rows(); r++) {
            for (int c = 0; c < kernel.columns(); c++) {
                double sum = 0;
                double magnitudes = 0;
                for (int k = 0; k < length; k++) {
                    double term = (double) left[2 + r * 40 + k] * right[5 + k * kernel.columns() + c];
                    sum += term;
                    magnitudes += Math.abs(term);
                }
                assertThat(Math.abs(tile[r * kernel.columns() + c] - sum)).isLessThan(TOLERANCE * magnitudes);
            }
        }
    }

    @Test
    void tilesOfDifferencesAreOverwritten() {
        MatrixKernel kernel = new VectorMatrixKernel();
        int length = 37;
        float[] left = numbers(2 + kernel.rows() * 40);
        float[] right = numbers(5 + length * kernel.columns());
        float[] minuend = numbers(kernel.rows() * kernel.columns());
        float[] squares = new float[minuend.length];
        float[] largest = new float[minuend.length];
        float[] weighted = new float[minuend.length];
        Arrays.fill(squares, Float.NaN);
        Arrays.fill(largest, Float.NaN);
        Arrays.fill(weighted, Float.NaN);
        kernel.squareDifferences(left, 2, 40, right, 5, length, squares);
        kernel.largestDifferences(left, 2, 40, right, 5, length, largest);
        kernel.weightDifferences(left, 2, 40, right, 5, length, minuend, weighted);
        for (int at = 0; at < minuend.length; at++) {
            double square = 0;
            double max = 0;
            double sum = 0;
            double magnitudes = 0;
            for (int k = 0; k < length; k++) {
                double x = left[2 + at / kernel.columns() * 40 + k];
                double y = right[5 + k * kernel.columns() + at % kernel.columns()];
                square += (x - y) * (x - y);
                max = Math.max(max, Math.abs(x - y));
                sum += x * (minuend[at] - y);
                magnitudes += Math.abs(x * (minuend[at] - y));
            }
            assertThat(Math.abs(squares[at] - square)).isLessThan(TOLERANCE * square);
            assertThat(Math.abs(largest[at] - max)).isLessThan(TOLERANCE * max);
            assertThat(Math.abs(weighted[at] - sum)).isLessThan(TOLERANCE * magnitudes);
        }
    }

    @Test
    void productsOfAllSizesAreExactEnough() {
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (int inner : SIZES) {
                    check(rows, columns, inner);
                }
            }
        }
        check(33, 17, 4096);
    }

    /** Multiplies rows by rows: the right factor is stored transposed. */
    private void check(int rows, int columns, int inner) {
        float[] left = numbers(rows * inner);
        float[] right = numbers(columns * inner);
        float[] product = new float[rows * columns];
        MatrixProducts.set(
                PairTerms.PRODUCTS,
                rows,
                columns,
                inner,
                Matrix.of(left, 0, inner, 1),
                Matrix.of(right, 0, 1, inner),
                Matrix.NONE,
                product,
                0,
                columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                double magnitudes = 0;
                for (int k = 0; k < inner; k++) {
                    double term = (double) left[i * inner + k] * right[j * inner + k];
                    sum += term;
                    magnitudes += Math.abs(term);
                }
                assertThat(Math.abs(product[i * columns + j] - sum))
                        .as("%s x %s x %s", rows, columns, inner)
                        .isLessThan(TOLERANCE * magnitudes);
            }
        }
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
