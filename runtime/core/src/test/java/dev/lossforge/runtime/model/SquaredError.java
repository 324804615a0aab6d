package dev.lossforge.runtime.model;

import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.Regularizer;

/** Names the loss that {@link LinearBackend} computes itself. */
public final class SquaredError implements Loss {

    @Override
    public String name() {
        return "squaredError";
    }

    /** A regulariser that is only named. */
    public static Regularizer squaresOfWeights() {
        return () -> "squares";
    }
}
