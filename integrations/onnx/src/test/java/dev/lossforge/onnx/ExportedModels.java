package dev.lossforge.onnx;

import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.samples.mnist.MnistCnn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models that have every kind of layer, alone and among others. */
final class ExportedModels {
    private static final Shape ROW = Shape.of(6);
    private static final Shape SEQUENCE = Shape.of(5, 4);
    private static final Shape IMAGE = Shape.of(7, 6, 3);

    private ExportedModels() {}

    static Map<String, Model> all() {
        Map<String, Model> models = new LinkedHashMap<>();
        for (Map.Entry<Layer, Shape> alone : layers().entrySet()) {
            models.put(
                    alone.getKey() + " of " + alone.getValue(),
                    Sequential.builder()
                            .input(alone.getValue().toArray())
                            .add(alone.getKey())
                            .seed(5)
                            .build());
        }
        models.put("the network for digits", MnistCnn.build(3));
        models.put("inputs, outputs and joins", joins());
        models.put("a shared layer", shared());
        models.put("images side by side in both forms", images());
        models.put("a sequence to its class", sequence());
        models.put("an enlarged image", enlarged());
        return models;
    }

    private static Map<Layer, Shape> layers() {
        Map<Layer, Shape> layers = new LinkedHashMap<>();
        for (Activation activation : Activation.values()) {
            layers.put(Dense.of(4, activation), ROW);
            layers.put(Conv2D.of(4, 3, activation), IMAGE);
            layers.put(Conv1D.of(4, 2, activation), SEQUENCE);
            layers.put(ConvTranspose2D.of(4, 2, activation), IMAGE);
        }
        for (Activation activation : List.of(Activation.TANH, Activation.GELU)) {
            layers.put(Pointwise.of(activation), IMAGE);
        }
        for (Activation activation : List.of(Activation.SIGMOID, Activation.LEAKY_RELU, Activation.SOFTPLUS)) {
            layers.put(Pointwise.of(activation), ROW);
        }
        layers.put(Dense.of(5).withoutBias(), ROW);
        layers.put(Conv2D.of(4, 3).withPadding(Padding.SAME).withStride(2, 3).withoutBias(), IMAGE);
        layers.put(Conv2D.of(4, 2).withPadding(Padding.SAME).withKernel(2, 5), IMAGE);
        layers.put(Conv1D.of(3, 4).withPadding(Padding.SAME).withStride(2).withoutBias(), SEQUENCE);
        layers.put(
                ConvTranspose2D.of(5, 1)
                        .withKernel(3, 4)
                        .withStride(2, 3)
                        .withPadding(1, 2)
                        .withOutputPadding(1, 2)
                        .withoutBias(),
                IMAGE);
        layers.put(MaxPool2D.of(2), IMAGE);
        layers.put(new MaxPool2D(2, 3, 1, 2), IMAGE);
        layers.put(AveragePool2D.of(2), IMAGE);
        layers.put(new AveragePool2D(3, 2, 2, 1), IMAGE);
        layers.put(GlobalAveragePool2D.of(), IMAGE);
        layers.put(BatchNorm.of(), IMAGE);
        layers.put(BatchNorm.of().withEpsilon(0.1), ROW);
        layers.put(BatchNorm.of().withMomentum(0.2), SEQUENCE);
        layers.put(LayerNorm.of(), ROW);
        layers.put(new LayerNorm(0.1), IMAGE);
        layers.put(Embedding.of(9, 3), Shape.of(4));
        layers.put(Gru.of(3), SEQUENCE);
        layers.put(Gru.of(5).withLastStateOnly(), SEQUENCE);
        layers.put(ReLU.of(), IMAGE);
        layers.put(Softmax.of(), IMAGE);
        layers.put(Dropout.of(0.5), ROW);
        layers.put(Flatten.of(), IMAGE);
        layers.put(Slice.of(1, 3), IMAGE);
        return layers;
    }

    private static Model joins() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 6, 6, 1)
                .then(Conv2D.of(4, 3, Activation.RELU))
                .then(Flatten.of())
                .then(Dense.of(8));
        ModelGraph.Value row = graph.input("row", 8).then(Dense.of(8)).then(Dropout.of(0.3));
        ModelGraph.Value sum = image.plus(row, image).then(Pointwise.of(Activation.TANH));
        return graph.output("both", graph.concatenate(sum, row, sum.slice(2, 5)))
                .output("classes", sum.then(Dense.of(3)).then(Softmax.of()))
                .output("again", sum)
                .seed(4)
                .build();
    }

    private static Model shared() {
        ModelGraph graph = Model.graph();
        ModelGraph.Shared tower = graph.shared("tower", Dense.of(5, Activation.GELU));
        ModelGraph.Value left = graph.input("left", 4).then(tower);
        ModelGraph.Value right = graph.input("right", 4).then(tower);
        return graph.output("y", left.plus(right)).seed(2).build();
    }

    /** What convolutions make, read with the channels behind the batch and at the end. */
    private static Model images() {
        ModelGraph graph = Model.graph();
        Conv2D conv = Conv2D.of(3, 3).withPadding(Padding.SAME);
        ModelGraph.Value image = graph.input("image", 5, 4, 3);
        ModelGraph.Value first = image.then(conv).then(BatchNorm.of()).then(ReLU.of());
        ModelGraph.Value second = first.then(conv).plus(first).then(Pointwise.of(Activation.GELU));
        ModelGraph.Value third = second.plus(image).then(LayerNorm.of());
        return graph.output("joined", graph.concatenate(third, second.then(Softmax.of()), first))
                .output("mean", second.then(GlobalAveragePool2D.of()))
                .output("image of the second", second)
                .seed(7)
                .build();
    }

    private static Model sequence() {
        return Sequential.builder()
                .input(6)
                .add(Embedding.of(9, 4))
                .add(Conv1D.of(5, 2, Activation.RELU))
                .add(BatchNorm.of())
                .add(Gru.of(4))
                .add(Gru.of(3).withLastStateOnly())
                .add(Dense.of(2, Activation.SOFTMAX))
                .seed(6)
                .build();
    }

    private static Model enlarged() {
        return Sequential.builder()
                .input(2, 3, 5)
                .add(ConvTranspose2D.of(4, 4, Activation.LEAKY_RELU)
                        .withStride(2)
                        .withPadding(1))
                .add(BatchNorm.of())
                .add(ReLU.of())
                .add(ConvTranspose2D.of(2, 4, Activation.TANH).withStride(2).withPadding(1))
                .seed(6)
                .build();
    }
}
