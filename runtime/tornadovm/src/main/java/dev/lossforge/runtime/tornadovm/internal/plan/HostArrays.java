package dev.lossforge.runtime.tornadovm.internal.plan;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Copies between the JVM's arrays and TornadoVM's. An array that is absent is neither read nor written. */
public final class HostArrays {

    private HostArrays() {}

    public static void copy(float @Nullable [] from, FloatArray to) {
        copy(from, to, from == null ? 0 : from.length);
    }

    /** Copies only the first entries. */
    public static void copy(float @Nullable [] from, FloatArray to, int entries) {
        for (int i = 0; from != null && i < entries; i++) {
            to.set(i, from[i]);
        }
    }

    /** Copies only the first entries. */
    public static void copy(int[] from, IntArray to, int entries) {
        for (int i = 0; i < entries; i++) {
            to.set(i, from[i]);
        }
    }

    public static void copy(FloatArray from, float @Nullable [] to) {
        copy(from, to, to == null ? 0 : to.length);
    }

    /** Copies only the first entries. */
    public static void copy(FloatArray from, float @Nullable [] to, int entries) {
        for (int i = 0; to != null && i < entries; i++) {
            to[i] = from.get(i);
        }
    }

    public static void copy(FloatArray from, FloatArray to) {
        for (int i = 0; i < to.getSize(); i++) {
            to.set(i, from.get(i));
        }
    }
}
