package dev.lossforge.runtime.tornadovm;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The single thread that talks to a device, so that callers can stop waiting for it. After a call that took too long,
 * the device is considered hung, and every later call fails at once. The thread that waits for the device ends with the
 * JVM.
 */
final class DeviceThread implements AutoCloseable {
    /** The maximum duration of one call, in seconds. The first call of a plan compiles it. */
    static final String TIME_LIMIT = "lossforge.tornadovm.timeout";

    private static final long DEFAULT_SECONDS = 300;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(DeviceThread::daemon);
    private final String device;
    private final Duration limit;
    private boolean hung;

    DeviceThread(String device) {
        this(device, Duration.ofSeconds(Long.getLong(TIME_LIMIT, DEFAULT_SECONDS)));
    }

    DeviceThread(String device, Duration limit) {
        this.device = device;
        this.limit = limit;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lossforge-device");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs work on the thread and waits for its result.
     *
     * @throws DeviceException if it takes longer than the limit, or an earlier call did, or TornadoVM fails on it
     */
    <T> T call(String name, Supplier<T> work) {
        if (hung) {
            throw new DeviceException(
                    "The device " + device + " has been hung since an earlier call; close the model.");
        }
        Future<T> result = executor.submit(work::get);
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            hung = true;
            throw new DeviceException(
                    "The device " + device + " did not finish " + name + " in " + limit.toSeconds()
                            + " s and counts as hung; -D" + TIME_LIMIT + "=SECONDS gives it more time.",
                    e);
        } catch (InterruptedException e) {
            hung = true;
            Thread.currentThread().interrupt();
            throw new DeviceException("Waiting for the device " + device + " was interrupted.", e);
        } catch (ExecutionException e) {
            throw rethrown(name, Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    /**
     * Names the work in exceptions that TornadoVM throws outside tasks, such as in a transfer or when memory is freed.
     */
    private RuntimeException rethrown(String name, Throwable cause) {
        if (!DeviceException.isOfOthers(cause)) {
            return DeviceException.failed(name, device, cause);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    boolean isHung() {
        return hung;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
