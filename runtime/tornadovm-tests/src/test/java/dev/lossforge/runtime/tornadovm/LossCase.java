package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.loss.LossFunction;

/**
 * A loss whose kernel for devices is compared with that for the JVM.
 *
 * @param tolerance of each number, relative to 1 + its magnitude
 * @param magnifies whether the formula magnifies rounding beyond the tolerance at some inputs, on the JVM, too
 */
record LossCase(LossFunction loss, double tolerance, boolean magnifies) {
    LossCase(LossFunction loss, double tolerance) {
        this(loss, tolerance, false);
    }

    @Override
    public String toString() {
        return loss.name();
    }
}
