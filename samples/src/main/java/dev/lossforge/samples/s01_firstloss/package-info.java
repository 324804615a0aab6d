/** Sample 1: a first loss. */
@NullMarked
package dev.lossforge.samples.s01_firstloss;

import org.jspecify.annotations.NullMarked;
