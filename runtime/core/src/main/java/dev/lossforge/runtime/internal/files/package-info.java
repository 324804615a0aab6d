/** Writing files that survive a power failure. */
@NullMarked
package dev.lossforge.runtime.internal.files;

import org.jspecify.annotations.NullMarked;
