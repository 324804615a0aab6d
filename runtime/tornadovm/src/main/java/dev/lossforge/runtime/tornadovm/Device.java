package dev.lossforge.runtime.tornadovm;

import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * A device that TornadoVM finds.
 *
 * @param id how TornadoVM numbers it, backend and device, as in {@code 0:1}
 * @param name as its driver tells it
 * @param memory the device's memory in bytes
 * @param largestGroup the greatest number of work-items in a work-group
 */
public record Device(String id, String name, String type, long memory, int largestGroup, TornadoDevice handle) {}
