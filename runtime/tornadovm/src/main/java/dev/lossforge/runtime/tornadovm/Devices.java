package dev.lossforge.runtime.tornadovm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** The devices of the installed TornadoVM. */
public final class Devices {
    static final String NOT_STARTED =
            "the JVM was not started for TornadoVM; it needs JDK 25 and @$TORNADOVM_HOME/tornado-argfile, see docs/gpu.md.";

    private static final String NO_FALLBACK = "tornado.recover.bailout";

    /**
     * The property for TornadoVM's buffer for one graph, in bytes. The default, 4096, is too small for training a
     * network.
     */
    private static final String GRAPH_SIZE = "tornado.tvm.maxbytecodesize";

    private static final int LARGE_GRAPH = 1 << 18;

    private Devices() {}

    /**
     * All devices, the default one first.
     *
     * @throws DeviceException if the JVM was not started for TornadoVM
     */
    public static List<Device> all() {
        requireStarted();
        requireNoFallback();
        allowLargeGraphs();
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

    /** TornadoVM's default device. */
    public static Device first() {
        return all().stream()
                .findFirst()
                .orElseThrow(
                        () -> new DeviceException("TornadoVM finds no device; install a driver for OpenCL or CUDA."));
    }

    /**
     * The device with this number in TornadoVM, as in {@code 0:1}.
     *
     * @throws DeviceException if there is none
     */
    public static Device named(String id) {
        List<Device> all = all();
        return all.stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DeviceException("TornadoVM has no device '" + id + "'; it has "
                        + all.stream().map(d -> d.id() + " (" + d.name() + ")").collect(Collectors.joining(", "))
                        + "."));
    }

    private static Device device(String id, TornadoDevice device) {
        return new Device(
                id,
                device.getPhysicalDevice().getDeviceName().strip(),
                device.getDeviceType(),
                device.getTornadoVMBackend() + ", " + device.getPlatformName().strip(),
                device.getMaxGlobalMemory(),
                (int) device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0],
                device);
    }

    /** TornadoVM's argument file names the class of its runtime. */
    private static void requireStarted() {
        if (System.getProperty("tornado.load.runtime.implementation") == null) {
            throw new DeviceException(NOT_STARTED);
        }
    }

    /** Sets the property before TornadoVM starts, which is when it reads its properties. */
    private static void allowLargeGraphs() {
        if (System.getProperty(GRAPH_SIZE) == null) {
            System.setProperty(GRAPH_SIZE, String.valueOf(LARGE_GRAPH));
        }
    }

    /**
     * Checks an option. By default TornadoVM silently reruns in Java what it cannot compile, and computes only one
     * unit.
     */
    private static void requireNoFallback() {
        if (!"false".equalsIgnoreCase(System.getProperty(NO_FALLBACK))) {
            throw new DeviceException("Start the JVM with -D" + NO_FALLBACK
                    + "=false: without it TornadoVM hides failures behind wrong numbers.");
        }
    }
}
