package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.LossforgeException;

/** A device that is not there, that cannot run a kernel, or that TornadoVM failed on. */
public final class DeviceException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
