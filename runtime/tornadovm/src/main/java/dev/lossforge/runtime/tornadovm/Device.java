package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.BackendDevice;
import java.util.Locale;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * A device that TornadoVM finds.
 *
 * @param id TornadoVM's number for it, backend and device, as in {@code 0:1}
 * @param name the name that its driver reports
 * @param driver the platform that provides it
 * @param memory the device's memory in bytes
 * @param largestGroup the maximum number of work-items in a work-group
 */
public record Device(
        String id,
        String name,
        TornadoDeviceType type,
        String driver,
        long memory,
        int largestGroup,
        TornadoDevice handle) {

    boolean isGpu() {
        return type == TornadoDeviceType.GPU;
    }

    BackendDevice description() {
        return new BackendDevice(id, name, type.name().toLowerCase(Locale.ROOT), memory, driver);
    }
}
