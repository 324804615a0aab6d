package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Rectifiers, and sums per channel in double precision. */
final class VectorElements {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int DOUBLE_LANES = DOUBLES.length();

    /** A species with as many floats as {@link #DOUBLES} has lanes. */
    private static final VectorSpecies<Float> HALF =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    private VectorElements() {}

    static void rectify(float[] source, int from, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector.fromArray(SPECIES, source, from + i).max(0).intoArray(target, at + i);
        }
        for (; i < length; i++) {
            target[at + i] = Math.max(source[from + i], 0);
        }
    }

    static void rectifyBack(float[] gradients, float[] results, int from, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            VectorMask<Float> cut =
                    FloatVector.fromArray(SPECIES, results, from + i).eq(0);
            FloatVector.fromArray(SPECIES, gradients, from + i).blend(0, cut).intoArray(target, at + i);
        }
        for (; i < length; i++) {
            target[at + i] = results[from + i] == 0 ? 0 : gradients[from + i];
        }
    }

    static void addMoments(float[] values, int from, int rows, int channels, double[] sums, int at) {
        int c = 0;
        for (; c + DOUBLE_LANES <= channels; c += DOUBLE_LANES) {
            DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, at + c);
            DoubleVector squares = DoubleVector.fromArray(DOUBLES, sums, at + channels + c);
            for (int row = 0; row < rows; row++) {
                DoubleVector value = load(values, from + row * channels + c);
                sum = sum.add(value);
                squares = squares.add(value.mul(value));
            }
            sum.intoArray(sums, at + c);
            squares.intoArray(sums, at + channels + c);
        }
        PlainElements.addMoments(values, from, rows, channels, c, sums, at);
    }

    static void addProducts(
            float[] gradients,
            int gradientsFrom,
            float[] values,
            int from,
            int rows,
            int channels,
            double[] means,
            double[] sums,
            int at) {
        int c = 0;
        for (; c + DOUBLE_LANES <= channels; c += DOUBLE_LANES) {
            DoubleVector mean = DoubleVector.fromArray(DOUBLES, means, c);
            DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, at + c);
            DoubleVector products = DoubleVector.fromArray(DOUBLES, sums, at + channels + c);
            for (int row = 0; row < rows; row++) {
                DoubleVector gradient = load(gradients, gradientsFrom + row * channels + c);
                DoubleVector value = load(values, from + row * channels + c);
                sum = sum.add(gradient);
                products = products.add(gradient.mul(value.sub(mean)));
            }
            sum.intoArray(sums, at + c);
            products.intoArray(sums, at + channels + c);
        }
        PlainElements.addProducts(gradients, gradientsFrom, values, from, rows, channels, c, means, sums, at);
    }

    private static DoubleVector load(float[] values, int at) {
        return (DoubleVector) FloatVector.fromArray(HALF, values, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
    }
}
