/** Tests of what is known of losses. */
@NullMarked
package dev.lossforge.samples.catalogue;

import org.jspecify.annotations.NullMarked;
