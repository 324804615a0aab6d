package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class MultiplyTest {
    /** Half the distance of floats near 1. */
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    @RepeatedTest(300)
    void everyElementIsTheDotProductOfItsRowAndColumn(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int count = sizes.nextInt(1, 21);
        int outputs = sizes.nextInt(1, 71);
        int segmentCount = sizes.nextInt(1, 5);
        int length = sizes.nextInt(1, 41);
        int gap = sizes.nextInt(10);
        long seed = sizes.nextLong();
        for (Kernels kernels : AllKernels.all()) {
            SplittableRandom random = new SplittableRandom(seed);
            Segments segments = new Segments(segmentCount, length + gap, length);
            int inputs = segments.total();
            int padded = Math.ceilDiv(count, Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
            float[] a = RandomFloats.of(1000, random);
            int[] rows =
                    random.ints(padded, 0, 1000 - segmentCount * (length + gap)).toArray();
            int stride = inputs + gap;
            float[] matrix = RandomFloats.of(3 + outputs * stride, random);
            PanelPacking packing = new PanelPacking(outputs, inputs, stride, kernels.panelWidth());
            float[] packed = new float[packing.size()];
            packing.pack(matrix, 3, 0, packing.panels(), packed);
            int columns = packing.panels() * packing.width();
            float[] c = RandomFloats.of(padded * columns, random);

            kernels.multiply(a, rows, count, segments, packed, packing.panels(), c);

            for (int i = 0; i < count; i++) {
                for (int j = 0; j < columns; j++) {
                    double sum = 0;
                    double magnitude = 0;
                    for (int k = 0; k < inputs && j < outputs; k++) {
                        double x = a[rows[i] + k / length * segments.stride() + k % length];
                        sum += x * matrix[3 + j * stride + k];
                        magnitude += Math.abs(x * matrix[3 + j * stride + k]);
                    }
                    assertThat((double) c[i * columns + j])
                            .isCloseTo(sum, within((inputs + 1) * UNIT_ROUNDOFF * magnitude));
                }
            }
        }
    }

    @RepeatedTest(100)
    void addsScaledRowsToWhatIsThere(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int terms = sizes.nextInt(10);
        int vectors = sizes.nextInt(1, 41);
        long seed = sizes.nextLong();
        for (Kernels kernels : AllKernels.all()) {
            SplittableRandom random = new SplittableRandom(seed);
            int length = vectors * kernels.lanes();
            float[] source = RandomFloats.of(length + 60, random);
            float[] target = RandomFloats.of(length + 10, random);
            float[] before = target.clone();
            Terms listed = new Terms(random.ints(terms + 2, 0, 50).toArray(), RandomFloats.of(terms + 2, random));

            kernels.addScaledRows(target, 5, source, 7, listed, 1, terms + 1, length);

            for (int t = 0; t < target.length; t++) {
                double sum = before[t];
                double magnitude = Math.abs(sum);
                for (int e = 1; e <= terms && t >= 5 && t < 5 + length; e++) {
                    double term = (double) listed.factors()[e] * source[listed.offsets()[e] + 7 + t - 5];
                    sum += term;
                    magnitude += Math.abs(term);
                }
                assertThat((double) target[t]).isCloseTo(sum, within(2 * (terms + 1) * UNIT_ROUNDOFF * magnitude));
            }
        }
    }

    @RepeatedTest(200)
    void copiesRowsWithZerosBehind(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int rows = sizes.nextInt(1, 10);
        int lines = sizes.nextInt(1, 5);
        int length = sizes.nextInt(1, 22);
        long seed = sizes.nextLong();
        for (Kernels kernels : AllKernels.all()) {
            SplittableRandom random = new SplittableRandom(seed);
            Segments segments = new Segments(lines, length + 2, length);
            int stride = Math.ceilDiv(segments.total(), kernels.lanes()) * kernels.lanes();
            float[] source = RandomFloats.of(300 + kernels.lanes(), random);
            int[] offsets = random.ints(rows, 0, 290 - lines * (length + 2)).toArray();
            float[] target = RandomFloats.of(rows * stride + 3 + kernels.lanes(), random);

            kernels.copyRows(source, 4, offsets, segments, target, 3, stride);

            for (int i = 0; i < rows * stride; i++) {
                int k = i % stride;
                int from = 4 + offsets[i / stride] + k / length * segments.stride() + k % length;
                assertThat(target[3 + i]).isEqualTo(k < segments.total() ? source[from] : 0);
            }
        }
    }
}
