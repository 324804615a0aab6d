/** Trains with Deeplearning4j. */
@NullMarked
package dev.lossforge.dl4j;

import org.jspecify.annotations.NullMarked;
