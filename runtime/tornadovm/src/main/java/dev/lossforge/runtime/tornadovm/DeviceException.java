package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;

/** A device that is not there, that cannot run a kernel, or that TornadoVM failed on. */
public final class DeviceException extends BackendException {
    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** TornadoVM's words on one line; it colours some, and breaks them into lines. */
    private static String reason(Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.replaceAll("\\u001B\\[[0-9;]*m", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** TornadoVM failed on some work; its own message tells the reason but seldom the task. */
    static DeviceException failed(String work, Tasks tasks, Device device, Throwable cause) {
        String task = tasks.firstUncompilable(device.handle())
                .map(name -> " It cannot compile the task '" + name + "'.")
                .orElse("");
        return new DeviceException(
                "TornadoVM could not run " + work + " on the device " + device.id() + " (" + device.name() + "): "
                        + reason(cause) + "." + task,
                cause);
    }
}
