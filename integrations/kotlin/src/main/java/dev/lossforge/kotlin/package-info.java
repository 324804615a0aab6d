/** A loss for Kotlin. */
@NullMarked
package dev.lossforge.kotlin;

import org.jspecify.annotations.NullMarked;
