/** Pictures of losses on single numbers: value and gradient as curves. */
@NullMarked
package dev.lossforge.samples.plot;

import org.jspecify.annotations.NullMarked;
