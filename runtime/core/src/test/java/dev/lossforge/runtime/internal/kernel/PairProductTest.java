package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Differences of all pairs of rows, in plain Java, against doubles. */
class PairProductTest {
    private static final double TOLERANCE = 1e-6;
    private static final int[] SIZES = {1, 2, 5, 13, 65, 130, 300};
    private final Random random = new Random(5);

    @Test
    void differencesOfAllSizesAreExactEnough() {
        for (PairTerms terms : PairTerms.values()) {
            for (int rows : SIZES) {
                for (int columns : SIZES) {
                    for (int inner : SIZES) {
                        check(terms, rows, columns, inner, 0);
                    }
                }
            }
        }
    }

    /** Far from 0 and close to each other, the squares of the rows would cancel. */
    @Test
    void rowsThatAreCloseKeepTheirDigits() {
        check(PairTerms.SQUARED_DIFFERENCES, 50, 40, 64, 1000);
        check(PairTerms.LARGEST_DIFFERENCES, 50, 40, 64, 1000);
        check(PairTerms.WEIGHTED_DIFFERENCES, 50, 40, 64, 1000);
    }

    @Test
    void aNumberThatIsMissingMakesItsPairsMissing() {
        for (PairTerms terms : PairTerms.values()) {
            float[] left = numbers(20 * 9, 0);
            left[7 * 9 + 3] = Float.NaN;
            float[] result = result(terms, 20, 70, 9, left, numbers(70 * 9, 0), numbers(20 * 70, 0));
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 70; j++) {
                    assertThat(Float.isNaN(result[i * 70 + j])).as("%s", terms).isEqualTo(i == 7);
                }
            }
        }
    }

    private void check(PairTerms terms, int rows, int columns, int inner, float offset) {
        float[] left = numbers(rows * inner, terms == PairTerms.WEIGHTED_DIFFERENCES ? 0 : offset);
        float[] right = numbers(columns * inner, offset);
        float[] minuend = numbers(rows * columns, offset);
        float[] result = result(terms, rows, columns, inner, left, right, minuend);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                double magnitudes = 0;
                for (int k = 0; k < inner; k++) {
                    float x = left[i * inner + k];
                    float y = right[j * inner + k];
                    double term = switch (terms) {
                        case PRODUCTS -> (double) x * y;
                        case SQUARED_DIFFERENCES -> Math.pow((double) x - y, 2);
                        case LARGEST_DIFFERENCES -> Math.abs((double) x - y);
                        case WEIGHTED_DIFFERENCES -> x * ((double) minuend[i * columns + j] - y);
                    };
                    sum = terms == PairTerms.LARGEST_DIFFERENCES ? Math.max(sum, term) : sum + term;
                    magnitudes += Math.abs(term);
                }
                assertThat(Math.abs(result[i * columns + j] - sum))
                        .as("%s, %s x %s x %s", terms, rows, columns, inner)
                        .isLessThanOrEqualTo(TOLERANCE * magnitudes);
            }
        }
    }

    private static float[] result(
            PairTerms terms, int rows, int columns, int inner, float[] left, float[] right, float[] minuend) {
        float[] target = new float[rows * columns];
        MatrixProducts.set(
                terms,
                rows,
                columns,
                inner,
                Matrix.of(left, 0, inner, 1),
                Matrix.of(right, 0, 1, inner),
                Matrix.of(minuend, 0, columns, 1),
                target,
                0,
                columns);
        return target;
    }

    private float[] numbers(int count, float offset) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = offset + (float) random.nextGaussian();
        }
        return numbers;
    }
}
