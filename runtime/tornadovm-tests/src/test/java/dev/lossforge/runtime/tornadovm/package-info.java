/** Losses on a device, compared with the same losses on the JVM. */
@NullMarked
package dev.lossforge.runtime.tornadovm;

import org.jspecify.annotations.NullMarked;
