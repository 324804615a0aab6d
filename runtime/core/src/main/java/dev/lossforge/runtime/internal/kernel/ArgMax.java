package dev.lossforge.runtime.internal.kernel;

/** The first position of the largest value; −1 if there is no value. A NaN counts as the largest. */
public final class ArgMax {
    private float best;
    private int position = -1;

    /** Starts again. */
    public void start() {
        position = -1;
    }

    /** Takes one value. */
    public void add(float x, int at) {
        if (position < 0 || beats(x, best)) {
            best = x;
            position = at;
        }
    }

    /** Whether a value displaces the best one before it. */
    static boolean beats(float challenger, float champion) {
        return challenger > champion || Float.isNaN(challenger) && !Float.isNaN(champion);
    }

    /** The position so far. */
    public int position() {
        return position;
    }
}
