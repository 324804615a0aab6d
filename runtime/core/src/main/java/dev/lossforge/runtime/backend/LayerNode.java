package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A layer at its place in a model. A model's values are numbered: first its inputs, then the outputs of its layers, in
 * order.
 *
 * @param name unique in the model
 * @param sources the numbers of the input values; several for a layer that joins values
 * @param inputs the shapes of one sample of each input value
 * @param output the shape of one sample of the output
 * @param parameters the parameters in the layer's order; a shared layer has the same ones at each of its places
 */
public record LayerNode(
        String name, Layer layer, List<Integer> sources, List<Shape> inputs, Shape output, List<Parameter> parameters) {

    public LayerNode {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    /** The shape of the input value, or of the first of several. */
    public Shape input() {
        return inputs.getFirst();
    }

    /** The number of the input value, or of the first of several. */
    public int source() {
        return sources.getFirst();
    }
}
