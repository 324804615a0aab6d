/**
 * The service interface of backends.
 *
 * <p>The unit of a backend is the compiled training step: model, loss and optimiser become one
 * step that keeps its state on the device. Backends are found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.lossforge.runtime.backend;

import org.jspecify.annotations.NullMarked;
