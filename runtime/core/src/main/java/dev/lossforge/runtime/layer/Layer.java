package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

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
}
