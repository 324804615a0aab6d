package dev.lossforge.benchmarks.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax cross-entropy of {@code z: [rows, classes]} by hand: value and gradient.
 *
 * <p>{@code settings} is {@code [scale of the gradient]}, {@code sizes} is {@code [rows, classes, …]}.
 */
final class RowKernels {

    private RowKernels() {}

    /** One work-group per row; one partial per row. The row is read three times, from cache but the first. */
    static void groupPerRow(
            KernelContext c,
            FloatArray z,
            IntArray label,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        float[] tree2 = c.allocateFloatLocalArray(1024);
        int classes = sizes.get(1);
        int base = c.groupIdx * classes;
        int step = c.localGroupSizeX;
        float top = Float.NEGATIVE_INFINITY;
        for (int k = c.localIdx; k < classes; k += step) {
            top = larger(top, z.get(base + k));
        }
        int l = c.localIdx;
        tree[l] = top;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree[l] = larger(tree[l], tree[l + s]);
            }
        }
        c.localBarrier();
        top = tree[0];
        float sum = 0f;
        for (int k = c.localIdx; k < classes; k += step) {
            sum += TornadoMath.exp(z.get(base + k) - top);
        }
        tree2[l] = sum;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree2[l] = tree2[l] + tree2[l + s];
            }
        }
        c.localBarrier();
        sum = tree2[0];
        int hot = label.get(c.groupIdx);
        float scale = settings.get(0);
        float share = scale / sum;
        for (int k = c.localIdx; k < classes; k += step) {
            g.set(base + k, TornadoMath.exp(z.get(base + k) - top) * share - (k == hot ? scale : 0f));
        }
        if (c.localIdx == 0) {
            partials.set(c.groupIdx, top + TornadoMath.log(sum) - z.get(base + hot));
        }
    }

    /** {@link #groupPerRow} with the row kept in local memory: read once, each exponential once; at most 4096 classes. */
    static void groupPerCachedRow(
            KernelContext c,
            FloatArray z,
            IntArray label,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        float[] tree2 = c.allocateFloatLocalArray(1024);
        float[] row = c.allocateFloatLocalArray(4096);
        int classes = sizes.get(1);
        int base = c.groupIdx * classes;
        int step = c.localGroupSizeX;
        int hot = label.get(c.groupIdx);
        float top = Float.NEGATIVE_INFINITY;
        for (int k = c.localIdx; k < classes; k += step) {
            float v = z.get(base + k);
            row[k] = v;
            top = larger(top, v);
        }
        int l = c.localIdx;
        tree[l] = top;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree[l] = larger(tree[l], tree[l + s]);
            }
        }
        c.localBarrier();
        top = tree[0];
        float atLabel = row[hot];
        c.localBarrier();
        float sum = 0f;
        for (int k = c.localIdx; k < classes; k += step) {
            float e = TornadoMath.exp(row[k] - top);
            row[k] = e;
            sum += e;
        }
        tree2[l] = sum;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree2[l] = tree2[l] + tree2[l + s];
            }
        }
        c.localBarrier();
        sum = tree2[0];
        float scale = settings.get(0);
        float share = scale / sum;
        for (int k = c.localIdx; k < classes; k += step) {
            g.set(base + k, row[k] * share - (k == hot ? scale : 0f));
        }
        if (c.localIdx == 0) {
            partials.set(c.groupIdx, top + TornadoMath.log(sum) - atLabel);
        }
    }

    /** One work-item per row, grid-stride; one partial per work-group. */
    static void itemPerRow(
            KernelContext c,
            FloatArray z,
            IntArray label,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int rows = sizes.get(0);
        int classes = sizes.get(1);
        float scale = settings.get(0);
        float total = 0f;
        for (int row = c.globalIdx; row < rows; row += c.globalGroupSizeX) {
            int base = row * classes;
            float top = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                top = larger(top, z.get(base + k));
            }
            float sum = 0f;
            for (int k = 0; k < classes; k++) {
                sum += TornadoMath.exp(z.get(base + k) - top);
            }
            int hot = label.get(row);
            float share = scale / sum;
            for (int k = 0; k < classes; k++) {
                g.set(base + k, TornadoMath.exp(z.get(base + k) - top) * share - (k == hot ? scale : 0f));
            }
            total += top + TornadoMath.log(sum) - z.get(base + hot);
        }
        int l = c.localIdx;
        tree[l] = total;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree[l] = tree[l] + tree[l + s];
            }
        }
        c.localBarrier();
        if (l == 0) {
            partials.set(c.groupIdx, tree[0]);
        }
    }

    /** One work-item per row of a tile that the group loads and stores together, in order; local size × classes at most 8192. */
    static void itemPerStagedRow(
            KernelContext c,
            FloatArray z,
            IntArray label,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        float[] tile = c.allocateFloatLocalArray(8192);
        int rows = sizes.get(0);
        int classes = sizes.get(1);
        int local = c.localGroupSizeX;
        int l = c.localIdx;
        float scale = settings.get(0);
        float total = 0f;
        int tiles = (rows + local - 1) / local;
        int groups = c.globalGroupSizeX / local;
        for (int t = c.groupIdx; t < tiles; t += groups) {
            int first = t * local * classes;
            int end = rows * classes - first;
            int size = local * classes < end ? local * classes : end;
            for (int k = l; k < size; k += local) {
                tile[k] = z.get(first + k);
            }
            c.localBarrier();
            int row = t * local + l;
            if (row < rows) {
                int base = l * classes;
                int hot = label.get(row);
                float atLabel = tile[base + hot];
                float top = Float.NEGATIVE_INFINITY;
                for (int k = 0; k < classes; k++) {
                    top = larger(top, tile[base + k]);
                }
                float sum = 0f;
                for (int k = 0; k < classes; k++) {
                    float e = TornadoMath.exp(tile[base + k] - top);
                    tile[base + k] = e;
                    sum += e;
                }
                float share = scale / sum;
                for (int k = 0; k < classes; k++) {
                    tile[base + k] = tile[base + k] * share - (k == hot ? scale : 0f);
                }
                total += top + TornadoMath.log(sum) - atLabel;
            }
            c.localBarrier();
            for (int k = l; k < size; k += local) {
                g.set(first + k, tile[k]);
            }
            c.localBarrier();
        }
        tree[l] = total;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree[l] = tree[l] + tree[l + s];
            }
        }
        c.localBarrier();
        if (l == 0) {
            partials.set(c.groupIdx, tree[0]);
        }
    }

    private static float larger(float a, float b) {
        return b > a ? b : (b != b ? b : a);
    }
}
