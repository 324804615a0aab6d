/** Execution plans: tasks with checked grids, the tasks of a loss, and the sums that end a reduction. */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.plan;

import org.jspecify.annotations.NullMarked;
