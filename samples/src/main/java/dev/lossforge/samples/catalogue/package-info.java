/** The losses that were built with Lossforge, as their descriptions tell: found by name, and made ready to compute. */
@NullMarked
package dev.lossforge.samples.catalogue;

import org.jspecify.annotations.NullMarked;
