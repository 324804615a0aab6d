/** Tests of what the samples share. */
@NullMarked
package dev.lossforge.samples.lesson;

import org.jspecify.annotations.NullMarked;
