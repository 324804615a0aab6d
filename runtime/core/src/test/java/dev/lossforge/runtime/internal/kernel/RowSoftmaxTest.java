package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Softmaxes of rows, block by block and in lanes, against double precision, and at the limits of float. */
class RowSoftmaxTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final int LONGEST = 3 * Blocks.SIZE + 5;
    /** Relative: two ulps of each exponential, and one rounding for each that a lane of a block's sum takes. */
    private static final double SUM_ERROR = (4 + Blocks.SIZE / Blocks.PADDING) * 0x1p-24;

    @Test
    void isTheSoftmaxInDoublePrecision() {
        SplittableRandom random = new SplittableRandom(3);
        for (int length : new int[] {1, 2, 16, 17, 100, Blocks.SIZE, Blocks.SIZE + 1, LONGEST}) {
            for (float spread : new float[] {1e-3f, 1, 30, 1000}) {
                float[] x = new float[length];
                for (int i = 0; i < length; i++) {
                    x[i] = (float) random.nextGaussian() * spread;
                }
                checkAgainstDouble(x);
                Arrays.sort(x);
                checkAgainstDouble(x);
            }
        }
    }

    private static void checkAgainstDouble(float[] x) {
        double max = Float.NEGATIVE_INFINITY;
        for (float value : x) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (float value : x) {
            sum += Math.exp(value - max);
        }
        Result result = ofRow(x);
        assertThat(result.max).isEqualTo((float) max);
        checkExcess(x, max, result.excess);
        if (x.length <= 17) {
            checkExcess(x, max, ofLane(x, (float) max).excess);
        }
        for (int i = 0; i < x.length; i++) {
            double exact = Math.exp(x[i] - max) / sum;
            // Two ulps of exp, two products; the difference from the maximum is rounded, which exp amplifies.
            double error = SUM_ERROR + (6 + Math.abs(x[i] - max)) * 0x1p-24;
            double tolerance = error * exact + 2 * Float.MIN_VALUE;
            assertThat(Math.abs(result.softmax.get(i) - exact))
                    .as("entry %d of %d: %s instead of %s", i, x.length, result.softmax.get(i), exact)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    /** What the other values add to the exponential of the greatest, which is 1, is known to its own last places. */
    private static void checkExcess(float[] x, double max, float excess) {
        double rest = -1;
        double error = 0;
        for (float value : x) {
            double exponential = value == max ? 1 : Math.exp(value - max);
            rest += value == max ? 1 : 0;
            error += exponential * (SUM_ERROR + (2 + Math.abs(value - max)) * 0x1p-24);
        }
        for (float value : x) {
            rest += value == max ? 0 : Math.exp(value - max);
        }
        error = rest == 0 ? 0 : (error - SUM_ERROR) / (1 + rest) + Math.log1p(rest) * 0x1p-23;
        assertThat(Math.abs(excess - Math.log1p(rest))).isLessThanOrEqualTo(error + x.length * Float.MIN_VALUE);
    }

    @Test
    void limitsAreThoseOfTheFormula() {
        assertResult(ofBoth(-INFINITY, 3, -INFINITY), 3, 0, 0, 1, 0);
        assertResult(ofBoth(1e30f, -1e30f), 1e30f, 0, 1, 0);
        assertResult(ofBoth(INFINITY, 3), INFINITY, 0, Float.NaN, 0);
        assertResult(ofBoth(-INFINITY, -INFINITY), -INFINITY, 0, Float.NaN, Float.NaN);
        assertResult(ofBoth(1, Float.NaN), Float.NaN, Float.NaN, Float.NaN, Float.NaN);
        assertResult(ofBoth(INFINITY, Float.NaN), Float.NaN, Float.NaN, Float.NaN, Float.NaN);
        assertResult(ofBoth(0, -103), 0, (float) Math.exp(-103), 1, (float) Math.exp(-103));
        assertResult(ofBoth(), -INFINITY, 0);
    }

    @Test
    void limitsHoldAcrossBlocks() {
        float[] x = new float[2 * Blocks.SIZE];
        Arrays.fill(x, 0, Blocks.SIZE, -INFINITY);
        Arrays.fill(x, Blocks.SIZE, x.length, -2000);
        assertThat(ofRow(x).softmax.get(0)).isZero();
        assertThat(ofRow(x).softmax.get(Blocks.SIZE)).isEqualTo(1f / Blocks.SIZE);
        x[Blocks.SIZE] = INFINITY;
        assertThat(ofRow(x).softmax.get(0)).isZero();
        assertThat(ofRow(x).softmax.get(Blocks.SIZE)).isNaN();
        assertThat(ofRow(x).softmax.get(Blocks.SIZE + 1)).isZero();
        x[3] = Float.NaN;
        assertThat(ofRow(x).softmax).containsOnly(Float.NaN);
        assertThat(ofRow(x).max).isNaN();
    }

    private record Result(float max, float excess, List<Float> softmax) {}

    private static void assertResult(Result result, float max, float excess, float... softmax) {
        assertThat(result.max).isEqualTo(Float.valueOf(max));
        assertThat(result.excess).isEqualTo(Float.valueOf(excess));
        assertThat(result.softmax).isEqualTo(list(softmax));
    }

    private static List<Float> list(float... entries) {
        List<Float> list = new ArrayList<>();
        for (float entry : entries) {
            list.add(entry);
        }
        return list;
    }

    /** As a row and as a lane, which agree at limits. */
    private static Result ofBoth(float... x) {
        Result row = ofRow(x);
        Result lane = ofLane(x, row.max);
        assertThat(lane.excess).isEqualTo(Float.valueOf(row.excess));
        assertThat(lane.softmax).isEqualTo(row.softmax);
        return row;
    }

    /** A second row shows that nothing of a first one is left. */
    private static Result ofRow(float[] x) {
        RowSoftmax row = new RowSoftmax();
        row.start();
        row.add(new float[] {INFINITY, Float.NaN}, 0, 2);
        row.start();
        for (int i = 0; i < x.length; i += Blocks.SIZE) {
            row.add(x, i, Math.min(Blocks.SIZE, x.length - i));
        }
        float[] softmax = new float[x.length];
        for (int i = 0; i < x.length; i += Blocks.SIZE) {
            row.store(i, 1, softmax, i, Math.min(Blocks.SIZE, x.length - i));
        }
        return new Result(row.max(), row.excess(), list(softmax));
    }

    private static Result ofLane(float[] x, float max) {
        int n = Blocks.PADDING;
        float[][] columns = Blocks.columns(x.length, n);
        for (int i = 0; i < x.length; i++) {
            Arrays.fill(columns[i], x[i]);
        }
        float[] factor = Blocks.floats(n);
        float[] excess = Blocks.floats(n);
        LaneSoftmax.compute(columns, Blocks.filled(max, n), columns, factor, excess, n);
        float[] softmax = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            softmax[i] = columns[i][n - 1] * factor[n - 1];
        }
        return new Result(max, excess[n - 1], list(softmax));
    }
}
