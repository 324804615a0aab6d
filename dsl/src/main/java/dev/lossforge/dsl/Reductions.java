package dev.lossforge.dsl;

/** Reductions over the indices 0 … n − 1, summed in double precision. */
final class Reductions {

    private Reductions() {}

    static double sum(int n, IntToFloat body) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += body.apply(i);
        }
        return sum;
    }

    /** {@code Σ exp(body(i) − shift)}. */
    static double exponentials(int n, IntToFloat body, double shift) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.exp(body.apply(i) - shift);
        }
        return sum;
    }

    static double product(int n, IntToFloat body) {
        double product = 1;
        for (int i = 0; i < n; i++) {
            product *= body.apply(i);
        }
        return product;
    }

    static float max(int n, IntToFloat body) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, body.apply(i));
        }
        return max;
    }

    static float min(int n, IntToFloat body) {
        float min = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            min = Math.min(min, body.apply(i));
        }
        return min;
    }

    static double logSumExp(int n, IntToFloat body) {
        double max = max(n, body);
        return Double.isInfinite(max) ? max : max + Math.log(exponentials(n, body, max));
    }

    static int argMax(int n, IntToFloat body) {
        int best = -1;
        for (int i = 0; i < n; i++) {
            if (best < 0 || beats(body.apply(i), body.apply(best))) {
                best = i;
            }
        }
        return best;
    }

    private static boolean beats(float challenger, float champion) {
        return challenger > champion || (Float.isNaN(challenger) && !Float.isNaN(champion));
    }

    /**
     * {@code Σ a[i] · b[i]}.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    static double dot(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of lengths " + a.length + " and " + b.length + " differ in length");
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
