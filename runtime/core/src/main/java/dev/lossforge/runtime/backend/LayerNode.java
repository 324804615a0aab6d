package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * A layer in its place in a model. A model's values are numbered: first its inputs, then what its layers make, in
 * order.
 *
 * @param name unique in the model
 * @param sources the numbers of the values that enter; several for a layer that joins
 * @param inputs their shapes, each of one sample
 * @param output the shape of one sample that leaves
 * @param parameters in the layer's order; those of a shared layer are the same at each of its places
 */
public record LayerNode(
        String name, Layer layer, List<Integer> sources, List<Shape> inputs, Shape output, List<Parameter> parameters) {

    public LayerNode {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    /** The shape that enters, the first of several. */
    public Shape input() {
        return inputs.getFirst();
    }

    /** The number of the only value that enters, or of the first of several. */
    public int source() {
        return sources.getFirst();
    }
}
