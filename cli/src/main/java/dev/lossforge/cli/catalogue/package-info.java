/** The losses built with Lossforge: finds them by name in their descriptions and creates them. */
@NullMarked
package dev.lossforge.cli.catalogue;

import org.jspecify.annotations.NullMarked;
