package dev.lossforge.benchmarks.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Losses per element by hand, in the form that is to be generated: grid-stride work, one partial sum per work-group.
 *
 * <p>{@code settings} is {@code [scale of the gradient, Huber's delta]}; {@code sizes} is {@code [elements, …]}. Both are
 * arrays, since TornadoVM bakes scalars into the kernel at its first compilation. Every kernel holds its own tree: a local
 * array that is passed to a method is addressed past its end.
 */
final class ElementKernels {

    private ElementKernels() {}

    /** {@code y = x}: what a kernel of this form can move at best. */
    static void copy(
            KernelContext c,
            FloatArray x,
            FloatArray unused,
            FloatArray y,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        int n = sizes.get(0);
        for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
            y.set(i, x.get(i));
        }
    }

    static void squaredError(
            KernelContext c,
            FloatArray p,
            FloatArray y,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = sizes.get(0);
        float scale = settings.get(0);
        float sum = 0f;
        for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
            float d = p.get(i) - y.get(i);
            sum += d * d;
            g.set(i, 2f * d * scale);
        }
        int l = c.localIdx;
        tree[l] = sum;
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

    /** {@link #squaredError} with four independent loads in flight per work-item. */
    static void squaredErrorByFour(
            KernelContext c,
            FloatArray p,
            FloatArray y,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = sizes.get(0);
        int step = c.globalGroupSizeX;
        float scale = settings.get(0);
        float sum = 0f;
        int i = c.globalIdx;
        for (; i < n - 3 * step; i += 4 * step) {
            float p0 = p.get(i);
            float p1 = p.get(i + step);
            float p2 = p.get(i + 2 * step);
            float p3 = p.get(i + 3 * step);
            float d0 = p0 - y.get(i);
            float d1 = p1 - y.get(i + step);
            float d2 = p2 - y.get(i + 2 * step);
            float d3 = p3 - y.get(i + 3 * step);
            sum += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
            g.set(i, 2f * d0 * scale);
            g.set(i + step, 2f * d1 * scale);
            g.set(i + 2 * step, 2f * d2 * scale);
            g.set(i + 3 * step, 2f * d3 * scale);
        }
        for (; i < n; i += step) {
            float d = p.get(i) - y.get(i);
            sum += d * d;
            g.set(i, 2f * d * scale);
        }
        int l = c.localIdx;
        tree[l] = sum;
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

    static void huber(
            KernelContext c,
            FloatArray p,
            FloatArray y,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = sizes.get(0);
        float scale = settings.get(0);
        float delta = settings.get(1);
        float sum = 0f;
        for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
            float d = p.get(i) - y.get(i);
            float r = d < 0f ? -d : d;
            boolean near = r <= delta;
            sum += near ? 0.5f * r * r : delta * (r - 0.5f * delta);
            g.set(i, (near ? d : (d < 0f ? -delta : delta)) * scale);
        }
        int l = c.localIdx;
        tree[l] = sum;
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

    static void logisticLoss(
            KernelContext c,
            FloatArray z,
            FloatArray y,
            FloatArray g,
            FloatArray partials,
            FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = sizes.get(0);
        float scale = settings.get(0);
        float sum = 0f;
        for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
            float v = z.get(i);
            float t = y.get(i);
            float e = TornadoMath.exp(v < 0f ? v : -v);
            float u = 1f + e;
            float positive = v > 0f ? v : (v != v ? v : 0f);
            sum += positive - v * t + log1p(e, u);
            float sigmoid = v < 0f ? e / u : 1f / u;
            g.set(i, (sigmoid - t) * scale);
        }
        int l = c.localIdx;
        tree[l] = sum;
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

    /** {@code log(1 + x)} for {@code x} in [0, 1], given {@code u = 1 + x}: the error of rounding u is divided out. */
    private static float log1p(float x, float u) {
        float d = u - 1f;
        return d == 0f ? x : TornadoMath.log(u) * (x / d);
    }

    /** Second phase: the sum of {@code sizes[2]} partial sums, by one work-group. */
    static void total(KernelContext c, FloatArray partials, FloatArray result, IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int n = sizes.get(2);
        int l = c.localIdx;
        float own = 0f;
        for (int i = l; i < n; i += c.localGroupSizeX) {
            own += partials.get(i);
        }
        tree[l] = own;
        for (int s = c.localGroupSizeX / 2; s > 0; s >>= 1) {
            c.localBarrier();
            if (l < s) {
                tree[l] = tree[l] + tree[l + s];
            }
        }
        c.localBarrier();
        if (l == 0) {
            result.set(0, tree[0]);
        }
    }
}
