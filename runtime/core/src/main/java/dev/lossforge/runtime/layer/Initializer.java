package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How a parameter starts. {@code fanIn} and {@code fanOut} are the numbers of inputs and outputs of one unit, as Keras
 * computes them. For {@code [inputs, units]} they are these two; for convolution weights {@code [kh, kw, in, out]} they
 * are {@code kh·kw·in} and {@code kh·kw·out}.
 *
 * <p>The normal distributions are truncated at two standard deviations and scaled so that the truncated one has the
 * stated variance.
 */
public enum Initializer {
    /** Zero everywhere; for biases. */
    ZEROS,
    /** One everywhere; for scales. */
    ONES,
    /**
     * Uniform with variance {@code 2 / (fanIn + fanOut)}: within {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio
     * 2010).
     */
    GLOROT_UNIFORM,
    /** Truncated normal with variance {@code 2 / (fanIn + fanOut)}. */
    GLOROT_NORMAL,
    /** Uniform with variance {@code 2 / fanIn}: within {@code ±sqrt(6 / fanIn)} (He et al. 2015). */
    HE_UNIFORM,
    /** Truncated normal with variance {@code 2 / fanIn}. */
    HE_NORMAL;

    /** The standard deviation of the unit normal distribution truncated to −2 … 2. */
    private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

    /** New values for a parameter; the same generator state gives the same values. */
    public Tensor create(Shape shape, RandomGenerator random) {
        Tensor tensor = Tensor.zeros(shape);
        double variance = variance(shape);
        switch (this) {
            case ZEROS -> {}
            case ONES -> Arrays.fill(tensor.array(), 1);
            case GLOROT_UNIFORM, HE_UNIFORM -> fillUniform(tensor.array(), Math.sqrt(3 * variance), random);
            case GLOROT_NORMAL, HE_NORMAL ->
                fillNormal(tensor.array(), Math.sqrt(variance) / TRUNCATED_DEVIATION, random);
        }
        return tensor;
    }

    private double variance(Shape shape) {
        return switch (this) {
            case ZEROS, ONES -> 0;
            case GLOROT_UNIFORM, GLOROT_NORMAL -> 2.0 / (fanIn(shape) + fanOut(shape));
            case HE_UNIFORM, HE_NORMAL -> 2.0 / fanIn(shape);
        };
    }

    private static double fanIn(Shape shape) {
        return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.lastExtent();
    }

    private static double fanOut(Shape shape) {
        return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.extent(shape.rank() - 2);
    }

    private static void fillUniform(float[] values, double limit, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-limit, limit);
        }
    }

    private static void fillNormal(float[] values, double deviation, RandomGenerator random) {
        for (int i = 0; i < values.length; i++) {
            double normal = random.nextGaussian();
            while (Math.abs(normal) > 2) {
                normal = random.nextGaussian();
            }
            values[i] = (float) (normal * deviation);
        }
    }
}
