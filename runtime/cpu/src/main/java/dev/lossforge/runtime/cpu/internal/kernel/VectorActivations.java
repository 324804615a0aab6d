package dev.lossforge.runtime.cpu.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link ElementFunction} and their slopes, built from basic operations as in {@link VectorFunctions}.
 * Each has its own loop, so that no vector becomes an object.
 */
final class VectorActivations {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);

    /** From this argument on, the tail of the normal distribution counts as 0. */
    private static final float FAR = 14;

    private static final float DENSITY_AT_0 = 0.39894228f;

    /**
     * {@code (1 − Φ(t)) · e^(t²/2) / s} for {@code s = 1 / (1 + t/4)}: a polynomial fitted to {@code t} from 0 to
     * {@link #FAR}, with a relative error below 1e-8.
     */
    private static final float[] TAIL = {
        0.01657975231f,
        -0.06279269309f,
        0.05165353062f,
        0.02843439458f,
        0.01271289665f,
        0.08665641244f,
        0.07199954954f,
        0.09551569957f,
        0.09949255793f,
        0.09974790352f
    };

    /** {@code log(1 + e) = 2w (1 + w²/3 + w⁴/5 + …)} for {@code w = e / (2 + e)}, which is at most 1/3. */
    private static final float[] LOG = {1 / 15f, 1 / 13f, 1 / 11f, 1 / 9f, 1 / 7f, 1 / 5f, 1 / 3f};

    private VectorActivations() {}

    static void apply(ElementFunction function, float[] source, int from, float[] target, int at, int length) {
        switch (function) {
            case GELU -> gelu(source, from, target, at, length);
            case LEAKY_RELU -> leakyRelu(source, from, target, at, length);
            case SOFTPLUS -> softplus(source, from, target, at, length);
        }
    }

    static void multiplySlopes(
            ElementFunction function,
            float[] source,
            int from,
            float[] gradients,
            int gradientsFrom,
            float[] target,
            int at,
            int length) {
        switch (function) {
            case GELU -> geluSlopes(source, from, gradients, gradientsFrom, target, at, length);
            case LEAKY_RELU -> leakyReluSlopes(source, from, gradients, gradientsFrom, target, at, length);
            case SOFTPLUS -> softplusSlopes(source, from, gradients, gradientsFrom, target, at, length);
        }
    }

    private static void gelu(float[] source, int from, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            gelu(FloatVector.fromArray(SPECIES, source, from + i)).intoArray(target, at + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            gelu(FloatVector.fromArray(SPECIES, source, from + i, rest)).intoArray(target, at + i, rest);
        }
    }

    private static void geluSlopes(
            float[] source, int from, float[] gradients, int gradientsFrom, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector slope = geluSlope(FloatVector.fromArray(SPECIES, source, from + i));
            slope.mul(FloatVector.fromArray(SPECIES, gradients, gradientsFrom + i))
                    .intoArray(target, at + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            FloatVector slope = geluSlope(FloatVector.fromArray(SPECIES, source, from + i, rest));
            slope.mul(FloatVector.fromArray(SPECIES, gradients, gradientsFrom + i, rest))
                    .intoArray(target, at + i, rest);
        }
    }

    private static void leakyRelu(float[] source, int from, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
            x.max(x.mul(ElementFunction.LEAK)).intoArray(target, at + i);
        }
        for (; i < length; i++) {
            target[at + i] = PlainFunctions.value(ElementFunction.LEAKY_RELU, source[from + i]);
        }
    }

    private static void leakyReluSlopes(
            float[] source, int from, float[] gradients, int gradientsFrom, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, source, from + i);
            FloatVector slope = FloatVector.broadcast(SPECIES, ElementFunction.LEAK)
                    .blend(ONE, x.compare(VectorOperators.GT, 0))
                    .blend(x, x.test(VectorOperators.IS_NAN));
            slope.mul(FloatVector.fromArray(SPECIES, gradients, gradientsFrom + i))
                    .intoArray(target, at + i);
        }
        for (; i < length; i++) {
            float slope = PlainFunctions.slope(ElementFunction.LEAKY_RELU, source[from + i]);
            target[at + i] = slope * gradients[gradientsFrom + i];
        }
    }

    private static void softplus(float[] source, int from, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            softplus(FloatVector.fromArray(SPECIES, source, from + i)).intoArray(target, at + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            softplus(FloatVector.fromArray(SPECIES, source, from + i, rest)).intoArray(target, at + i, rest);
        }
    }

    private static void softplusSlopes(
            float[] source, int from, float[] gradients, int gradientsFrom, float[] target, int at, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector slope = VectorFunctions.sigmoid(FloatVector.fromArray(SPECIES, source, from + i));
            slope.mul(FloatVector.fromArray(SPECIES, gradients, gradientsFrom + i))
                    .intoArray(target, at + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            FloatVector slope = VectorFunctions.sigmoid(FloatVector.fromArray(SPECIES, source, from + i, rest));
            slope.mul(FloatVector.fromArray(SPECIES, gradients, gradientsFrom + i, rest))
                    .intoArray(target, at + i, rest);
        }
    }

    private static FloatVector gelu(FloatVector x) {
        FloatVector t = x.abs().min(FAR);
        FloatVector tail = tail(t, bell(t));
        VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
        FloatVector cdf = ONE.sub(tail).blend(tail, negative);
        return x.mul(cdf).blend(0, x.compare(VectorOperators.LT, -FAR));
    }

    /** {@code Φ(x) + x · φ(x)}. */
    private static FloatVector geluSlope(FloatVector x) {
        FloatVector t = x.abs().min(FAR);
        FloatVector bell = bell(t);
        FloatVector tail = tail(t, bell);
        FloatVector above = t.mul(bell).mul(DENSITY_AT_0).sub(tail);
        return ONE.add(above).blend(above.neg(), x.compare(VectorOperators.LT, 0));
    }

    /** {@code e^(−t²/2)}, corrected for the rounding error of the square. */
    private static FloatVector bell(FloatVector t) {
        FloatVector square = t.mul(t);
        FloatVector rest = t.fma(t, square.neg());
        FloatVector bell = VectorFunctions.exp(square.mul(-0.5f));
        return bell.mul(rest).fma(FloatVector.broadcast(SPECIES, -0.5f), bell);
    }

    /** {@code 1 − Φ(t)} for {@code t} from 0 to {@link #FAR}. */
    private static FloatVector tail(FloatVector t, FloatVector bell) {
        FloatVector quarter = t.mul(0.25f);
        FloatVector sum = quarter.add(1);
        FloatVector lost = quarter.sub(sum.sub(1));
        FloatVector quotient = ONE.div(sum);
        // Corrects the rounding errors of the sum and of the quotient, which the polynomial would amplify.
        FloatVector error = sum.neg().fma(quotient, ONE).sub(quotient.mul(lost));
        FloatVector s = quotient.fma(error, quotient);
        return VectorFunctions.polynomial(TAIL, s).mul(s).mul(bell);
    }

    private static FloatVector softplus(FloatVector x) {
        FloatVector e = VectorFunctions.exp(x.abs().neg());
        FloatVector w = e.div(e.add(2));
        FloatVector square = w.mul(w);
        FloatVector twice = w.add(w);
        FloatVector log = VectorFunctions.polynomial(LOG, square).mul(square).fma(twice, twice);
        return log.add(x.max(0));
    }
}
