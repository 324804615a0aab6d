package dev.lossforge.runtime.cpu.kernel;

import java.lang.System.Logger.Level;

/**
 * The choice between the kernels, made once: the Vector API if the JVM was started with its module, else plain Java.
 */
public final class KernelSelection {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final Kernels FASTEST = select();

    private KernelSelection() {}

    /** The fastest kernels that this JVM can run. */
    public static Kernels fastest() {
        return FASTEST;
    }

    private static Kernels select() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
            return new VectorKernels();
        }
        System.getLogger(KernelSelection.class.getName())
                .log(
                        Level.INFO,
                        "Training runs on plain Java loops; start the JVM with --add-modules {0} to make it several"
                                + " times faster.",
                        VECTOR_MODULE);
        return new PlainKernels();
    }
}
