package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.loss.LossFunction;

/**
 * A loss whose kernel for devices is compared with that for the JVM.
 *
 * @param tolerance of each number, relative to 1 + its magnitude
 */
record LossCase(LossFunction loss, double tolerance) {
    @Override
    public String toString() {
        return loss.name();
    }
}
