package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Both products against sums in double, of sizes that fill tiles and of others. */
class PatchKernelsTest {
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final int AT = 5;
    private static final int SHIFT = 7;

    /** One case: {@code count} rows somewhere in 50 places, and where their factors begin. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rows(
            int count, int channels, int length, int stride, int[] rows, float[] factors, int[] factorRows) {
        static Rows of(int lanes, SplittableRandom random) {
            int count = random.nextInt(12);
            int channels = random.nextInt(1, 11);
            int length = lanes * random.nextInt(1, 10);
            return new Rows(
                    count,
                    channels,
                    length,
                    length + random.nextInt(5),
                    random.ints(count, 0, 50).toArray(),
                    RandomFloats.of(100, random),
                    random.ints(count, 0, 100 - channels).toArray());
        }

        double factor(int row, int channel) {
            return factors[factorRows[row] + channel];
        }
    }

    /** What an array must hold, and how much was added to it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sums(double[] values, double[] magnitudes) {
        static Sums of(float[] begin) {
            Sums sums = new Sums(new double[begin.length], new double[begin.length]);
            for (int i = 0; i < begin.length; i++) {
                sums.add(i, begin[i]);
            }
            return sums;
        }

        void add(int at, double term) {
            values[at] += term;
            magnitudes[at] += Math.abs(term);
        }

        void requireAll(float[] actual, int terms) {
            for (int i = 0; i < actual.length; i++) {
                assertThat((double) actual[i])
                        .isCloseTo(values[i], within(2 * (terms + 1) * UNIT_ROUNDOFF * magnitudes[i]));
            }
        }
    }

    @RepeatedTest(200)
    void addsTheProductOfTheFactorsAndTheRows(RepetitionInfo repetition) {
        for (Kernels kernels : AllKernels.all()) {
            SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
            Rows of = Rows.of(kernels.lanes(), random);
            float[] source = RandomFloats.of(of.length() + 60, random);
            float[] target = RandomFloats.of(AT + of.channels() * of.stride() + 3, random);
            Sums sums = Sums.of(target);
            for (int p = 0; p < of.count(); p++) {
                for (int c = 0; c < of.channels(); c++) {
                    for (int t = 0; t < of.length(); t++) {
                        sums.add(AT + c * of.stride() + t, of.factor(p, c) * source[of.rows()[p] + SHIFT + t]);
                    }
                }
            }

            kernels.patches()
                    .addTransposedProducts(
                            target,
                            AT,
                            of.stride(),
                            of.channels(),
                            of.factors(),
                            of.factorRows(),
                            source,
                            of.rows(),
                            SHIFT,
                            of.count(),
                            of.length());

            sums.requireAll(target, of.count());
        }
    }

    /** The rows of the target overlap, and each is added to. */
    @RepeatedTest(200)
    void addsToEachRowTheProductOfItsFactors(RepetitionInfo repetition) {
        for (Kernels kernels : AllKernels.all()) {
            SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
            Rows of = Rows.of(kernels.lanes(), random);
            float[] source = RandomFloats.of(AT + of.channels() * of.stride(), random);
            float[] target = RandomFloats.of(of.length() + 60, random);
            Sums sums = Sums.of(target);
            for (int p = 0; p < of.count(); p++) {
                for (int c = 0; c < of.channels(); c++) {
                    for (int t = 0; t < of.length(); t++) {
                        sums.add(of.rows()[p] + SHIFT + t, of.factor(p, c) * source[AT + c * of.stride() + t]);
                    }
                }
            }

            kernels.patches()
                    .addProducts(
                            target,
                            of.rows(),
                            SHIFT,
                            of.factors(),
                            of.factorRows(),
                            of.count(),
                            source,
                            AT,
                            of.stride(),
                            of.channels(),
                            of.length());

            sums.requireAll(target, of.count() + of.channels());
        }
    }
}
