package dev.lossforge.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter that takes a hyperparameter: one value for all samples, given to the constructor of the generated
 * class. Its type is {@code float}, {@code int} or, for a vector such as class weights, {@code float[]}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.CLASS)
public @interface Param {

    /**
     * The value if the user passes none; NaN means no default. Only scalars have one; for an {@code int}, it is a whole
     * number.
     */
    double defaultValue() default Double.NaN;

    /** The smallest permitted value. The constructor rejects a smaller one. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest permitted value. The constructor rejects a larger one. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether the gradient with respect to this hyperparameter is also an output, so that training adapts it. */
    boolean trainable() default false;
}
