/** Whether this JVM offers the Vector API; the one place that looks, and says so if it does not. */
@NullMarked
package dev.lossforge.runtime.cpu.internal.vector;

import org.jspecify.annotations.NullMarked;
