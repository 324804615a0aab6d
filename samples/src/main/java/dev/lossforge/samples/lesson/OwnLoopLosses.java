package dev.lossforge.samples.lesson;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** The loss by which a model takes a step along a gradient that was computed elsewhere. */
final class OwnLoopLosses {
    private OwnLoopLosses() {}

    /** Linear in the output: its gradient is {@code cotangent}. */
    @Loss
    static float along(@Prediction float output, @Target float cotangent) {
        return output * cotangent;
    }
}
