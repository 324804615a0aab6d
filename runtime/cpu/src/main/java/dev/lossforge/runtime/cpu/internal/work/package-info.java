/** The threads that share a batch. */
@NullMarked
package dev.lossforge.runtime.cpu.internal.work;

import org.jspecify.annotations.NullMarked;
