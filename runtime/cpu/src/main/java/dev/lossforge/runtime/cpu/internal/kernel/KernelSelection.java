package dev.lossforge.runtime.cpu.internal.kernel;

import dev.lossforge.runtime.cpu.internal.vector.VectorModule;

/**
 * The choice between the kernels, made once: the Vector API if the JVM was started with its module, otherwise plain
 * Java.
 */
public final class KernelSelection {
    private static final Kernels FASTEST = VectorModule.isPresent() ? new VectorKernels() : new PlainKernels();

    private KernelSelection() {}

    /** The fastest kernels that this JVM can run. */
    public static Kernels fastest() {
        return FASTEST;
    }
}
