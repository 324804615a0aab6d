package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Both products against sums in double, of sizes that fill tiles and of others. */
class PatchKernelsTest {
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final int AT = 5;
    private static final int SHIFT = 7;

    private final PatchKernels kernels =
            Objects.requireNonNull(AllKernels.vector().patches());
    private final int lanes = AllKernels.vector().lanes();

    @RepeatedTest(200)
    void addsTheProductOfTheFactorsAndTheRows(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int count = random.nextInt(12);
        int channels = random.nextInt(1, 11);
        int length = lanes * random.nextInt(1, 10);
        int stride = length + random.nextInt(5);
        float[] source = RandomFloats.of(length + 60, random);
        int[] rows = random.ints(count, 0, 50).toArray();
        float[] factors = RandomFloats.of(100, random);
        int[] factorRows = random.ints(count, 0, 100 - channels).toArray();
        float[] target = RandomFloats.of(AT + channels * stride + 3, random);
        float[] before = target.clone();

        kernels.addTransposedProducts(
                target, AT, stride, channels, factors, factorRows, source, rows, SHIFT, count, length);

        for (int i = 0; i < target.length; i++) {
            int channel = Math.floorDiv(i - AT, stride);
            int t = Math.floorMod(i - AT, stride);
            double sum = before[i];
            double magnitude = Math.abs(sum);
            for (int p = 0; p < count && channel >= 0 && channel < channels && t < length; p++) {
                double term = (double) factors[factorRows[p] + channel] * source[rows[p] + SHIFT + t];
                sum += term;
                magnitude += Math.abs(term);
            }
            assertThat((double) target[i]).isCloseTo(sum, within((count + 1) * UNIT_ROUNDOFF * magnitude));
        }
    }

    /** The rows of the target overlap, and each is added to. */
    @RepeatedTest(200)
    void addsToEachRowTheProductOfItsFactors(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int count = random.nextInt(12);
        int channels = random.nextInt(1, 11);
        int length = lanes * random.nextInt(1, 10);
        int stride = length + random.nextInt(5);
        float[] source = RandomFloats.of(AT + channels * stride, random);
        int[] rows = random.ints(count, 0, 50).toArray();
        float[] factors = RandomFloats.of(100, random);
        int[] factorRows = random.ints(count, 0, 100 - channels).toArray();
        float[] target = RandomFloats.of(length + 60, random);
        double[] sums = new double[target.length];
        double[] magnitudes = new double[target.length];
        for (int i = 0; i < target.length; i++) {
            sums[i] = target[i];
            magnitudes[i] = Math.abs(target[i]);
        }
        for (int p = 0; p < count; p++) {
            for (int t = 0; t < length; t++) {
                for (int c = 0; c < channels; c++) {
                    double term = (double) factors[factorRows[p] + c] * source[AT + c * stride + t];
                    sums[rows[p] + SHIFT + t] += term;
                    magnitudes[rows[p] + SHIFT + t] += Math.abs(term);
                }
            }
        }

        kernels.addProducts(
                target, rows, SHIFT, factors, factorRows, count, source, AT, stride, channels, length);

        int most = count + channels + 1;
        for (int i = 0; i < target.length; i++) {
            assertThat((double) target[i]).isCloseTo(sums[i], within(most * UNIT_ROUNDOFF * magnitudes[i]));
        }
    }
}
