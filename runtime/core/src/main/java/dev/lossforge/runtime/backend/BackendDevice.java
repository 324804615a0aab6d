package dev.lossforge.runtime.backend;

/**
 * A device on which a backend can compute.
 *
 * @param id what {@link Backend#onDevice} takes
 * @param type as in {@code gpu}
 * @param memory in bytes
 * @param driver what makes it available
 */
public record BackendDevice(String id, String name, String type, long memory, String driver) {}
