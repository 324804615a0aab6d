package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Batches with zeros of both signs, huge and tiny numbers, infinities, NaN and ties. */
final class Extremes {
    static final float[] NUMBERS = {
        0f,
        -0f,
        Float.MIN_VALUE,
        1e-30f,
        -1e-30f,
        1f,
        -1f,
        20f,
        -20f,
        90f,
        -90f,
        1e30f,
        -1e30f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    private static final int ROWS = 66;
    private static final int BATCH_ROWS = 6;

    private Extremes() {}

    /**
     * Of elements all pairs of numbers; of rows such where each entry is one of these numbers, where one is, and where
     * all entries are the same number; of batches one for each number, which stands in one row of the first input.
     */
    static List<LossInputs> batches(Loss loss, int columns, SplittableRandom random) {
        return switch (loss.signature().scope()) {
            case ELEMENT ->
                List.of(batch(
                        loss,
                        NUMBERS.length * NUMBERS.length,
                        columns,
                        (input, at) -> NUMBERS[input % 2 == 0 ? at % NUMBERS.length : at / NUMBERS.length],
                        random));
            case SAMPLE ->
                List.of(
                        batch(loss, ROWS, columns, (input, at) -> any(random), random),
                        batch(
                                loss,
                                NUMBERS.length,
                                columns,
                                (input, at) -> input == 0 && at % columns == 1 ? NUMBERS[at / columns] : tame(random),
                                random),
                        batch(
                                loss,
                                NUMBERS.length,
                                columns,
                                (input, at) -> NUMBERS[at / columns % NUMBERS.length],
                                random));
            case BATCH -> ofBatches(loss, columns, random);
        };
    }

    private static List<LossInputs> ofBatches(Loss loss, int columns, SplittableRandom random) {
        List<LossInputs> batches = new ArrayList<>();
        for (float number : NUMBERS) {
            batches.add(batch(
                    loss,
                    BATCH_ROWS,
                    columns,
                    (input, at) -> input == 0 && at / columns == 2 ? number : tame(random),
                    random));
        }
        batches.add(batch(loss, BATCH_ROWS, columns, (input, at) -> 1f, random));
        return batches;
    }

    private static LossInputs batch(
            Loss loss, int units, int columns, LossComparison.Entries entries, SplittableRandom random) {
        return LossComparison.inputs(loss, units, columns, entries, random);
    }

    private static float tame(SplittableRandom random) {
        return (float) random.nextDouble(0.05, 0.95);
    }

    private static float any(SplittableRandom random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }
}
