package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One layer of a model, as a description that backends implement. */
public sealed interface Layer
        permits Conv2D,
                Conv1D,
                ConvTranspose2D,
                Gru,
                Embedding,
                MaxPool2D,
                AveragePool2D,
                GlobalAveragePool2D,
                LayerNorm,
                BatchNorm,
                Flatten,
                Dense,
                ReLU,
                Softmax,
                Pointwise,
                Dropout,
                Add,
                Concatenate,
                Slice {

    /** The name of this kind of layer, such as {@code conv2d}. Layers without a name are named after it. */
    String kind();

    /**
     * The shape of one sample's output, given the shape of one sample's input.
     *
     * @throws dev.lossforge.runtime.tensor.ShapeException if this layer does not accept the input
     */
    Shape outputShape(Shape input);

    /** Whether it takes several inputs. */
    default boolean joins() {
        return false;
    }

    /**
     * As {@link #outputShape(Shape)}, for all its inputs.
     *
     * @param inputs at least one; exactly one unless this layer {@linkplain #joins joins}
     */
    default Shape outputShape(List<Shape> inputs) {
        return outputShape(inputs.getFirst());
    }

    /** The parameters this layer needs for such an input, in a fixed order; none for most layers. */
    default List<ParameterSpec> parameters(Shape input) {
        return List.of();
    }

    /**
     * A parameter that a layer needs.
     *
     * @param role its role in the layer
     * @param shape its shape
     * @param initializer its initial values
     */
    record ParameterSpec(Role role, Shape shape, Initializer initializer) {

        /** The role of a parameter in its layer. Penalties and weight decay act only on weights. */
        public enum Role {
            WEIGHTS("weights"),
            BIAS("bias"),
            /** A factor of each value, in normalization. */
            SCALE("scale"),
            /** A factor of the previous state, in a recurrent layer. */
            RECURRENT_WEIGHTS("recurrentWeights"),
            RECURRENT_BIAS("recurrentBias"),
            /** The running mean of each channel during training; a state that no optimizer changes. */
            RUNNING_MEAN("runningMean"),
            /** As {@link #RUNNING_MEAN}, but of the variance. */
            RUNNING_VARIANCE("runningVariance"),
            /** A hyperparameter of the loss that is trained with the model. */
            HYPERPARAMETER("hyperparameter");

            private final String label;

            Role(String label) {
                this.label = label;
            }

            /** The name of such a parameter within its layer. */
            public String label() {
                return label;
            }

            /** Whether penalties and weight decay act on it. */
            public boolean isWeights() {
                return this == WEIGHTS || this == RECURRENT_WEIGHTS;
            }

            /** Whether an optimizer changes it, along a gradient. */
            public boolean isTrained() {
                return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
            }
        }

        /** Weights and, if requested, a bias of one value per output, which starts at zero. */
        static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias) {
            return weightsAndBias(weights, initializer, bias, weights.lastExtent());
        }

        /**
         * As {@link #weightsAndBias(Shape, Initializer, boolean)}, for weights whose last axis does not count the
         * outputs.
         */
        static List<ParameterSpec> weightsAndBias(Shape weights, Initializer initializer, boolean bias, int outputs) {
            ParameterSpec kernel = new ParameterSpec(Role.WEIGHTS, weights, initializer);
            return bias
                    ? List.of(kernel, new ParameterSpec(Role.BIAS, Shape.of(outputs), Initializer.ZEROS))
                    : List.of(kernel);
        }
    }

    /**
     * How a parameter starts. {@code fanIn} and {@code fanOut} are the numbers of inputs and outputs of one unit, as
     * Keras computes them. For {@code [inputs, units]} they are these two; for convolution weights {@code [kh, kw, in,
     * out]} they are {@code kh·kw·in} and {@code kh·kw·out}.
     *
     * <p>The normal distributions are truncated at two standard deviations and scaled so that the truncated one has the
     * stated variance.
     */
    enum Initializer {
        /** Zero everywhere; for biases. */
        ZEROS,
        /** One everywhere; for scales. */
        ONES,
        /**
         * Uniform with variance {@code 2 / (fanIn + fanOut)}: within {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and
         * Bengio 2010).
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

    /** The treatment of the border by a window that slides over an image. */
    enum Padding {
        /** The window stays inside: {@code out = (in - kernel) / stride + 1}, rounded down. */
        VALID,
        /**
         * Zeros around the image so that {@code out = in / stride}, rounded up. If the number of zeros is odd, the
         * larger half goes below and to the right.
         */
        SAME
    }
}
