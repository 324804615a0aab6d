package dev.lossforge.kotlin;

import static dev.lossforge.dsl.Formulas.abs;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Formulas are written in Java. Any language of the JVM can use the generated classes. */
final class Losses {
    private Losses() {}

    /** Quadratic near the target and linear beyond {@code delta}. */
    @Loss
    static float robust(@Prediction float p, @Target float y, @Param(defaultValue = 1, min = 0) float delta) {
        float r = abs(p - y);
        return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
    }
}
