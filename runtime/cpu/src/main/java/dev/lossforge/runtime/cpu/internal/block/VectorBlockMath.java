package dev.lossforge.runtime.cpu.internal.block;

import static dev.lossforge.runtime.internal.kernel.Polynomials.*;

import dev.lossforge.runtime.internal.kernel.BlockMath;
import dev.lossforge.runtime.internal.kernel.Blocks;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of blocks in vectors as long as the machine has them, at most 16 floats. Every loop is written out: a
 * vector that crosses a method which is not inlined becomes an object.
 */
final class VectorBlockMath implements BlockMath {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() > Blocks.PADDING
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS =
            IntVector.SPECIES_PREFERRED.length() > Blocks.PADDING ? IntVector.SPECIES_512 : IntVector.SPECIES_PREFERRED;
    static final int STEP = FLOATS.length();
    private static final int SIGN = 0x80000000;

    @Override
    public void exp(float[] x, float[] out, int n) {
        VectorExp.exp(x, out, n);
    }

    @Override
    public void expm1(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, i);
            IntVector sign = v.reinterpretAsInts().and(SIGN);
            v = v.blend(EXP_GREATEST, v.compare(VectorOperators.GT, EXP_GREATEST));
            v = v.blend(EXPM1_LEAST, v.compare(VectorOperators.LT, EXPM1_LEAST));
            FloatVector rounded = v.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
            FloatVector k = rounded.sub(ROUNDER);
            FloatVector r = k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
            r = k.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
            FloatVector q = r.fma(FloatVector.broadcast(FLOATS, E4), FloatVector.broadcast(FLOATS, E3));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E2));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E1));
            q = r.fma(q, FloatVector.broadcast(FLOATS, E0));
            FloatVector tail = r.mul(r).mul(q);
            FloatVector half = rounded.reinterpretAsInts()
                    .sub(ROUNDER_BITS - 126)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector result = half.fma(r.add(tail), half.sub(0.5f)).mul(2f);
            result.reinterpretAsInts().and(~SIGN).or(sign).reinterpretAsFloats().intoArray(out, i);
        }
    }

    @Override
    public void log(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, i);
            VectorMask<Float> tiny = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(0x1p23f), tiny).reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
            FloatVector z = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .sub(1f);
            FloatVector k = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
            k = k.blend(k.sub(23f), tiny);
            FloatVector square = z.mul(z);
            FloatVector p = z.fma(FloatVector.broadcast(FLOATS, L8), FloatVector.broadcast(FLOATS, L7));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L6));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L5));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L4));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L3));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L2));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L1));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L0));
            p = p.mul(z.mul(square));
            p = k.fma(FloatVector.broadcast(FLOATS, LN2_LOW), p);
            p = square.fma(FloatVector.broadcast(FLOATS, -0.5f), p);
            FloatVector result = k.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), z.add(p));
            result = result.blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
            result = result.blend(Float.NaN, v.compare(VectorOperators.GT, 0f).not());
            result = result.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
            result.intoArray(out, i);
        }
    }

    @Override
    public void log1p(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, i);
            FloatVector u = v.add(1f);
            FloatVector back = u.sub(1f);
            FloatVector lost =
                    FloatVector.broadcast(FLOATS, 1f).sub(u.sub(back)).add(v.sub(back));
            lost = FloatVector.zero(FLOATS).blend(lost, u.compare(VectorOperators.LT, LOG1P_GREATEST));
            IntVector bits = u.reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
            FloatVector mantissa =
                    bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
            FloatVector scale = IntVector.broadcast(INTS, 127)
                    .sub(exponent.min(126))
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector z = mantissa.sub(1f).add(lost.mul(scale));
            FloatVector k = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
            FloatVector square = z.mul(z);
            FloatVector p = z.fma(FloatVector.broadcast(FLOATS, L8), FloatVector.broadcast(FLOATS, L7));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L6));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L5));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L4));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L3));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L2));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L1));
            p = z.fma(p, FloatVector.broadcast(FLOATS, L0));
            p = p.mul(z.mul(square));
            p = k.fma(FloatVector.broadcast(FLOATS, LN2_LOW), p);
            p = square.fma(FloatVector.broadcast(FLOATS, -0.5f), p);
            FloatVector result = k.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), z.add(p));
            result = result.blend(Float.POSITIVE_INFINITY, u.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
            result = result.blend(Float.NaN, u.compare(VectorOperators.GT, 0f).not());
            result = result.blend(Float.NEGATIVE_INFINITY, u.compare(VectorOperators.EQ, 0f));
            IntVector sign = v.reinterpretAsInts().and(SIGN);
            result.reinterpretAsInts().and(~SIGN).or(sign).reinterpretAsFloats().intoArray(out, i);
        }
    }

    @Override
    public void less(float[] a, float[] b, float[] mask, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> less = FloatVector.fromArray(FLOATS, a, i).lt(FloatVector.fromArray(FLOATS, b, i));
            FloatVector.zero(FLOATS).blend(1f, less).intoArray(mask, i);
        }
    }

    @Override
    public void lessOrEqual(float[] a, float[] b, float[] mask, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> lessOrEqual = FloatVector.fromArray(FLOATS, a, i)
                    .compare(VectorOperators.LE, FloatVector.fromArray(FLOATS, b, i));
            FloatVector.zero(FLOATS).blend(1f, lessOrEqual).intoArray(mask, i);
        }
    }

    @Override
    public void equal(float[] a, float[] b, float[] mask, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> equal = FloatVector.fromArray(FLOATS, a, i).eq(FloatVector.fromArray(FLOATS, b, i));
            FloatVector.zero(FLOATS).blend(1f, equal).intoArray(mask, i);
        }
    }

    @Override
    public void less(int[] a, int[] b, float[] mask, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> less = IntVector.fromArray(INTS, a, i)
                    .lt(IntVector.fromArray(INTS, b, i))
                    .cast(FLOATS);
            FloatVector.zero(FLOATS).blend(1f, less).intoArray(mask, i);
        }
    }

    @Override
    public void equal(int[] a, int[] b, float[] mask, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> equal = IntVector.fromArray(INTS, a, i)
                    .eq(IntVector.fromArray(INTS, b, i))
                    .cast(FLOATS);
            FloatVector.zero(FLOATS).blend(1f, equal).intoArray(mask, i);
        }
    }

    @Override
    public void select(float[] mask, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> chosen = FloatVector.fromArray(FLOATS, mask, i).compare(VectorOperators.NE, 0f);
            FloatVector.fromArray(FLOATS, y, i)
                    .blend(FloatVector.fromArray(FLOATS, x, i), chosen)
                    .intoArray(out, i);
        }
    }

    @Override
    public void select(float[] mask, int[] x, int[] y, int[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Integer> chosen = FloatVector.fromArray(FLOATS, mask, i)
                    .compare(VectorOperators.NE, 0f)
                    .cast(INTS);
            IntVector.fromArray(INTS, y, i)
                    .blend(IntVector.fromArray(INTS, x, i), chosen)
                    .intoArray(out, i);
        }
    }

    @Override
    public void selectLess(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> chosen = FloatVector.fromArray(FLOATS, a, i).lt(FloatVector.fromArray(FLOATS, b, i));
            FloatVector.fromArray(FLOATS, y, i)
                    .blend(FloatVector.fromArray(FLOATS, x, i), chosen)
                    .intoArray(out, i);
        }
    }

    @Override
    public void selectLessOrEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> chosen = FloatVector.fromArray(FLOATS, a, i)
                    .compare(VectorOperators.LE, FloatVector.fromArray(FLOATS, b, i));
            FloatVector.fromArray(FLOATS, y, i)
                    .blend(FloatVector.fromArray(FLOATS, x, i), chosen)
                    .intoArray(out, i);
        }
    }

    @Override
    public void selectEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i += STEP) {
            VectorMask<Float> chosen = FloatVector.fromArray(FLOATS, a, i).eq(FloatVector.fromArray(FLOATS, b, i));
            FloatVector.fromArray(FLOATS, y, i)
                    .blend(FloatVector.fromArray(FLOATS, x, i), chosen)
                    .intoArray(out, i);
        }
    }

    @Override
    public double sum(float[] x, int n) {
        float[] lanes = new float[Blocks.PADDING];
        int whole = n - n % Blocks.PADDING;
        for (int lane = 0; lane < lanes.length; lane += STEP) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int i = lane; i < whole; i += Blocks.PADDING) {
                sum = sum.add(FloatVector.fromArray(FLOATS, x, i));
            }
            sum.intoArray(lanes, lane);
        }
        return BlockMath.fold(lanes, x, whole, n);
    }

    @Override
    public float max(float[] x, int n) {
        FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < whole; i += STEP) {
            max = max.max(FloatVector.fromArray(FLOATS, x, i));
        }
        float result = max.reduceLanes(VectorOperators.MAX);
        for (int i = whole; i < n; i++) {
            result = Math.max(result, x[i]);
        }
        return result;
    }

    @Override
    public float min(float[] x, int n) {
        FloatVector min = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        int whole = FLOATS.loopBound(n);
        for (int i = 0; i < whole; i += STEP) {
            min = min.min(FloatVector.fromArray(FLOATS, x, i));
        }
        float result = min.reduceLanes(VectorOperators.MIN);
        for (int i = whole; i < n; i++) {
            result = Math.min(result, x[i]);
        }
        return result;
    }

    @Override
    public float peak(float[] x, int from, int n) {
        return VectorExp.peak(x, from, n);
    }

    @Override
    public double exponentials(float[] x, int from, float shift, float[] out, int n) {
        return VectorExp.exponentials(x, from, shift, out, n);
    }

    @Override
    public void scaled(float[] x, float factor, float[] out, int to, int n) {
        VectorExp.scaled(x, factor, out, to, n);
    }
}
