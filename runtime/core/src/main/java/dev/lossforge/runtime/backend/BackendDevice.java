package dev.lossforge.runtime.backend;

/**
 * A device on which a backend can compute.
 *
 * @param id the argument for {@link Backend#onDevice}
 * @param type the kind of device, as in {@code gpu}
 * @param memory in bytes
 * @param driver the driver that provides the device
 */
public record BackendDevice(String id, String name, String type, long memory, String driver) {}
