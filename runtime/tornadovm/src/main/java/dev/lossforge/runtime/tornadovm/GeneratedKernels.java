package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;

/** Finds the kernels that were generated with a loss or a regularizer. */
final class GeneratedKernels {
    private GeneratedKernels() {}

    /**
     * The kernels of a generated loss or regularizer.
     *
     * @throws BackendException if none were generated
     */
    static DeviceKernels of(Object formula) {
        Class<?> type = formula.getClass();
        try {
            return Class.forName(type.getName() + "DeviceKernels", true, type.getClassLoader())
                    .asSubclass(DeviceKernels.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new BackendException(
                    "'" + formula + "' (" + type.getName()
                            + ") has no kernels for devices: it was compiled without lossforge-runtime-tornadovm on the"
                            + " class path, or has more arrays than TornadoVM takes; choose the backend 'cpu'.",
                    e);
        }
    }
}
