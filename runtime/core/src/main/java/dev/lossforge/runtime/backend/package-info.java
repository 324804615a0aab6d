/**
 * The interface for authors of backends. A {@link dev.lossforge.runtime.backend.Backend} compiles an
 * {@link dev.lossforge.runtime.backend.Architecture} and a {@link dev.lossforge.runtime.backend.CompileSpec} (loss,
 * optimizer, penalties, seed) into a {@link dev.lossforge.runtime.backend.CompiledModel}, whose unit of work is the
 * whole training step: forward, loss, backward, update. Parameters and optimizer state live with the compiled model, on
 * the device if there is one. They are copied to the host only on request.
 *
 * <p>Backends are found by {@link java.util.ServiceLoader}; {@link dev.lossforge.runtime.backend.Backends} chooses one.
 */
@NullMarked
package dev.lossforge.runtime.backend;

import org.jspecify.annotations.NullMarked;
