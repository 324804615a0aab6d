/**
 * Dense arrays of {@code float} with a shape, stored in row-major order.
 */
@NullMarked
package dev.lossforge.runtime.tensor;

import org.jspecify.annotations.NullMarked;
