/** What generated kernels call: block primitives and accumulators whose error bounds are documented. */
@NullMarked
package dev.lossforge.runtime.kernel;

import org.jspecify.annotations.NullMarked;
