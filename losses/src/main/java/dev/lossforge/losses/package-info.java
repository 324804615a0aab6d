/**
 * The ready-made losses and regularisers.
 *
 * <p>They are written in the formula language and compiled by the same processor as your own losses.
 */
@NullMarked
package dev.lossforge.losses;

import org.jspecify.annotations.NullMarked;
