package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.internal.CounterRandom;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Softmax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes operations of layers: a convolution takes the ReLU and the max pooling behind it along, a dense layer the ReLU,
 * and flattening is nothing, since the values already lie in that order.
 */
public final class NetworkPlan {
    private final Kernels kernels;
    private final ParameterStore parameters;
    private final long seed;
    private final int workers;
    private final List<LayerNode> nodes;
    private final List<Stage> stages = new ArrayList<>();
    private int next;

    /** Whether a parameter of the layers so far is trained: only then need gradients go back to them. */
    private boolean trainable;

    private NetworkPlan(Architecture architecture, Kernels kernels, ParameterStore parameters, long seed, int workers) {
        this.nodes = architecture.nodes();
        this.kernels = kernels;
        this.parameters = parameters;
        this.seed = seed;
        this.workers = workers;
    }

    /** The operations of a model whose parameters lie in this store. */
    public static Network plan(
            Architecture architecture, Kernels kernels, ParameterStore parameters, long seed, int workers) {
        NetworkPlan plan = new NetworkPlan(architecture, kernels, parameters, seed, workers);
        plan.collectStages();
        return plan.connect(architecture.inputShape().size());
    }

    /** An operation that still lacks its surroundings. */
    private record Stage(int outputSize, Construction construction) {}

    @FunctionalInterface
    private interface Construction {
        Operation between(Activations input, Activations output);
    }

    private void collectStages() {
        while (next < nodes.size()) {
            LayerNode node = nodes.get(next++);
            switch (node.layer()) {
                case Conv2D conv -> addConvolution(node, conv);
                case Dense dense -> addDense(node, dense);
                case MaxPool2D pool ->
                    add(node, (in, out) -> new MaxPooling(kernels, pool.window(node.input()), in, out));
                case ReLU relu -> add(node, Rectifier::new);
                case Softmax softmax -> addSoftmax(node);
                case Dropout dropout -> addDropout(node, dropout);
                case Flatten flatten -> {}
            }
        }
    }

    private void add(LayerNode node, Construction construction) {
        stages.add(new Stage(node.output().size(), construction));
    }

    private void addConvolution(LayerNode node, Conv2D conv) {
        boolean relu = takesRelu(conv.activation());
        LayerNode last = nodes.get(next - 1);
        MaxPool2D pool = conv.activation() == Activation.SOFTMAX ? null : takePool();
        AffineShape shape = AffineShape.convolution(
                conv.window(node.input()), pool == null ? null : pool.window(last.output()), conv.filters());
        addAffine(node, shape, relu);
        if (conv.activation() == Activation.SOFTMAX) {
            addSoftmax(node);
        }
    }

    private void addDense(LayerNode node, Dense dense) {
        boolean relu = takesRelu(dense.activation());
        addAffine(node, AffineShape.dense(node.input().size(), dense.units()), relu);
        if (dense.activation() == Activation.SOFTMAX) {
            addSoftmax(node);
        }
    }

    /** Whether ReLU follows at once, as the layer's own activation or as the next layer, which is then done. */
    private boolean takesRelu(Activation activation) {
        return switch (activation) {
            case RELU -> true;
            case SOFTMAX -> false;
            case LINEAR -> {
                boolean follows = next < nodes.size() && nodes.get(next).layer() instanceof ReLU;
                next += follows ? 1 : 0;
                yield follows;
            }
        };
    }

    private @Nullable MaxPool2D takePool() {
        if (next < nodes.size() && nodes.get(next).layer() instanceof MaxPool2D pool) {
            next++;
            return pool;
        }
        return null;
    }

    private void addAffine(LayerNode node, AffineShape shape, boolean relu) {
        ParameterBlock weights = block(node, true);
        ParameterBlock bias = block(node, false);
        if (weights == null) {
            throw new IllegalArgumentException("The layer '" + node.name() + "' has no weights.");
        }
        boolean passesGradientsOn = trainable;
        trainable |= !parameters.isFrozen(weights);
        Construction construction = !passesGradientsOn && FirstConvolution.fits(kernels, shape)
                ? (in, out) -> new FirstConvolution(kernels, shape, relu, in, out, parameters, weights, bias, workers)
                : (in, out) -> new Affine(
                        kernels, shape, relu, in, out, parameters, weights, bias, passesGradientsOn, workers);
        stages.add(new Stage(shape.windows().results(), construction));
    }

    private @Nullable ParameterBlock block(LayerNode node, boolean weights) {
        for (Parameter parameter : node.parameters()) {
            if (parameter.isWeights() == weights) {
                return parameters.layout().block(parameter);
            }
        }
        return null;
    }

    private void addSoftmax(LayerNode node) {
        int classes = node.output().lastExtent();
        add(node, (in, out) -> new RowSoftmax(in, out, classes));
    }

    private void addDropout(LayerNode node, Dropout dropout) {
        long layerSeed = CounterRandom.mix(seed) + next;
        add(node, (in, out) -> new RandomDropout(in, out, dropout.rate(), layerSeed));
    }

    /** Rows are padded for the kernels, except behind the last operation, where the loss wants them without gaps. */
    private Network connect(int inputSize) {
        Activations first = activations(inputSize, stages.isEmpty());
        Activations current = first;
        List<Operation> operations = new ArrayList<>();
        for (Stage stage : stages) {
            Activations output = activations(stage.outputSize(), operations.size() == stages.size() - 1);
            operations.add(stage.construction().between(current, output));
            current = output;
        }
        return new Network(first, current, operations);
    }

    private Activations activations(int size, boolean last) {
        return last ? Activations.exact(size) : Activations.padded(size, kernels.lanes());
    }
}
