/**
 * The checks of a formula that is well formed: whether each prediction influences the result smoothly, and whether
 * rounding decides a comparison.
 *
 * <p>This is the last stage in which an error of the user can arise; a failure below it is a defect of the processor.
 */
@NullMarked
package dev.lossforge.processor.check;

import org.jspecify.annotations.NullMarked;
