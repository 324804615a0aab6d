package dev.lossforge.dsl;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method as the formula of a loss. At build time the processor generates a class in the same package
 * that computes the loss and its gradients together.
 *
 * <pre>{@code
 * @Loss
 * static float huber(@Prediction float p, @Target float y, @Param(min = 0) float delta) {
 *   float r = abs(p - y);
 *   return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
 * }
 * }</pre>
 *
 * <p>The rank of the predictions is the scope of the formula: {@code float} covers one element, {@code float[]} one
 * sample, and {@code float[][]} the whole batch. With {@code scope = SAMPLE}, {@code float[][]} covers one sample that
 * is a matrix. Every parameter has one of the annotations {@link Prediction}, {@link dev.lossforge.dsl.Target} and
 * {@link Param}. At least one is a prediction. The method returns {@code float}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Loss {

    /**
     * Simple name of the generated class. By default the method's name in title case, ending in {@code Loss}:
     * {@code huber} gives {@code HuberLoss}, {@code softmaxCrossEntropy} gives {@code SoftmaxCrossEntropyLoss}.
     */
    String name() default "";

    /** What one evaluation covers, if the rank of the predictions does not determine it. */
    Scope scope() default Scope.BY_RANK;

    /** The second derivatives to compute. */
    Hessian hessian() default Hessian.NONE;
}
