/** Sample 8: two tasks, weighted by their uncertainty. */
@NullMarked
package dev.lossforge.samples.twotasks;

import org.jspecify.annotations.NullMarked;
