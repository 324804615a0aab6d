/** The losses that were built with Lossforge, as their descriptions tell: found by name, and made ready to compute. */
@NullMarked
package dev.lossforge.cli.catalogue;

import org.jspecify.annotations.NullMarked;
