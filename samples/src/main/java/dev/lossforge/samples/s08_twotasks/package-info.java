/** Sample 8: two tasks, weighted by their uncertainty. */
@NullMarked
package dev.lossforge.samples.s08_twotasks;

import org.jspecify.annotations.NullMarked;
