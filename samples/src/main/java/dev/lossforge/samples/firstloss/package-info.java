/** Sample 1: a first loss. */
@NullMarked
package dev.lossforge.samples.firstloss;

import org.jspecify.annotations.NullMarked;
