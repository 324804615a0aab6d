package dev.lossforge.runtime.cpu.internal.block;

import static dev.lossforge.runtime.cpu.internal.block.VectorBlockMath.FLOATS;
import static dev.lossforge.runtime.cpu.internal.block.VectorBlockMath.INTS;
import static dev.lossforge.runtime.cpu.internal.block.VectorBlockMath.STEP;
import static dev.lossforge.runtime.internal.kernel.Polynomials.*;

import dev.lossforge.runtime.internal.kernel.BlockMath;
import dev.lossforge.runtime.internal.kernel.Blocks;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponentials of {@link VectorBlockMath}. Where all results are normal floats, the exponent is added to the bits
 * of the mantissa; where one is not, the power of two is multiplied in halves, for the same bits at twice the cost.
 */
final class VectorExp {
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int NORMAL_BITS = Float.floatToRawIntBits(EXP_NORMAL);

    private VectorExp() {}

    static void exp(float[] x, float[] out, int n) {
        if (isNormal(x, n)) {
            normalExp(x, out, n);
        } else {
            anyExp(x, out, 0, n);
        }
    }

    /**
     * Whether all exponentials are normal floats; the bits of magnitudes are ordered as they are, and NaN above all.
     */
    private static boolean isNormal(float[] x, int n) {
        IntVector greatest = IntVector.zero(INTS);
        for (int i = 0; i < n; i += STEP) {
            greatest = greatest.max(
                    FloatVector.fromArray(FLOATS, x, i).reinterpretAsInts().and(MAGNITUDE));
        }
        return greatest.reduceLanes(VectorOperators.MAX) <= NORMAL_BITS;
    }

    private static void normalExp(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, i);
            FloatVector rounded = v.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
            FloatVector k = rounded.sub(ROUNDER);
            FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
            r = k.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
            FloatVector q = r.fma(FloatVector.broadcast(FLOATS, E4), FloatVector.broadcast(FLOATS, E3));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E2));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E1));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E0));
            q = r.fma(q, FloatVector.broadcast(FLOATS, 1f));
            FloatVector mantissa = r.fma(q, FloatVector.broadcast(FLOATS, 1f));
            IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            mantissa.reinterpretAsInts().add(exponent).reinterpretAsFloats().intoArray(out, i);
        }
    }

    private static void anyExp(float[] x, float[] out, int from, int n) {
        for (int i = from; i < n; i += STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, i);
            v = v.blend(EXP_GREATEST, v.compare(VectorOperators.GT, EXP_GREATEST));
            v = v.blend(EXP_LEAST, v.compare(VectorOperators.LT, EXP_LEAST));
            FloatVector rounded = v.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
            FloatVector k = rounded.sub(ROUNDER);
            FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
            r = k.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
            FloatVector q = r.fma(FloatVector.broadcast(FLOATS, E4), FloatVector.broadcast(FLOATS, E3));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E2));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E1));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E0));
            q = r.fma(q, FloatVector.broadcast(FLOATS, 1f));
            FloatVector mantissa = r.fma(q, FloatVector.broadcast(FLOATS, 1f));
            IntVector exponent = rounded.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector rest = exponent.sub(half);
            FloatVector first = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector second =
                    rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            mantissa.mul(first).mul(second).intoArray(out, i);
        }
    }

    /** See {@link BlockMath#exponentials}. */
    static double exponentials(float[] x, int from, float shift, float[] out, int n) {
        float[] lanes = new float[Blocks.PADDING];
        int whole = n - n % Blocks.PADDING;
        int done = normalExponentials(x, from, shift, out, whole, lanes) ? whole : 0;
        for (int i = done; i < n; i++) {
            out[i] = x[from + i] - shift;
        }
        anyExp(out, out, done, n);
        return done == whole ? BlockMath.fold(lanes, out, whole, n) : Blocks.sum(out, n);
    }

    /** {@link #exponentials} of n entries, a multiple of the padding, summed by lane; false if one is not normal. */
    private static boolean normalExponentials(float[] x, int from, float shift, float[] out, int n, float[] lanes) {
        IntVector greatest = IntVector.zero(INTS);
        for (int lane = 0; lane < lanes.length; lane += STEP) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int i = lane; i < n; i += Blocks.PADDING) {
                FloatVector v = FloatVector.fromArray(FLOATS, x, from + i).sub(shift);
                greatest = greatest.max(v.reinterpretAsInts().and(MAGNITUDE));
                FloatVector rounded =
                        v.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
                FloatVector k = rounded.sub(ROUNDER);
                FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
                r = k.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
                FloatVector q = r.fma(FloatVector.broadcast(FLOATS, E4), FloatVector.broadcast(FLOATS, E3));
                q = r.fma(q, FloatVector.broadcast(FLOATS, E2));
                q = r.fma(q, FloatVector.broadcast(FLOATS, E1));
                q = r.fma(q, FloatVector.broadcast(FLOATS, E0));
                q = r.fma(q, FloatVector.broadcast(FLOATS, 1f));
                FloatVector mantissa = r.fma(q, FloatVector.broadcast(FLOATS, 1f));
                IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
                FloatVector e = mantissa.reinterpretAsInts().add(exponent).reinterpretAsFloats();
                e.intoArray(out, i);
                sum = sum.add(e);
            }
            sum.intoArray(lanes, lane);
        }
        return greatest.reduceLanes(VectorOperators.MAX) <= NORMAL_BITS;
    }

    /** See {@link BlockMath#peak}; a comparison with NaN is false, so that NaN is never taken. */
    static float peak(float[] x, int from, int n) {
        FloatVector even = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector odd = even;
        int i = 0;
        for (; i + 2 * STEP <= n; i += 2 * STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
            FloatVector w = FloatVector.fromArray(FLOATS, x, from + i + STEP);
            even = even.blend(v, v.compare(VectorOperators.GT, even));
            odd = odd.blend(w, w.compare(VectorOperators.GT, odd));
        }
        for (; i + STEP <= n; i += STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, from + i);
            even = even.blend(v, v.compare(VectorOperators.GT, even));
        }
        if (i < n && i > 0) { // the last whole vector holds entries that were looked at before
            FloatVector v = FloatVector.fromArray(FLOATS, x, from + n - STEP);
            odd = odd.blend(v, v.compare(VectorOperators.GT, odd));
            i = n;
        }
        float peak = even.max(odd).reduceLanes(VectorOperators.MAX);
        for (; i < n; i++) {
            peak = x[from + i] > peak ? x[from + i] : peak;
        }
        return peak;
    }

    /** See {@link BlockMath#scaled}. */
    static void scaled(float[] x, float factor, float[] out, int to, int n) {
        int i = 0;
        for (; i + STEP <= n; i += STEP) {
            FloatVector.fromArray(FLOATS, x, i).mul(factor).intoArray(out, to + i);
        }
        if (i < n && i > 0) { // the last whole vector writes some entries again
            FloatVector.fromArray(FLOATS, x, n - STEP).mul(factor).intoArray(out, to + n - STEP);
            i = n;
        }
        for (; i < n; i++) {
            out[to + i] = x[i] * factor;
        }
    }
}
