/** Plots of losses on single numbers: value and gradient as curves. */
@NullMarked
package dev.lossforge.cli.plot;

import org.jspecify.annotations.NullMarked;
