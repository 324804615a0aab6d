package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A layer in its place in a model.
 *
 * @param name unique in the model
 * @param input the shape of one sample that enters
 * @param output the shape of one sample that leaves
 * @param parameters in the layer's order
 */
public record LayerNode(String name, Layer layer, Shape input, Shape output, List<Parameter> parameters) {

    public LayerNode {
        parameters = List.copyOf(parameters);
    }
}
