/**
 * Losses and models on the devices that TornadoVM finds. {@link dev.lossforge.runtime.tornadovm.Devices} lists the
 * devices, {@link dev.lossforge.runtime.tornadovm.DeviceLoss} evaluates a loss on one, and
 * {@link dev.lossforge.runtime.tornadovm.TornadoBackend} trains whole models there. The JVM must be 25 and must be
 * started with the argument file of an installed TornadoVM.
 */
@NullMarked
package dev.lossforge.runtime.tornadovm;

import org.jspecify.annotations.NullMarked;
