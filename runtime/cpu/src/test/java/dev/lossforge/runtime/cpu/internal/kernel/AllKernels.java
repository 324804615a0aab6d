package dev.lossforge.runtime.cpu.internal.kernel;

import java.util.List;

/** Both implementations, whichever this JVM would select. */
public final class AllKernels {
    private AllKernels() {}

    public static Kernels vector() {
        return new VectorKernels();
    }

    public static Kernels plain() {
        return new PlainKernels();
    }

    public static List<Kernels> all() {
        return List.of(vector(), plain());
    }
}
