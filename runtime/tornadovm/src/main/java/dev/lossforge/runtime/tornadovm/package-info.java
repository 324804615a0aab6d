/**
 * Losses on the devices that TornadoVM finds: {@link dev.lossforge.runtime.tornadovm.Devices} lists them,
 * {@link dev.lossforge.runtime.tornadovm.DeviceLoss} evaluates a loss on one. The JVM must be 25 and be started with
 * the argument file of an installed TornadoVM.
 */
@NullMarked
package dev.lossforge.runtime.tornadovm;

import org.jspecify.annotations.NullMarked;
