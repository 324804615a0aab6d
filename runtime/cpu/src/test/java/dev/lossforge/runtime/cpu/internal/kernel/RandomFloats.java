package dev.lossforge.runtime.cpu.internal.kernel;

import java.util.SplittableRandom;

/** Arrays of values between −1 and 1. */
public final class RandomFloats {
    private RandomFloats() {}

    public static float[] of(int length, SplittableRandom random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
