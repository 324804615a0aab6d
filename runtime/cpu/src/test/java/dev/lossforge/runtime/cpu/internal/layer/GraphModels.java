package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models with branches, joins and shared layers, of one input and one output. */
final class GraphModels {
    private GraphModels() {}

    static Map<String, Architecture> all() {
        Map<String, Architecture> models = new LinkedHashMap<>();
        models.put("residual", residual());
        models.put("residual of images", residualImages());
        models.put("shared layer", sharedLayer());
        models.put("a value joined with itself", itself());
        models.put("slices of images side by side", slices());
        models.put("a value that is flattened and read twice", flattened());
        models.put("a relu that takes nothing along", reluBesideAnother());
        models.put("the input beside what is made of it", inputAgain());
        for (Activation activation : Activation.values()) {
            models.put("dense and convolution, " + activation, activated(activation));
        }
        models.put("functions as layers", pointwise());
        models.put("normalized rows", normalizedRows());
        models.put("sequence", sequence());
        models.put("normalized pixels and averages", averages());
        models.put("rows normalized over the batch", normalizedOverBatch());
        models.put("images normalized over the batch, twice by one layer", normalizedImages());
        models.put("transposed convolution of copied patches", enlarged(3, 2, Activation.TANH));
        models.put("transposed convolution of patches in place", enlarged(8, 16, Activation.RELU));
        models.put("transposed convolution without bias", enlargedWithoutBias());
        models.put("recurrent states", recurrent(Gru.of(5)));
        models.put("recurrent states of whole vectors", recurrent(Gru.of(16)));
        models.put("last recurrent state", recurrent(Gru.of(3).withLastStateOnly()));
        return models;
    }

