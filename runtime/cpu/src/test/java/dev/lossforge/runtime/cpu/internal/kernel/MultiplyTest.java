package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MultiplyTest {
    /** Half the distance of floats near 1. */
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    @Property(tries = 300)
    void everyElementIsTheDotProductOfItsRowAndColumn(
            @ForAll @IntRange(min = 1, max = 20) int count,
            @ForAll @IntRange(min = 1, max = 70) int outputs,
            @ForAll @IntRange(min = 1, max = 4) int segmentCount,
            @ForAll @IntRange(min = 1, max = 40) int length,
            @ForAll @IntRange(min = 0, max = 9) int gap,
            @ForAll long seed) {
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

    @Property(tries = 100)
    void addsScaledRowsToWhatIsThere(
            @ForAll @IntRange(min = 0, max = 9) int terms,
            @ForAll @IntRange(min = 1, max = 40) int vectors,
            @ForAll long seed) {
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

    @Property(tries = 200)
    void copiesRowsWithZerosBehind(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 4) int lines,
            @ForAll @IntRange(min = 1, max = 21) int length,
            @ForAll long seed) {
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
