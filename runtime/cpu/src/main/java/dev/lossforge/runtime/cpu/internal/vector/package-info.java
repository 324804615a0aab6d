/**
 * Detects whether this JVM offers the Vector API. No other package checks this. It logs a message if the API is
 * missing.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.vector;

import org.jspecify.annotations.NullMarked;
