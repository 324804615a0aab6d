package dev.lossforge.runtime.tornadovm.internal.training;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The few numbers of a step that are copied back from the device, by position. */
public final class StepResults {
    /** 1 if the step may update the parameters, 0 if one of its numbers or gradients is NaN or infinite. */
    public static final int APPLIED = 0;
    /** The number of gradients that are NaN or infinite. */
    public static final int WRONG_GRADIENTS = 1;
    /** The sum of the losses. */
    public static final int LOSS = 2;
    /** The first term of the penalties, without its factor; the others follow. */
    public static final int FIRST_PENALTY = 3;

    private StepResults() {}

    /** An array for the results of a step with this number of penalty terms. */
    public static FloatArray array(int penaltyTerms) {
        return new FloatArray(FIRST_PENALTY + penaltyTerms);
    }
}
