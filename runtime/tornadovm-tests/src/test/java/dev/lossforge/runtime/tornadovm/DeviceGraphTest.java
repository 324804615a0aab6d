package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Layers that branch and join, on the device and on the CPU: a step of each changes every parameter by its gradient.
 */
class DeviceGraphTest {

    @Test
    void residualBlocksOfImages() {
        ModelGraph graph = Model.graph();
        Conv2D conv = Conv2D.of(5, 3).withPadding(Padding.SAME);
        ModelGraph.Value image = graph.input("image", 6, 7, 3);
        ModelGraph.Value stem = image.then(conv.withActivation(Activation.RELU));
        ModelGraph.Value block = stem.then(conv.withActivation(Activation.RELU))
                .then(conv)
                .plus(stem)
                .then(ReLU.of());
        ModelGraph.Value next = block.then(MaxPool2D.of(2))
                .plus(
                        block.then(conv).then(AveragePool2D.of(2)),
                        block.then(conv).then(MaxPool2D.of(2)));
        graph.output("digit", next.then(GlobalAveragePool2D.of()).then(Dense.of(3, Activation.TANH)));
        LayerTest.compare("residual", graph.architecture());
    }

    @Test
    void valuesSideBySideAndSharedLayers() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value row = graph.input("row", 7);
        ModelGraph.Shared tower = graph.shared("tower", Dense.of(7, Activation.RELU));
        ModelGraph.Value first = row.then(tower);
        ModelGraph.Value second = first.then(tower).then(LayerNorm.of());
        ModelGraph.Value all = graph.concatenate(first, second, row, first.then(Dropout.of(0.3)));
        graph.output(
                "y", all.then(Pointwise.of(Activation.TANH)).then(Dense.of(2)).plus(first.slice(2, 4)));
        LayerTest.compare("side by side", graph.architecture());
    }

    @Test
    void imagesSideBySide() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 5, 4, 2);
        ModelGraph.Value left = image.then(Conv2D.of(3, 1, Activation.GELU));
        ModelGraph.Value joined = graph.concatenate(left, image, image.then(Conv2D.of(1, 1)));
        graph.output("y", joined.then(Flatten.of()).then(Dense.of(2)));
        LayerTest.compare("images side by side", graph.architecture());
    }

    @Test
    void anOutputKeepsItsName() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value row = graph.input("row", 2);
        graph.output("level", row.then(Dense.of(2)).plus(row));
        try (SameModels models = new SameModels(
                graph.architecture(),
                CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0))) {
            Batch batch = Batch.of(Tensor.zeros(3, 2), Tensor.zeros(3, 2));
            assertThat(models.onDevice().predictAll(batch).named()).containsOnlyKeys("level");
            assertThat(models.onDevice().evaluate(batch).outputs().named()).containsOnlyKeys("level");
        }
    }

    @Test
    void whatIsRefusedIsRefusedInOneSentence() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value row = graph.input("row", 2).slice(0, 1);
        Model model = graph.output("a", row.then(Embedding.of(3, 2))).build();
        Backend backend = new TornadoBackend();
        assertThatThrownBy(() -> model.compile(
                        CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).withBackend(backend)))
                .isInstanceOf(BackendException.class)
                .hasMessage("The layer 'embedding' takes indices from another layer, but the backend 'tornadovm' checks"
                        + " indices in the data; make them an input of the model, or choose the backend 'cpu'.");
    }
}
