package dev.lossforge.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Marks the parameter that takes an observed value, which is a constant for differentiation. Its type is {@code float}
 * or {@code int}, or an array of these with at most as many dimensions as the predictions.
 *
 * <p>In the formula of a sample, an array is a row, and a scalar is one value for the sample. In the formula of a
 * batch, an array of one dimension holds one value for each sample, and an array of two dimensions one row for each. A
 * sample that is a matrix has a scalar, a row of any length, or a matrix.
 *
 * <p>A declared range is a promise of the user. It affects warnings, and a training checks it before its first step.
 */
@Documented
@java.lang.annotation.Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.CLASS)
public @interface Target {

    /** The smallest possible value, such as 0 for a class index. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest possible value, such as 1 for a probability. */
    double max() default Double.POSITIVE_INFINITY;
}
