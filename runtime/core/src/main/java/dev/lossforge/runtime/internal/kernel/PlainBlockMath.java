package dev.lossforge.runtime.internal.kernel;

import static dev.lossforge.runtime.internal.kernel.Polynomials.*;

/**
 * Plain Java in stages: loops of pure arithmetic, which compilers vectorise, and short loops for the bits of floats,
 * which they do not.
 */
public final class PlainBlockMath implements BlockMath {
    private static final int STAGE = 128;
    private static final int LANES = 16;

    @Override
    public void exp(float[] x, float[] out, int n) {
        float[] exponents = new float[STAGE];
        float[] remainders = new float[STAGE];
        float[] tails = new float[STAGE];
        for (int from = 0; from < n; from += STAGE) {
            int count = Math.min(STAGE, n - from);
            System.arraycopy(x, from, remainders, 0, count);
            expStage(remainders, tails, exponents, EXP_LEAST, count);
            for (int i = 0; i < count; i++) {
                tails[i] = Math.fma(remainders[i], Math.fma(remainders[i], tails[i], 1f), 1f);
            }
            for (int i = 0; i < count; i++) {
                int k = Float.floatToRawIntBits(exponents[i]) - ROUNDER_BITS;
                int half = k >> 1;
                out[from + i] = tails[i] * powerOfTwo(half) * powerOfTwo(k - half);
            }
        }
    }

    @Override
    public void expm1(float[] x, float[] out, int n) {
        float[] exponents = new float[STAGE];
        float[] remainders = new float[STAGE];
        float[] tails = new float[STAGE];
        for (int from = 0; from < n; from += STAGE) {
            int count = Math.min(STAGE, n - from);
            System.arraycopy(x, from, remainders, 0, count);
            expStage(remainders, tails, exponents, EXPM1_LEAST, count);
            for (int i = 0; i < count; i++) {
                float half = powerOfTwo(Float.floatToRawIntBits(exponents[i]) - ROUNDER_BITS - 1);
                float tail = remainders[i] * remainders[i] * tails[i];
                float result = 2 * Math.fma(half, remainders[i] + tail, half - 0.5f);
                out[from + i] = Math.copySign(result, x[from + i]);
            }
        }
    }

