package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.function.Supplier;

/** Reports a device that does not exist, cannot run a kernel, or on which TornadoVM failed. */
public final class DeviceException extends BackendException {
    private static final long serialVersionUID = 1L;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** TornadoVM's message on one line, without its colours and line breaks. */
    private static String reason(Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.replaceAll("\\u001B\\[[0-9;]*m", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /**
     * Runs work with tasks on TornadoVM and names the task that failed. TornadoVM throws many kinds of errors and
     * exceptions, both when a graph is built and when it runs. Its messages give the reason but rarely the task.
     */
    static <T> T guarded(String work, Tasks tasks, Device device, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            if (isOfOthers(e)) {
                throw e;
            }
            throw failed(work, tasks, device, e);
        }
    }

    /**
     * Whether the error already states its reason, or the JVM cannot continue. A stack overflow is TornadoVM's failure,
     * caused by a kernel nested too deeply.
     */
    static boolean isOfOthers(Throwable thrown) {
        return thrown instanceof LossforgeException
                || thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** TornadoVM failed in work without tasks, or after the tasks. */
    static DeviceException failed(String work, String device, Throwable cause) {
        return new DeviceException(
                "TornadoVM failed on " + work + " on the device " + device + ": " + reason(cause) + ".", cause);
    }

    private static DeviceException failed(String work, Tasks tasks, Device device, Throwable cause) {
        String task = tasks.firstUncompilable(device.handle())
                .map(name -> " It cannot compile the task '" + name + "'.")
                .orElse("");
        return new DeviceException(
                "TornadoVM could not run " + work + " on the device " + device.id() + " (" + device.name() + "): "
                        + reason(cause) + "." + task,
                cause);
    }
}
