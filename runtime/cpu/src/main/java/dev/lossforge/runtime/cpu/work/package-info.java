/** The threads among which a batch is divided. */
@NullMarked
package dev.lossforge.runtime.cpu.work;

import org.jspecify.annotations.NullMarked;
