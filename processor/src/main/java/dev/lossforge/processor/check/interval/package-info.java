/**
 * Which values an expression can have, from the declared ranges of its inputs.
 *
 * <p>{@link dev.lossforge.processor.check.interval.IntervalAnalysis} gives every expression of a formula an
 * {@link dev.lossforge.processor.check.interval.Interval}, by the rules of real arithmetic with infinities: what is
 * computed from finite numbers is finite, unless it has a pole. Overflow, underflow and rounding are not counted. A
 * condition narrows what it speaks of where it holds: {@code x > 0 ? log(x) : 0} is never outside the domain.
 *
 * <p>An operand that can be where its operation has no value is a {@link dev.lossforge.processor.check.interval.Risk}.
 * If there is none, and the formula writes no NaN itself, then no inputs in their ranges give a NaN.
 */
@NullMarked
package dev.lossforge.processor.check.interval;

import org.jspecify.annotations.NullMarked;
