package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.loss.LossFunction;
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

    private static final int ROWS = 30;
    private static final int BATCH_ROWS = 6;

    private Extremes() {}

    /**
     * Compares a loss at such batches: of elements all pairs of numbers; of rows one number in an entry of each row, or
     * in all entries, or any of them anywhere; of batches one number in one row of the first input, and equal rows.
     */
    static void compare(LossComparison comparison, LossFunction loss, int columns, SplittableRandom random) {
        switch (loss.signature().scope()) {
            case ELEMENT ->
                comparison.compare(LossComparison.inputs(
                        loss,
                        NUMBERS.length * NUMBERS.length,
                        columns,
                        (input, at) -> NUMBERS[input % 2 == 0 ? at % NUMBERS.length : at / NUMBERS.length],
                        random));
            case SAMPLE -> rows(loss, columns, random).forEach(comparison::compareWithCancellation);
            case BATCH -> ofBatches(loss, columns, random).forEach(comparison::compareWithCancellation);
        }
    }

    /** Each row a batch of its own, so that the largest number of one does not excuse another. */
    private static List<LossInputs> rows(LossFunction loss, int columns, SplittableRandom random) {
        List<LossInputs> rows = new ArrayList<>();
        for (float number : NUMBERS) {
            rows.add(batch(loss, 1, columns, (input, at) -> number, random));
            rows.add(batch(
                    loss, 1, columns, (input, at) -> input == 0 && at % columns == 1 ? number : tame(random), random));
        }
        for (int i = 0; i < ROWS; i++) {
            rows.add(batch(loss, 1, columns, (input, at) -> any(random), random));
        }
        return rows;
    }

    private static List<LossInputs> ofBatches(LossFunction loss, int columns, SplittableRandom random) {
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
            LossFunction loss, int units, int columns, LossComparison.Entries entries, SplittableRandom random) {
        return LossComparison.inputs(loss, units, columns, entries, random);
    }

    private static float tame(SplittableRandom random) {
        return (float) random.nextDouble(0.05, 0.95);
    }

    private static float any(SplittableRandom random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }
}
