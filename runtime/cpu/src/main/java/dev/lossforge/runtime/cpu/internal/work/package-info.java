/** The threads among which a batch is divided. */
@NullMarked
package dev.lossforge.runtime.cpu.internal.work;

import org.jspecify.annotations.NullMarked;
