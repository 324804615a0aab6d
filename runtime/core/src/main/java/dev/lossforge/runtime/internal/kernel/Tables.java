package dev.lossforge.runtime.internal.kernel;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Memory for the tables of kernels, used again by later calls. A fresh array of a million entries is cleared by one
 * thread while the others wait, is not in a cache, and is work for the garbage collector. Nothing depends on a table
 * being given back.
 */
public final class Tables {
    /** Shorter arrays cost less than looking for one. */
    private static final int SMALLEST = 1 << 12;

    /** Tables of a size that was not needed for so many others are left to the garbage collector. */
    private static final int MOST = 64;

    private static final Deque<SoftReference<float[]>> FREE = new ArrayDeque<>();

    private Tables() {}

    /** An array with any contents. */
    public static float[] floats(int length) {
        return length < SMALLEST ? new float[length] : usedOrNew(length);
    }

    /** The same with room after the last lane, as a {@link Block} has it. */
    public static float[] columns(int lanes) {
        return floats(lanes + Block.PADDING);
    }

    private static float[] usedOrNew(int length) {
        synchronized (FREE) {
            for (Iterator<SoftReference<float[]>> free = FREE.iterator(); free.hasNext(); ) {
                float[] table = free.next().get();
                if (table == null || table.length == length) {
                    free.remove();
                }
                if (table != null && table.length == length) {
                    return table;
                }
            }
        }
        return new float[length];
    }

    /** Gives arrays back to which no reference is kept. */
    public static void giveBack(float[]... tables) {
        synchronized (FREE) {
            for (float[] table : tables) {
                if (table.length >= SMALLEST) {
                    FREE.addFirst(new SoftReference<>(table));
                }
            }
            while (FREE.size() > MOST) {
                FREE.removeLast();
            }
        }
    }
}
