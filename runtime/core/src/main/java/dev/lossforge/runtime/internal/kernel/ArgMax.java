package dev.lossforge.runtime.internal.kernel;

/** The first position of the greatest value; −1 of nothing. A NaN counts as the greatest. */
public final class ArgMax {
    private float best;
    private int position = -1;

    /** Begins anew. */
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
