/**
 * Whether this JVM offers the Vector API. This is the only place that checks, and it logs a message if the API is
 * missing.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.vector;

import org.jspecify.annotations.NullMarked;
