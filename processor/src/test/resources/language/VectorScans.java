package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

/** States that depend on the ones before: vectors. */
public final class VectorScans {

    @Loss
    static float elementWise(@Prediction float[] p, @Target float[] y) {
        float[] last = fold(p.length, y, (i, s) -> vector(s.length, k -> tanh(s[k] + p[i] * y[k])));
        return squaredNorm(last);
    }

    @Loss
    static float startOfPredictions(@Prediction float[] p, @Target float[] y) {
        float[][] s = scan(y.length, p, (i, state) -> vector(p.length, k -> 0.5f * state[k] + sin(y[i] * state[k])));
        return sum(y.length, i -> dot(s[i], y)) + s[1][2];
    }

    @Loss
    static float dense(@Prediction float[] p, @Target float[] y) {
        float[] last = fold(
                p.length,
                y,
                (i, s) -> vector(s.length, m -> p[i] + logSumExp(s.length, k -> s[k] + p[k] * y[m])));
        return logSumExp(last);
    }

    @Loss
    static float banded(@Prediction float[] p, @Target float[] y) {
        float[][] s = scan(
                p.length,
                vector(p.length, k -> 0.1f * k),
                (i, state) -> vector(
                        p.length, k -> 0.5f * state[k] * p[i] + (k > 0 ? sin(state[k - 1] + p[k]) : y[i])));
        return sum(p.length, i -> i > 0 ? s[i][i] * s[i - 1][2] : s[i][3]);
    }

    @Loss
    static float gathered(@Prediction float[] p, @Target int[] label) {
        float[] last = fold(
                p.length,
                vector(3, k -> p[k]),
                (i, s) -> vector(3, k -> 0.5f * s[clamp(label[i], 0, 2)] + sin(s[k]) * p[label[k]]));
        return sum(last);
    }

    @Loss
    static float forbidden(@Prediction float[] p, @Target float[] y) {
        float[] last = fold(
                p.length,
                vector(4, k -> k == 0 ? 0f : Float.NEGATIVE_INFINITY),
                (i, s) -> vector(4, k -> p[i] * y[k] + logSumExp(2, j -> k - j >= 0 ? s[k - j] : Float.NEGATIVE_INFINITY)));
        return -last[3];
    }

    @Loss
    static float pair(@Prediction float[] p, @Target float[] y) {
        float[] last = fold(p.length, new float[] {1f, 0f}, (i, s) -> {
            float a = s[0] * p[i] + s[1];
            return new float[] {a, sin(a) + y[i] * s[1]};
        });
        return last[0] * last[1];
    }

    @Loss
    static float normalised(@Prediction float[] p, @Target float[] y) {
        float[][] s = scan(p.length, vector(4, k -> 1f), (i, state) -> {
            float[] raw = vector(4, k -> (sum(4, j -> state[j] * (j == k ? 2f : 1f)) + 0.1f) * sigmoid(p[i] * y[k]));
            float total = sum(raw);
            return vector(4, k -> raw[k] / total);
        });
        return sum(p.length, i -> y[i] * log(s[i][2]));
    }

    @Loss
    static float table(@Prediction float[] p, @Target float[] y) {
        float[] last = fold(
                p.length,
                vector(y.length, j -> 0.1f * j),
                (i, row) -> scan(
                        y.length,
                        0f,
                        (j, left) -> square(p[i] - y[j])
                                - logSumExp(3, c -> c == 0 ? -left : c == 1 ? -row[j] : j > 0 ? -row[j - 1] : -0.2f * i)));
        return last[y.length - 1];
    }

    @Loss
    static float scanOfSteps(@Prediction float[] p, @Target float[] y) {
        float[][] s = scan(
                p.length, y, (i, state) -> scan(y.length, p[i], (k, inner) -> 0.5f * inner + sin(state[k])));
        return sum(p.length, i -> dot(s[i], y));
    }

    @Loss
    static float noEntries(@Prediction float[] p) {
        float[] last = fold(p.length, vector(p.length - 4, k -> 1f), (i, s) -> vector(p.length - 4, k -> s[k] * p[i]));
        return sum(last) + sum(p);
    }

    @Loss
    static float noSteps(@Prediction float[] p, @Target float[] y) {
        float[] last = fold(p.length - 4, p, (i, s) -> vector(p.length, k -> s[k] * y[i]));
        return dot(last, y);
    }

    @Loss
    static float ofMatrix(@Prediction float[][] logits, @Target int[] label) {
        int n = logits[0].length;
        float[] last = fold(
                logits.length,
                vector(n, k -> 0f),
                (i, s) -> vector(n, m -> logits[i][m] + logSumExp(n, k -> s[k] + logits[label[0] < 9 ? 0 : 1][k] * m)));
        return logSumExp(last) - sum(logits.length, i -> logits[i][label[i]]);
    }

    @Loss
    static float rowsApart(@Prediction float[][] p, @Target float[] y) {
        int n = p[0].length;
        return mean(
                p.length,
                r -> sum(fold(n, vector(n, k -> y[r]), (i, s) -> vector(n, k -> 0.5f * s[k] + sin(s[i]) * p[r][k]))));
    }
}
