/** Tests of what is known of losses. */
@NullMarked
package dev.lossforge.cli.catalogue;

import org.jspecify.annotations.NullMarked;
