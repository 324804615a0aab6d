/**
 * The checks of a well-formed formula, such as whether each prediction influences the result smoothly, and whether
 * rounding decides a comparison.
 *
 * <p>This is the last stage that can find an error of the user. A failure in a later stage is a defect of the
 * processor.
 */
@NullMarked
package dev.lossforge.processor.check;

import org.jspecify.annotations.NullMarked;