    /**
     * Splits {@code x = k log 2 + r}: leaves r in x, {@code (eʳ − 1 − r) / r²} in tails and {@code k + ROUNDER} in
     * exponents.
     */
    private static void expStage(float[] x, float[] tails, float[] exponents, float least, int n) {
        for (int i = 0; i < n; i++) {
            float clamped = Math.max(Math.min(x[i], EXP_GREATEST), least);
            float rounded = Math.fma(clamped, LOG2_E, ROUNDER);
            float k = rounded - ROUNDER;
            float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, clamped));
            float q = Math.fma(r, E4, E3);
            q = Math.fma(r, q, E2);
            q = Math.fma(r, q, E1);
            q = Math.fma(r, q, E0);
            exponents[i] = rounded;
            x[i] = r;
            tails[i] = q;
        }
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    @Override
    public void log(float[] x, float[] out, int n) {
        float[] exponents = new float[STAGE];
        float[] fractions = new float[STAGE];
        for (int from = 0; from < n; from += STAGE) {
            int count = Math.min(STAGE, n - from);
            for (int i = 0; i < count; i++) {
                boolean tiny = x[from + i] < Float.MIN_NORMAL;
                int bits = Float.floatToRawIntBits(tiny ? x[from + i] * 0x1p23f : x[from + i]);
                int exponent = (bits - SQRT_HALF_BITS) >> 23;
                exponents[i] = tiny ? exponent - 23 : exponent;
                fractions[i] = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
            }
            logStage(fractions, exponents, count);
            for (int i = 0; i < count; i++) {
                out[from + i] = logOrLimit(x[from + i], fractions[i]);
            }
        }
    }

    @Override
    public void log1p(float[] x, float[] out, int n) {
        float[] exponents = new float[STAGE];
        float[] fractions = new float[STAGE];
        for (int from = 0; from < n; from += STAGE) {
            int count = Math.min(STAGE, n - from);
            for (int i = 0; i < count; i++) {
                float u = 1 + x[from + i];
                float back = u - 1;
                float lost = u < LOG1P_GREATEST ? (1 - (u - back)) + (x[from + i] - back) : 0;
                int bits = Float.floatToRawIntBits(u);
                int exponent = (bits - SQRT_HALF_BITS) >> 23;
                exponents[i] = exponent;
                float mantissa = Float.intBitsToFloat(bits - (exponent << 23));
                fractions[i] = (mantissa - 1) + lost * powerOfTwo(-Math.min(exponent, 126));
            }
            logStage(fractions, exponents, count);
            for (int i = 0; i < count; i++) {
                float result = logOrLimit(1 + x[from + i], fractions[i]);
                out[from + i] = Math.copySign(result, x[from + i]);
            }
        }
    }

    /** Replaces z by {@code log(1 + z) + k log 2}. */
    private static void logStage(float[] z, float[] k, int n) {
        for (int i = 0; i < n; i++) {
            float square = z[i] * z[i];
            float p = Math.fma(z[i], L8, L7);
            p = Math.fma(z[i], p, L6);
            p = Math.fma(z[i], p, L5);
            p = Math.fma(z[i], p, L4);
            p = Math.fma(z[i], p, L3);
            p = Math.fma(z[i], p, L2);
            p = Math.fma(z[i], p, L1);
            p = Math.fma(z[i], p, L0);
            p = p * (z[i] * square);
            p = Math.fma(k[i], LN2_LOW, p);
            p = Math.fma(square, -0.5f, p);
            z[i] = Math.fma(k[i], LN2_HIGH, z[i] + p);
        }
    }

    private static float logOrLimit(float x, float log) {
        if (x > 0) {
            return x == Float.POSITIVE_INFINITY ? x : log;
        }
        return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }

    @Override
    public void less(float[] a, float[] b, float[] mask, int n) {
        for (int i = 0; i < n; i++) {
            mask[i] = a[i] < b[i] ? 1 : 0;
        }
    }

    @Override
    public void lessOrEqual(float[] a, float[] b, float[] mask, int n) {
        for (int i = 0; i < n; i++) {
            mask[i] = a[i] <= b[i] ? 1 : 0;
        }
    }

    @Override
    public void equal(float[] a, float[] b, float[] mask, int n) {
        for (int i = 0; i < n; i++) {
            mask[i] = a[i] == b[i] ? 1 : 0;
        }
    }

    @Override
    public void less(int[] a, int[] b, float[] mask, int n) {
        for (int i = 0; i < n; i++) {
            mask[i] = a[i] < b[i] ? 1 : 0;
        }
    }

    @Override
    public void equal(int[] a, int[] b, float[] mask, int n) {
        for (int i = 0; i < n; i++) {
            mask[i] = a[i] == b[i] ? 1 : 0;
        }
    }

    @Override
    public void select(float[] mask, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = mask[i] != 0 ? x[i] : y[i];
        }
    }

    @Override
    public void select(float[] mask, int[] x, int[] y, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = mask[i] != 0 ? x[i] : y[i];
        }
    }

    @Override
    public void selectLess(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] < b[i] ? x[i] : y[i];
        }
    }

    @Override
    public void selectLessOrEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] <= b[i] ? x[i] : y[i];
        }
    }

    @Override
    public void selectEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] == b[i] ? x[i] : y[i];
        }
    }

    @Override
    public double sum(float[] x, int n) {
        float[] lanes = new float[LANES];
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += x[i + lane];
            }
        }
        return BlockMath.fold(lanes, x, i, n);
    }

    @Override
    public float max(float[] x, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    @Override
    public float min(float[] x, int n) {
        float min = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            min = Math.min(min, x[i]);
        }
        return min;
    }

    @Override
    public float peak(float[] x, int from, int n) {
        float peak = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + n; i++) {
            peak = x[i] > peak ? x[i] : peak;
        }
        return peak;
    }

    @Override
    public double exponentials(float[] x, int from, float shift, float[] out, int n) {
        System.arraycopy(x, from, out, 0, n);
        for (int i = 0; i < n; i++) {
            out[i] -= shift;
        }
        exp(out, out, n);
        return sum(out, n);
    }

    /** By way of short blocks: loops over two arrays at different positions are not vectorised. */
    @Override
    public void scaled(float[] x, float factor, float[] out, int to, int n) {
        float[] products = new float[STAGE];
        for (int from = 0; from < n; from += STAGE) {
            int count = Math.min(STAGE, n - from);
            System.arraycopy(x, from, products, 0, count);
            for (int i = 0; i < count; i++) {
                products[i] *= factor;
            }
            System.arraycopy(products, 0, out, to + from, count);
        }
    }
}
