/** Generated losses as losses of the Deep Java Library. */
@NullMarked
package dev.lossforge.djl;

import org.jspecify.annotations.NullMarked;
