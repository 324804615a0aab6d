package dev.lossforge.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method as the formula of a penalty on the weights of a model: the {@code R} of {@code J = L + λR}. At
 * build time the processor generates a class in the same package that computes the penalty and its gradient.
 *
 * <pre>{@code
 * @Regularizer
 * static float l2(@Weight float w) {
 *   return square(w);
 * }
 * }</pre>
 *
 * <p>The rank of the weights is the scope, as for {@link Loss}: the penalty above is summed over all weights. Every
 * parameter has one of the annotations {@link Weight} and {@link Param}. At least one is a weight.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Regularizer {

    /**
     * Simple name of the generated class. By default the method's name in title case, ending in {@code Regularizer}:
     * {@code l2} gives {@code L2Regularizer}.
     */
    String name() default "";
}