    private static Architecture normalizedOverBatch() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden = graph.input("x", 6).then(Dense.of(11)).then(BatchNorm.of());
        ModelGraph.Value next = hidden.then(Dense.of(11, Activation.TANH))
                .plus(hidden)
                .then(BatchNorm.of().withEpsilon(0.1));
        return build(graph, next.then(Dense.of(2)));
    }

    private static Architecture normalizedImages() {
        ModelGraph graph = Model.graph();
        ModelGraph.Shared norm = graph.shared("norm", BatchNorm.of());
        ModelGraph.Value image = graph.input("image", 6, 5, 2)
                .then(BatchNorm.of())
                .then(Conv2D.of(5, 2))
                .then(norm)
                .then(ReLU.of())
                .then(Conv2D.of(5, 2))
                .then(norm);
        return build(graph, image.then(MaxPool2D.of(2)).then(Flatten.of()).then(Dense.of(3)));
    }

    private static Architecture enlarged(int first, int second, Activation activation) {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 2, 3, 3)
                .then(Conv2D.of(5, 1, Activation.RELU))
                .then(ConvTranspose2D.of(first, 3, activation)
                        .withStride(2, 1)
                        .withPadding(1, 0)
                        .withOutputPadding(1, 0));
        return build(graph, image.then(ConvTranspose2D.of(second, 2)).then(Conv2D.of(2, 2)));
    }

    private static Architecture enlargedWithoutBias() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 2, 2, 4)
                .then(ConvTranspose2D.of(3, 4)
                        .withKernel(2, 4)
                        .withStride(2)
                        .withPadding(0, 1)
                        .withoutBias());
        return build(
                graph, image.then(ConvTranspose2D.of(2, 1, Activation.SOFTMAX).withStride(3)));
    }

    private static Architecture recurrent(Gru layer) {
        ModelGraph graph = Model.graph();
        ModelGraph.Value states = graph.input("x", 4, 3).then(Gru.of(7)).then(layer);
        return build(graph, states.then(Flatten.of()).then(Dense.of(2)));
    }

    private static Architecture build(ModelGraph graph, ModelGraph.Value output) {
        return graph.output("output", output).architecture();
    }

    private static Architecture residual() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value first = graph.input("x", 5).then(Dense.of(7, Activation.RELU));
        ModelGraph.Value second = first.then(Dense.of(7)).then(ReLU.of()).plus(first);
        return build(graph, second.then(Dense.of(7)).plus(second, first).then(Dense.of(3)));
    }

    private static Architecture residualImages() {
        ModelGraph graph = Model.graph();
        Conv2D conv = Conv2D.of(4, 3).withPadding(Padding.SAME);
        ModelGraph.Value first = graph.input("image", 6, 6, 2).then(conv);
        ModelGraph.Value sum = first.then(ReLU.of()).then(conv).plus(first);
        return build(
                graph,
                sum.then(ReLU.of()).then(MaxPool2D.of(2)).then(Flatten.of()).then(Dense.of(2)));
    }

    private static Architecture sharedLayer() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value x = graph.input("x", 8);
        ModelGraph.Shared tower = graph.shared("tower", Dense.of(6, Activation.RELU));
        ModelGraph.Value left = x.slice(0, 4).then(tower);
        ModelGraph.Value right = x.slice(4, 8).then(tower);
        return build(graph, graph.concatenate(left, right).then(Dense.of(3)));
    }

    private static Architecture itself() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden = graph.input("x", 3).then(Dense.of(5));
        ModelGraph.Value joined = graph.concatenate(hidden, hidden.plus(hidden), hidden);
        return build(graph, joined);
    }

    private static Architecture slices() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 5, 4, 3).then(Conv2D.of(7, 2));
        ModelGraph.Value joined = graph.concatenate(image.slice(5, 7), image.slice(0, 3), image.slice(2, 6));
        return build(graph, joined.then(Conv2D.of(3, 2)));
    }

    private static Architecture flattened() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 4, 4, 1).then(Conv2D.of(3, 3));
        ModelGraph.Value flat = image.then(Flatten.of());
        ModelGraph.Value sum = flat.then(Dense.of(4)).plus(flat.then(Dense.of(4)));
        return build(graph, graph.concatenate(sum, image.then(Conv2D.of(2, 2)).then(Flatten.of()), flat));
    }

    private static Architecture reluBesideAnother() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden = graph.input("x", 6).then(Dense.of(6));
        return build(graph, hidden.then(ReLU.of()).plus(hidden).then(Dense.of(2)));
    }

    private static Architecture inputAgain() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value x = graph.input("x", 6);
        return build(
                graph,
                graph.concatenate(x.then(Dense.of(3)), x.then(ReLU.of()), x).then(Dense.of(2)));
    }

    /** A pooling behind an activation that the convolution does not compute in passing. */
    private static Architecture activated(Activation activation) {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 6, 6, 2).then(Conv2D.of(3, 2, activation));
        return build(
                graph,
                image.then(MaxPool2D.of(2))
                        .then(Flatten.of())
                        .then(Dense.of(9, activation))
                        .then(Dense.of(2)));
    }

    private static Architecture pointwise() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value value = graph.input("x", 5).then(Dense.of(7));
        for (Activation activation : new Activation[] {
            Activation.GELU, Activation.LEAKY_RELU, Activation.SOFTPLUS, Activation.TANH, Activation.SIGMOID
        }) {
            value = value.then(Pointwise.of(activation));
        }
        return build(graph, value);
    }

    private static Architecture normalizedRows() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden = graph.input("x", 6).then(Dense.of(11)).then(LayerNorm.of());
        ModelGraph.Value next =
                hidden.then(Dense.of(11, Activation.TANH)).plus(hidden).then(new LayerNorm(0.1));
        return build(graph, next.then(Dense.of(2)));
    }

    private static Architecture averages() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 7, 6, 2)
                .then(Conv2D.of(5, 2))
                .then(LayerNorm.of())
                .then(new AveragePool2D(2, 3, 1, 2))
                .then(Conv2D.of(4, 1))
                .then(AveragePool2D.of(2));
        return build(graph, image.then(GlobalAveragePool2D.of()).then(Dense.of(3)));
    }

    private static Architecture sequence() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value first = graph.input("x", 11, 3).then(Conv1D.of(4, 3).withPadding(Padding.SAME));
        ModelGraph.Value second = first.then(Conv1D.of(4, 2, Activation.TANH).withPadding(Padding.SAME))
                .plus(first);
        return build(
                graph, second.then(Conv1D.of(3, 4).withStride(3).withoutBias()).then(ReLU.of()));
    }
}
