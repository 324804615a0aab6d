package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.cpu.internal.layer.Activations;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The outputs of a network as tensors, and the places for their gradients. */
record OutputTensors(Architecture architecture, Network network) {

    /** The outputs of the last pass over so many samples; valid until the next pass. */
    Outputs of(int samples) {
        return each(samples, UnaryOperator.identity());
    }

    /** Copies of the outputs of the last pass. */
    Outputs copies(int samples) {
        return each(samples, Tensor::copy);
    }

    private Outputs each(int samples, UnaryOperator<Tensor> operation) {
        SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
        architecture.outputs().forEach((name, shape) -> {
            Activations place = network.outputs().get(name);
            if (place != null) {
                outputs.put(name, operation.apply(Tensor.over(place.values(), shape.batchOf(samples))));
            }
        });
        return new Outputs(outputs);
    }

    /** Copies the gradient of an output to where the backward pass reads it; null stands for zeros. */
    void placeGradient(String output, float @Nullable [] gradient) {
        float[] place = Objects.requireNonNull(network.outputs().get(output)).gradients();
        if (gradient == null) {
            Arrays.fill(place, 0);
        } else {
            System.arraycopy(gradient, 0, place, 0, gradient.length);
        }
    }
}
