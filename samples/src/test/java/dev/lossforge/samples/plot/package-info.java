/** Tests of the pictures of losses. */
@NullMarked
package dev.lossforge.samples.plot;

import org.jspecify.annotations.NullMarked;
