package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Smooth functions of many values, built from basic operations only, because the Vector API's own functions round
 * differently before and after the method is compiled. Results are within 4 ulp; the polynomials come from Cephes.
 *
 * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes Mathematical Library, expf.c and tanhf.c</a>
 */
final class VectorFunctions {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Below this, e^x counts as 0: it is smaller than the smallest normal float. */
    private static final float MIN = -87;

    private static final float LOG2_E = 1.44269504f;

    /** Adding it rounds to a whole number, because no digit after the point remains. */
    private static final float ROUNDING = 0x1.8p23f;

    /** ln 2 in two parts, the first with so few digits that its multiples are exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float[] EXP = {
        1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f
    };

    /** Below this, the quotient of exponentials would cancel. */
    private static final float SMALL = 0.625f;

    private static final float[] TANH = {
        -5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f
    };

    private VectorFunctions() {}

    static void sigmoid(float[] values, int from, int to) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            sigmoid(FloatVector.fromArray(SPECIES, values, i)).intoArray(values, i);
        }
        if (i < to) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, to);
            sigmoid(FloatVector.fromArray(SPECIES, values, i, rest)).intoArray(values, i, rest);
        }
    }

    static void tanh(float[] values, int from, int to) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            tanh(FloatVector.fromArray(SPECIES, values, i)).intoArray(values, i);
        }
        if (i < to) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, to);
            tanh(FloatVector.fromArray(SPECIES, values, i, rest)).intoArray(values, i, rest);
        }
    }

    /** {@code 1 / (1 + e^−|x|)}, and for a negative x {@code e^−|x|} times that. */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        FloatVector numerator = FloatVector.broadcast(SPECIES, 1).blend(e, x.compare(VectorOperators.LT, 0));
        return numerator.div(e.add(1));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector e = exp(x.abs().mul(-2));
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        FloatVector large = one.sub(e).div(e.add(1));
        FloatVector signed = large.blend(large.neg(), x.compare(VectorOperators.LT, 0));
        FloatVector square = x.mul(x);
        FloatVector small = polynomial(TANH, square).mul(square).fma(x, x);
        return signed.blend(small, x.abs().compare(VectorOperators.LT, SMALL));
    }

    /** {@code e^x} of values up to 0: {@code 2^n · e^r} with a whole n and |r| up to half of ln 2; NaN stays NaN. */
    static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.max(MIN);
        FloatVector n = bounded.mul(LOG2_E).add(ROUNDING).sub(ROUNDING);
        FloatVector most = n.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), bounded);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), most);
        FloatVector e = polynomial(EXP, r).fma(r.mul(r), r).add(1);
        IntVector power = (IntVector) n.convertShape(VectorOperators.F2I, INTS, 0);
        FloatVector scale = power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return e.mul(scale).blend(0, x.compare(VectorOperators.LT, MIN));
    }

    static FloatVector polynomial(float[] coefficients, FloatVector x) {
        FloatVector sum = FloatVector.broadcast(SPECIES, coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum.fma(x, FloatVector.broadcast(SPECIES, coefficients[i]));
        }
        return sum;
    }
}
