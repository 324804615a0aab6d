/** A process that computes and times losses for {@code compare.py}, which says on its standard input what to do. */
@NullMarked
package dev.lossforge.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
