package dev.lossforge.dsl;

/** States, each computed from the one before. */
final class Scans {

    private Scans() {}

    static float[] states(int n, float start, FloatStep step) {
        float[] states = new float[Math.max(n, 0)];
        float state = start;
        for (int i = 0; i < n; i++) {
            state = step.apply(i, state);
            states[i] = state;
        }
        return states;
    }

    static float last(int n, float start, FloatStep step) {
        float state = start;
        for (int i = 0; i < n; i++) {
            state = step.apply(i, state);
        }
        return state;
    }

    static float[][] states(int n, float[] start, VectorStep step) {
        float[][] states = new float[Math.max(n, 0)][];
        float[] state = start;
        for (int i = 0; i < n; i++) {
            state = next(i, state, step);
            states[i] = state;
        }
        return states;
    }

    static float[] last(int n, float[] start, VectorStep step) {
        float[] state = start;
        for (int i = 0; i < n; i++) {
            state = next(i, state, step);
        }
        return state;
    }

    private static float[] next(int i, float[] state, VectorStep step) {
        float[] next = step.apply(i, state);
        if (next.length != state.length) {
            throw new IllegalArgumentException(
                    "a step turns a state of length " + state.length + " into one of length " + next.length);
        }
        return next;
    }
}
