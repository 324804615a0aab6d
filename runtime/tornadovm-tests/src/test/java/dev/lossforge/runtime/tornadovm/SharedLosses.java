package dev.lossforge.runtime.tornadovm;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Formulas whose kernels need a value in several places: products that derivatives add to themselves, which TornadoVM
 * cannot compile, and values of a whole batch of which each depends twice on the one before.
 */
final class SharedLosses {

    private SharedLosses() {}

    @Loss
    static float expectile(@Prediction float p, @Target float y, @Param float tau) {
        float r = p - y;
        return r > 0f ? tau * r * r : (1f - tau) * r * r;
    }

    @Loss
    static float weighedSquare(@Prediction float p, @Target float y, @Param float tau) {
        float r = p - y;
        return tau * r * r;
    }

    @Loss
    static float targetSquare(@Prediction float p, @Target float y) {
        return y * p * p;
    }

    @Loss
    static float bothOrders(@Prediction float p, @Target float y) {
        return p * y + y * p;
    }

    /** What the simplifier does not see as one product: the functions differ, their products do not. */
    @Loss
    static float likeProducts(@Prediction float p, @Target float y) {
        return square(p * y + y * p) + exp(p) * y * exp(p) + p * (y * p) + (p * y) * p;
    }

    @Loss
    static float weighedRows(@Prediction float[] z, @Target float[] t, @Param float a) {
        return sum(z.length, i -> a * (z[i] - t[i]) * (z[i] - t[i]));
    }

    @Loss
    static float weighedColumns(@Prediction float[] z, @Target float[] t) {
        return sum(z.length, i -> t[0] * (z[i] - t[i]) * (z[i] - t[i]));
    }

    @Loss
    static float apart(@Prediction float[][] p) {
        float a = clamp(mean(p.length, i -> p[i][0]), 0.1f, 0.9f);
        float b = clamp(mean(p.length, i -> p[i][1]), 0.1f, 0.9f);
        return log(clamp(max(a, b) - min(a, b), 0.01f, 1f));
    }

    /** Written as a tree, it would have 2¹² leaves. */
    @Loss
    static float chain(@Prediction float[][] p) {
        float a = mean(p.length, i -> p[i][0]);
        float b = mean(p.length, i -> p[i][1]);
        return fourLinks(fourLinks(fourLinks(a, b), b), a);
    }

    private static float fourLinks(float x, float y) {
        return link(link(link(link(x, y), y), y), y);
    }

    private static float link(float x, float y) {
        return max(softplus(x), 2f * y - x) - 0.5f * x;
    }
}
