package dev.lossforge.runtime.tornadovm.internal.plan;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The few numbers of a step that are copied back from the device. After two fixed ones, they are the sums of the
 * losses, the terms of the penalties without their factors, and the trained hyperparameters that the losses used.
 *
 * @param array all of them
 * @param losses the number of losses
 * @param penalties the number of terms of penalties
 */
public record StepResults(FloatArray array, int losses, int penalties) {
    /** 1 if the step may update the parameters, 0 if one of its numbers or gradients is NaN or infinite. */
    public static final int APPLIED = 0;
    /** The number of gradients that are NaN or infinite. */
    public static final int WRONG_GRADIENTS = 1;
    /** The sum of the first loss. */
    public static final int LOSS = 2;

    public static StepResults of(int losses, int penalties, int hyperparameters) {
        return new StepResults(new FloatArray(LOSS + losses + penalties + hyperparameters), losses, penalties);
    }

    /** The position of the sum of a loss. */
    public static int loss(int number) {
        return LOSS + number;
    }

    /** The position of a term of the penalties. */
    public int penalty(int number) {
        return LOSS + losses + number;
    }

    /** The position of the first hyperparameter, and the end of what must be finite. */
    public int hyperparameters() {
        return LOSS + losses + penalties;
    }
}
