package dev.lossforge.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter that takes an output of the model. The loss is differentiated with respect to it. Its type is
 * {@code float}, {@code float[]} or {@code float[][]}, the same for all predictions of a formula.
 *
 * <p>A declared range is a promise of the user. It affects only warnings: values outside it are computed as written.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.CLASS)
public @interface Prediction {

    /** The smallest possible value, such as 0 for a probability. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest possible value, such as 1 for a probability. */
    double max() default Double.POSITIVE_INFINITY;
}
