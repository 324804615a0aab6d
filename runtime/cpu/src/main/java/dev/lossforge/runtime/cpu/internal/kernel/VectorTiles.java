package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Both sides of Winograd's F(2×2, 3×3), lanes over channels. */
final class VectorTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INDEX = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorTiles() {}

    /** {@code Bᵀ d B} of one tile, from {@code at} in the image to {@code to} in the target. */
    static void transform(
            float[] image, int at, int lineStride, int channels, float[] target, int to, int positionStride) {
        int line0 = at;
        int line1 = line0 + lineStride;
        int line2 = line1 + lineStride;
        int line3 = line2 + lineStride;
        for (int c = 0; c < channels; c += LANES) {
            FloatVector t00 = FloatVector.fromArray(SPECIES, image, line0 + c)
                    .sub(FloatVector.fromArray(SPECIES, image, line2 + c));
            FloatVector t01 = FloatVector.fromArray(SPECIES, image, line0 + c + channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line2 + c + channels));
            FloatVector t02 = FloatVector.fromArray(SPECIES, image, line0 + c + 2 * channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line2 + c + 2 * channels));
            FloatVector t03 = FloatVector.fromArray(SPECIES, image, line0 + c + 3 * channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line2 + c + 3 * channels));
            t00.sub(t02).intoArray(target, to + c);
            t01.add(t02).intoArray(target, to + c + positionStride);
            t02.sub(t01).intoArray(target, to + c + 2 * positionStride);
            t01.sub(t03).intoArray(target, to + c + 3 * positionStride);
            FloatVector t10 = FloatVector.fromArray(SPECIES, image, line1 + c)
                    .add(FloatVector.fromArray(SPECIES, image, line2 + c));
            FloatVector t11 = FloatVector.fromArray(SPECIES, image, line1 + c + channels)
                    .add(FloatVector.fromArray(SPECIES, image, line2 + c + channels));
            FloatVector t12 = FloatVector.fromArray(SPECIES, image, line1 + c + 2 * channels)
                    .add(FloatVector.fromArray(SPECIES, image, line2 + c + 2 * channels));
            FloatVector t13 = FloatVector.fromArray(SPECIES, image, line1 + c + 3 * channels)
                    .add(FloatVector.fromArray(SPECIES, image, line2 + c + 3 * channels));
            t10.sub(t12).intoArray(target, to + c + 4 * positionStride);
            t11.add(t12).intoArray(target, to + c + 5 * positionStride);
            t12.sub(t11).intoArray(target, to + c + 6 * positionStride);
            t11.sub(t13).intoArray(target, to + c + 7 * positionStride);
            FloatVector t20 = FloatVector.fromArray(SPECIES, image, line2 + c)
                    .sub(FloatVector.fromArray(SPECIES, image, line1 + c));
            FloatVector t21 = FloatVector.fromArray(SPECIES, image, line2 + c + channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line1 + c + channels));
            FloatVector t22 = FloatVector.fromArray(SPECIES, image, line2 + c + 2 * channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line1 + c + 2 * channels));
            FloatVector t23 = FloatVector.fromArray(SPECIES, image, line2 + c + 3 * channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line1 + c + 3 * channels));
            t20.sub(t22).intoArray(target, to + c + 8 * positionStride);
            t21.add(t22).intoArray(target, to + c + 9 * positionStride);
            t22.sub(t21).intoArray(target, to + c + 10 * positionStride);
            t21.sub(t23).intoArray(target, to + c + 11 * positionStride);
            FloatVector t30 = FloatVector.fromArray(SPECIES, image, line1 + c)
                    .sub(FloatVector.fromArray(SPECIES, image, line3 + c));
            FloatVector t31 = FloatVector.fromArray(SPECIES, image, line1 + c + channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line3 + c + channels));
            FloatVector t32 = FloatVector.fromArray(SPECIES, image, line1 + c + 2 * channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line3 + c + 2 * channels));
            FloatVector t33 = FloatVector.fromArray(SPECIES, image, line1 + c + 3 * channels)
                    .sub(FloatVector.fromArray(SPECIES, image, line3 + c + 3 * channels));
            t30.sub(t32).intoArray(target, to + c + 12 * positionStride);
            t31.add(t32).intoArray(target, to + c + 13 * positionStride);
            t32.sub(t31).intoArray(target, to + c + 14 * positionStride);
            t31.sub(t33).intoArray(target, to + c + 15 * positionStride);
        }
    }

    /** {@code Aᵀ m A} of one tile, its bias and ReLU, for the channels that fill whole vectors. */
    static void reduce(
            float[] products,
            int at,
            int positionStride,
            int[] rows,
            int firstRow,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt,
            int vectorChannels) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int c = 0; c < vectorChannels; c += LANES) {
            FloatVector m10 = FloatVector.fromArray(SPECIES, products, at + c + 4 * positionStride);
            FloatVector m20 = FloatVector.fromArray(SPECIES, products, at + c + 8 * positionStride);
            FloatVector s00 =
                    FloatVector.fromArray(SPECIES, products, at + c).add(m10).add(m20);
            FloatVector s10 = m10.sub(m20).sub(FloatVector.fromArray(SPECIES, products, at + c + 12 * positionStride));
            FloatVector m11 = FloatVector.fromArray(SPECIES, products, at + c + 5 * positionStride);
            FloatVector m21 = FloatVector.fromArray(SPECIES, products, at + c + 9 * positionStride);
            FloatVector s01 = FloatVector.fromArray(SPECIES, products, at + c + positionStride)
                    .add(m11)
                    .add(m21);
            FloatVector s11 = m11.sub(m21).sub(FloatVector.fromArray(SPECIES, products, at + c + 13 * positionStride));
            FloatVector m12 = FloatVector.fromArray(SPECIES, products, at + c + 6 * positionStride);
            FloatVector m22 = FloatVector.fromArray(SPECIES, products, at + c + 10 * positionStride);
            FloatVector s02 = FloatVector.fromArray(SPECIES, products, at + c + 2 * positionStride)
                    .add(m12)
                    .add(m22);
            FloatVector s12 = m12.sub(m22).sub(FloatVector.fromArray(SPECIES, products, at + c + 14 * positionStride));
            FloatVector m13 = FloatVector.fromArray(SPECIES, products, at + c + 7 * positionStride);
            FloatVector m23 = FloatVector.fromArray(SPECIES, products, at + c + 11 * positionStride);
            FloatVector s03 = FloatVector.fromArray(SPECIES, products, at + c + 3 * positionStride)
                    .add(m13)
                    .add(m23);
            FloatVector s13 = m13.sub(m23).sub(FloatVector.fromArray(SPECIES, products, at + c + 15 * positionStride));
            FloatVector best = s00.add(s01).add(s02);
            IntVector winner = IntVector.broadcast(INDEX, rows[firstRow]);
            FloatVector y1 = s01.sub(s02).sub(s03);
            VectorMask<Float> wins1 = y1.compare(VectorOperators.GT, best).or(y1.compare(VectorOperators.NE, y1));
            best = best.blend(y1, wins1);
            winner = winner.blend(rows[firstRow + 1], wins1.cast(INDEX));
            FloatVector y2 = s10.add(s11).add(s12);
            VectorMask<Float> wins2 = y2.compare(VectorOperators.GT, best).or(y2.compare(VectorOperators.NE, y2));
            best = best.blend(y2, wins2);
            winner = winner.blend(rows[firstRow + 2], wins2.cast(INDEX));
            FloatVector y3 = s11.sub(s12).sub(s13);
            VectorMask<Float> wins3 = y3.compare(VectorOperators.GT, best).or(y3.compare(VectorOperators.NE, y3));
            best = best.blend(y3, wins3);
            winner = winner.blend(rows[firstRow + 3], wins3.cast(INDEX));
            best = best.add(FloatVector.fromArray(SPECIES, bias, biasAt + c));
            if (relu) {
                VectorMask<Float> cut = best.compare(VectorOperators.LE, zero);
                best = best.blend(zero, cut);
                winner = winner.blend(Windows.NONE, cut.cast(INDEX));
            }
            best.intoArray(target, targetAt + c);
            winner.intoArray(winners, targetAt + c);
        }
    }

    /** As {@link #reduce}, for the channels from {@code fromChannel} on. */
    static void reduceRest(
            float[] products,
            int at,
            int positionStride,
            int[] rows,
            int firstRow,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt,
            int fromChannel,
            int channels) {
        float[] sums = new float[8];
        float[] results = new float[4];
        for (int c = fromChannel; c < channels; c++) {
            for (int j = 0; j < 4; j++) {
                int m = at + c + j * positionStride;
                float m1 = products[m + 4 * positionStride];
                float m2 = products[m + 8 * positionStride];
                sums[j] = products[m] + m1 + m2;
                sums[4 + j] = m1 - m2 - products[m + 12 * positionStride];
            }
            for (int i = 0; i < 2; i++) {
                results[2 * i] = sums[4 * i] + sums[4 * i + 1] + sums[4 * i + 2];
                results[2 * i + 1] = sums[4 * i + 1] - sums[4 * i + 2] - sums[4 * i + 3];
            }
            int best = 0;
            for (int i = 1; i < 4; i++) {
                best = results[i] > results[best] || Float.isNaN(results[i]) ? i : best;
            }
            float value = results[best] + bias[biasAt + c];
            boolean cut = relu && value <= 0;
            target[targetAt + c] = cut ? 0 : value;
            winners[targetAt + c] = cut ? Windows.NONE : rows[firstRow + best];
        }
    }
}
