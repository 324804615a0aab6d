package dev.lossforge.runtime.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static Architecture digits() {
        return Architecture.input(28, 28, 1)
                .add(Conv2D.of(32, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(Flatten.of())
                .add("features", Dense.of(64, Activation.RELU))
                .add(Dense.of(10))
                .build();
    }

    @Test
    void passesShapesFromLayerToLayer() {
        Architecture digits = digits();
        assertThat(digits.nodes().stream().map(LayerNode::output))
                .containsExactly(
                        Shape.of(26, 26, 32),
                        Shape.of(13, 13, 32),
                        Shape.of(11, 11, 64),
                        Shape.of(5, 5, 64),
                        Shape.of(3, 3, 64),
                        Shape.of(576),
                        Shape.of(64),
                        Shape.of(10));
        assertThat(digits.nodes().get(3).input()).isEqualTo(Shape.of(11, 11, 64));
        assertThat(digits.outputShape()).isEqualTo(Shape.of(10));
        assertThat(digits.parameterCount()).isEqualTo(93_322);
    }

    @Test
    void namesLayersAndParameters() {
        assertThat(digits().nodes().stream().map(LayerNode::name))
                .containsExactly(
                        "conv2d", "maxpool2d", "conv2d_1", "maxpool2d_1", "conv2d_2", "flatten", "features", "dense");
        assertThat(digits().parameters().stream().map(Parameter::name))
                .startsWith("conv2d.weights", "conv2d.bias", "conv2d_1.weights")
                .endsWith("features.bias", "dense.weights", "dense.bias");
        assertThat(digits().parameters().stream().map(Parameter::isWeights)).startsWith(true, false, true, false);
    }

    @Test
    void givesALayerTheNextFreeNumber() {
        Architecture architecture = Architecture.input(4)
                .add("relu_1", ReLU.of())
                .add(ReLU.of())
                .add(ReLU.of())
                .build();
        assertThat(architecture.nodes().stream().map(LayerNode::name)).containsExactly("relu_1", "relu", "relu_2");
    }

    @Test
    void refusesLayersThatDoNotFit() {
        Architecture.Builder images = Architecture.input(28, 28, 1).add(Conv2D.of(32, 3));
        assertThatThrownBy(() -> images.add("head", Dense.of(10)))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "Layer 2, 'head', does not fit after 'conv2d': Dense takes one row of values per sample, but"
                                + " its input has the shape [26, 26, 32]; put a Flatten layer before it.");
        assertThatThrownBy(() -> Architecture.input(784).add(Conv2D.of(32, 3)))
                .hasMessageStartingWith("Layer 1, 'conv2d', does not fit the model's input: ")
                .hasMessageContaining("[784]");
    }

    @Test
    void refusesNamesThatAreNotUniqueOrNotPlain() {
        Architecture.Builder builder = Architecture.input(4).add("a", ReLU.of());
        assertThatThrownBy(() -> builder.add("a", ReLU.of())).hasMessageContaining("Two layers are named 'a'");
        for (String name : new String[] {" ", "a.b", "a/b"}) {
            assertThatThrownBy(() -> builder.add(name, ReLU.of())).isInstanceOf(ConfigurationException.class);
        }
        assertThatThrownBy(() -> Architecture.input(4).build()).hasMessageContaining("no layer");
    }

    @Test
    void startsAlikeForTheSameSeed() {
        Map<String, Tensor> first = digits().initialParameters(7);
        assertThat(digits().initialParameters(7)).isEqualTo(first);
        assertThat(digits().initialParameters(8).get("dense.weights")).isNotEqualTo(first.get("dense.weights"));
        assertThat(first.get("conv2d_1.bias")).isEqualTo(Tensor.zeros(64));
    }

    @Test
    void parametersOfOneShapeStartDifferently() {
        Map<String, Tensor> initial =
                Architecture.input(8).add(Dense.of(8)).add(Dense.of(8)).build().initialParameters(1);
        assertThat(initial.get("dense.weights")).isNotEqualTo(initial.get("dense_1.weights"));
    }

    @Test
    void checksInputs() {
        digits().requireInputs(Shape.of(5, 28, 28, 1));
        assertThatThrownBy(() -> digits().requireInputs(Shape.of(5, 784)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[28, 28, 1]")
                .hasMessageContaining("[5, 784]");
        assertThatThrownBy(() -> digits().requireInputs(Shape.scalar())).isInstanceOf(ShapeException.class);
    }

    @Test
    void checksParameters() {
        Architecture dense = Architecture.input(3).add(Dense.of(2)).build();
        Map<String, Tensor> values = dense.initialParameters(1);
        dense.requireParameters(values);

        Map<String, Tensor> missing = new LinkedHashMap<>(values);
        missing.remove("dense.bias");
        assertThatThrownBy(() -> dense.requireParameters(missing))
                .hasMessage("The parameter 'dense.bias' of shape [2] is missing; give values for all.");
        Map<String, Tensor> misshapen = new LinkedHashMap<>(values);
        misshapen.put("dense.weights", Tensor.zeros(2, 3));
        assertThatThrownBy(() -> dense.requireParameters(misshapen))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 2]")
                .hasMessageContaining("[2, 3]");
        Map<String, Tensor> unknown = new LinkedHashMap<>(values);
        unknown.put("dense_1.bias", Tensor.zeros(2));
        assertThatThrownBy(() -> dense.requireParameters(unknown))
                .hasMessage("The model has no parameter 'dense_1.bias'; it has dense.weights, dense.bias.");
    }

    @Test
    void checksOptimizerSlots() {
        Architecture dense =
                Architecture.input(3).add(Dense.of(2).withoutBias()).build();
        Map<String, Tensor> slots = new HashMap<>();
        slots.put("dense.weights/firstMoment", Tensor.zeros(3, 2));
        slots.put("dense.weights/secondMoment", Tensor.zeros(3, 2));
        dense.requireSlots(Adam.of(), slots);
        dense.requireSlots(Sgd.of(0.1), Map.of());
        assertThatThrownBy(() -> dense.requireSlots(Sgd.of(0.1).withMomentum(0.9), slots))
                .hasMessageContaining("dense.weights/velocity");
    }
}
