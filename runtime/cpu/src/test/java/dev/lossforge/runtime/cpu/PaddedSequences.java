package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;

/** Tags of sequences of different lengths. */
final class PaddedSequences {
    static final int SAMPLES = 23;
    static final int STEPS = 5;
    static final int CLASSES = 3;
    static final int IGNORED = 255;

    private PaddedSequences() {}

    /** Tags of sequences of different lengths, padded with what is ignored; no step of the last one counts. */
    static Dataset paddedBy(int padding) {
        SplittableRandom random = new SplittableRandom(4);
        int[] tags = new int[SAMPLES * STEPS];
        for (int i = 0; i < tags.length; i++) {
            int length = i / STEPS == SAMPLES - 1 ? 0 : 1 + i / STEPS % STEPS;
            int tag = random.nextInt(CLASSES);
            tags[i] = i % STEPS < length ? tag : padding;
        }
        return Dataset.of(
                Tensor.over(RandomFloats.of(SAMPLES * STEPS * 2, random), SAMPLES, STEPS, 2),
                IntTensor.over(tags, SAMPLES, STEPS));
    }

    /** The same, with a mask in place of what is ignored. */
    static Dataset masked() {
        return paddedBy(IGNORED).ignoring(IGNORED);
    }

    /** Random weights. */
    static float[] weights(int count) {
        float[] values = RandomFloats.of(count, new SplittableRandom(8));
        for (int i = 0; i < count; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }
}
