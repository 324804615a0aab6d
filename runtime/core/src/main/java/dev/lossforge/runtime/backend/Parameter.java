package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.layer.Layer.ParameterSpec;
import dev.lossforge.runtime.tensor.Shape;

/**
 * A parameter of a model. It is trained, or it is state that a layer keeps, such as running statistics.
 *
 * @param name unique in the model: the layer's name, a dot, and the parameter's name in the layer, as in
 *     {@code conv2d_1.weights}
 * @param spec the layer's description of it
 */
public record Parameter(String name, ParameterSpec spec) {

    public Shape shape() {
        return spec.shape();
    }

    /** Whether penalties and weight decay act on it. */
    public boolean isWeights() {
        return spec.role().isWeights();
    }

    /** Whether an optimizer changes it and keeps values for it. */
    public boolean isTrained() {
        return spec.role().isTrained();
    }

    /** The name of one of the optimizer's slots for this parameter, as in {@code conv2d_1.weights/firstMoment}. */
    public String slotName(String slot) {
        return name + "/" + slot;
    }

    /** Whether it belongs to a loss, not to a layer. */
    public boolean isHyperparameter() {
        return spec.role() == ParameterSpec.Role.HYPERPARAMETER;
    }
}
