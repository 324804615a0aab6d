package dev.lossforge.runtime.tornadovm;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of the installed TornadoVM. */
public final class Devices {
    private static final String NO_FALLBACK = "tornado.recover.bailout";

    private Devices() {}

    /**
     * All devices, the default one first.
     *
     * @throws DeviceException if the JVM was not started for TornadoVM
     */
    public static List<Device> all() {
        requireNoFallback();
        try {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            List<Device> devices = new ArrayList<>();
            for (int b = 0; b < runtime.getNumBackends(); b++) {
                TornadoBackend backend = runtime.getBackend(b);
                for (int d = 0; d < backend.getNumDevices(); d++) {
                    devices.add(device(b + ":" + d, backend.getDevice(d)));
                }
            }
            return List.copyOf(devices);
        } catch (RuntimeException | LinkageError e) {
            throw new DeviceException(
                    "TornadoVM did not start: " + e.getMessage()
                            + ". Start the JVM with @$TORNADOVM_HOME/tornado-argfile and see docs/gpu.md.",
                    e);
        }
    }

    /** The device that TornadoVM takes by default. */
    public static Device first() {
        return all().stream()
                .findFirst()
                .orElseThrow(
                        () -> new DeviceException("TornadoVM finds no device; install a driver for OpenCL or CUDA."));
    }

    private static Device device(String id, TornadoDevice device) {
        return new Device(
                id,
                device.getPhysicalDevice().getDeviceName(),
                device.getDeviceType().name(),
                device.getMaxGlobalMemory(),
                (int) device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0],
                device);
    }

    /** By default TornadoVM reruns in Java, silently, what it cannot compile, and computes one unit of all. */
    private static void requireNoFallback() {
        if (!"false".equalsIgnoreCase(System.getProperty(NO_FALLBACK))) {
            throw new DeviceException("Start the JVM with -D" + NO_FALLBACK
                    + "=false: without it TornadoVM hides failures behind wrong numbers.");
        }
    }
}
