package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

/** States that depend on the ones before: numbers. */
public final class Scans {

    @Loss
    static float exponentialAverage(@Prediction float[] p, @Target float[] y) {
        float[] s = scan(p.length, 0f, (i, state) -> 0.9f * state + 0.1f * p[i]);
        return sum(p.length, i -> square(s[i] - y[i]));
    }

    /** Nothing is kept here, though a mask of positions looks like the test for a greatest value. */
    @Loss
    static float padded(@Prediction float[] p, @Target int steps) {
        return sum(p.length, i -> i >= steps ? 0f : square(p[i]))
                + fold(p.length, 1f, (i, state) -> i >= steps ? state : state * sin(p[i]));
    }

    @Loss
    static float lastOnly(@Prediction float[] p, @Target float[] y) {
        return square(fold(p.length, y[0], (i, state) -> 0.5f * state * p[i] + sin(state)));
    }

    @Loss
    static float startOfPrediction(@Prediction float[] p) {
        return fold(p.length, p[0] * p[1], (i, state) -> tanh(state + p[i]));
    }

    @Loss
    static float nothingToFold(@Prediction float[] p) {
        return fold(p.length - 4, p[0] * p[1], (i, state) -> tanh(state + p[i])) + fold(0, p[2], (i, s) -> s * s);
    }

    @Loss
    static float one(@Prediction float[] p) {
        return fold(1, p[0], (i, s) -> s * p[i + 1]);
    }

    @Loss
    static float recurrentWithTrainedRate(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 0.3, trainable = true) float rate) {
        float[] s = scan(p.length, 1f, (i, state) -> tanh(rate * state + (1 - rate) * p[i]));
        return sum(p.length, i -> s[i] * y[i]) + s[2];
    }

    @Loss
    static float neighboursByGuards(@Prediction float[] p, @Target float[] y) {
        float[] s = scan(p.length, 0f, (i, state) -> state * 0.5f + (i > 0 ? square(p[i] - p[i - 1]) : p[i]));
        return sum(p.length, i -> i > 0 ? s[i] * s[i - 1] : y[i]);
    }

    @Loss
    static float atLabel(@Prediction float[] p, @Target int[] label) {
        float[] s = scan(p.length, 0f, (i, state) -> exp(0.3f * state) * p[label[i]]);
        return s[label[0]] + sum(p.length, i -> s[label[i]] * p[i]);
    }

    @Loss
    static float twoThatFeedEachOther(@Prediction float[] p, @Target float[] y) {
        float[] a = scan(p.length, 0f, (i, state) -> 0.5f * state + sigmoid(p[i]));
        float[] b = scan(p.length, 1f, (i, state) -> state * cos(a[i]) + (i > 0 ? a[i - 1] : 0f));
        return sum(p.length, i -> a[i] * b[i] * y[i]);
    }

    @Loss
    static float reversed(@Prediction float[] p, @Target float[] y) {
        int n = p.length;
        float[] r = scan(n, 0f, (i, state) -> y[n - 1 - i] + 0.9f * state);
        return sum(n, i -> p[i] * r[n - 1 - i]);
    }

    @Loss
    static float reversedPrediction(@Prediction float[] p, @Target float[] y) {
        int n = p.length;
        float[] r = scan(n, 0f, (i, state) -> p[n - 1 - i] + 0.9f * state * state);
        return sum(n, i -> y[i] * r[n - 1 - i]);
    }

    @Loss
    static float nested(@Prediction float[] p, @Target float[] y) {
        return fold(
                p.length,
                0.1f,
                (i, outer) -> fold(y.length, outer, (j, inner) -> sin(inner + p[i] * y[j] + 0.2f * outer)));
    }

    @Loss
    static float nestedStates(@Prediction float[] p, @Target float[] y) {
        float[] s = scan(p.length, 0.1f, (i, outer) -> {
            float[] t = scan(y.length, 0f, (j, inner) -> 0.5f * inner + sin(outer + p[i] * p[j]));
            return sum(y.length, j -> t[j] * y[j]);
        });
        return sum(s);
    }

    @Loss
    static float innerOfOwn(@Prediction float[] p, @Target float[] y) {
        float[] s = scan(p.length, 0.1f, (i, outer) -> 0.5f * outer + fold(y.length, 0f, (j, inner) -> inner + y[j]) * p[i]);
        return sum(s);
    }

    @Loss
    static float sumsInBodies(@Prediction float[] p, @Target float[] y) {
        float[] s = scan(
                p.length, 0f, (i, state) -> logSumExp(y.length, j -> state * y[j] + p[i]) + mean(p.length, j -> p[j] * i));
        return max(s) + sum(p.length, i -> s[i] * p[i]);
    }

    @Loss
    static float unitGuarded(@Prediction(min = 0, max = 1) float[] unit, @Target int[] label) {
        float[] s = scan(unit.length, 0f, (i, state) -> i < label[0] ? state + log(unit[i]) : state);
        return -s[unit.length - 1];
    }

    @Loss
    static float ofRows(@Prediction float[][] p, @Target float[] y) {
        return sum(p.length, r -> y[r] * fold(p[r].length, y[r], (i, state) -> tanh(state + p[r][i])));
    }

    @Loss
    static float ofRowsAndColumns(@Prediction float[][] p, @Target float[] y) {
        float[] rows = scan(p.length, 0f, (r, state) -> 0.5f * state + fold(p[0].length, y[r], (i, s) -> tanh(s + p[r][i])));
        return mean(p.length, r -> rows[r]) + fold(p[0].length, 0f, (i, s) -> sin(s + mean(p.length, r -> p[r][i])));
    }

    @Loss
    static float ofPairs(@Prediction float[][] p) {
        return mean(
                p.length,
                a -> mean(p.length, b -> square(fold(p[0].length, 0f, (i, s) -> 0.5f * s + p[a][i] * p[b][i]))));
    }

    @Loss
    static float ofElement(@Prediction float p, @Target float posY) {
        return square(fold(5, 1f, (i, s) -> 0.5f * (s + posY / s)) - p) + fold(3, p, (i, s) -> sin(s) + p);
    }
}
