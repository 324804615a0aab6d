package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.internal.CounterRandom;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Add;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Concatenate;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates operations for layers. A convolution includes the ReLU and the max pooling that follow it, a dense layer
 * includes the ReLU. Flattening needs no operation, because the values are already in that order.
 */
public final class NetworkPlan {
    private final Architecture architecture;
    private final Kernels kernels;
    private final ParameterStore parameters;
    private final long seed;
    private final int workers;
    private final List<LayerNode> nodes;
    private final Wiring wiring;
    private final TrainedLayers trainedLayers;

    /** The layers included in operations of earlier layers. */
    private final Set<Integer> taken = new HashSet<>();

    private NetworkPlan(Architecture architecture, Kernels kernels, ParameterStore parameters, long seed, int workers) {
        this.architecture = architecture;
        this.nodes = architecture.nodes();
        this.kernels = kernels;
        this.parameters = parameters;
        this.seed = seed;
        this.workers = workers;
        this.wiring = new Wiring(architecture, kernels.lanes());
        this.trainedLayers = new TrainedLayers(kernels, parameters, wiring, workers);
    }

    /** The operations of a model whose parameters are in this store. */
    public static Network plan(
            Architecture architecture, Kernels kernels, ParameterStore parameters, long seed, int workers) {
        return new NetworkPlan(architecture, kernels, parameters, seed, workers).network();
    }

    private Network network() {
        SequencedMap<String, Activations> inputs = wiring.placeInputs(architecture);
        for (int position = 0; position < nodes.size(); position++) {
            if (!taken.contains(position)) {
                add(position, nodes.get(position));
            }
        }
        SequencedMap<String, Activations> outputs = wiring.placeOutputs(architecture.outputValues());
        return new Network(inputs, outputs, wiring.operations());
    }

    private void add(int position, LayerNode node) {
        switch (node.layer()) {
            case Conv2D conv -> addConvolution(position, node, conv);
            case Conv1D conv -> {
                int last = takeRelu(position, conv.activation());
                boolean relu = conv.activation() == Activation.RELU || last != position;
                AffineShape shape = AffineShape.convolution(conv.window(node.input()), null, conv.filters());
                addAffine(node, shape, relu, conv.activation(), last);
            }
            case ConvTranspose2D conv -> trainedLayers.addTransposed(position, node, conv);
            case Gru gru -> trainedLayers.addRecurrence(position, node, gru);
            case Embedding embedding -> trainedLayers.addLookup(position, node);
            case Dense dense -> addDense(position, node, dense);
            case MaxPool2D pool ->
                add(position, (in, out) -> new MaxPooling(kernels, pool.window(node.input()), in, out));
            case AveragePool2D pool ->
                add(position, (in, out) -> new AveragePooling(pool.window(node.input()), in, out));
            case GlobalAveragePool2D pool ->
                add(position, (in, out) -> new AveragePooling(pool.window(node.input()), in, out));
            case LayerNorm norm -> trainedLayers.addNormalization(position, node, norm);
            case BatchNorm norm -> trainedLayers.addNormalization(position, node, norm);
            case Pointwise pointwise ->
                add(position, (in, out) -> new Elementwise(kernels, pointwise.activation(), in, out));
            case ReLU relu -> add(position, (in, out) -> new Rectifier(kernels, in, out));
            case Softmax softmax -> add(position, softmax(node));
            case Dropout dropout -> {
                long layerSeed = CounterRandom.mix(seed) + position + 1;
                add(position, (in, out) -> new RandomDropout(in, out, dropout.rate(), layerSeed));
            }
            case Slice slice -> {
                int rows = node.input().size() / node.input().lastExtent();
                add(position, (in, out) -> new Columns(in, out, slice.from(), slice.to() - slice.from(), rows));
            }
            case Add add -> join(position, Sum::new);
            case Concatenate concatenate -> {
                List<Integer> columns =
                        node.inputs().stream().map(Shape::lastExtent).toList();
                int rows = node.output().size() / node.output().lastExtent();
                join(position, (in, out) -> new SideBySide(in, columns, rows, out));
            }
            case Flatten flatten -> {}
        }
    }

    /** Creates an operation between its input and its output. */
    @FunctionalInterface
    private interface Construction<I> {
        Operation between(I input, Activations output);
    }

    private void add(int position, Construction<Activations> construction) {
        LayerNode node = nodes.get(position);
        Activations input = wiring.read(node.source());
        wiring.add(
                wiring.valueOf(position),
                node.output().size(),
                wiring.isTrained(node.source()),
                output -> construction.between(input, output));
    }

    private void join(int position, Construction<List<Activations>> construction) {
        LayerNode node = nodes.get(position);
        List<Activations> inputs = node.sources().stream().map(wiring::read).toList();
        wiring.add(
                wiring.valueOf(position),
                node.output().size(),
                node.sources().stream().anyMatch(wiring::isTrained),
                output -> construction.between(inputs, output));
    }

    private Construction<Activations> softmax(LayerNode node) {
        int classes = node.output().lastExtent();
        return (in, out) -> new RowSoftmax(in, out, classes);
    }

    private void addConvolution(int position, LayerNode node, Conv2D conv) {
        int last = takeRelu(position, conv.activation());
        boolean relu = conv.activation() == Activation.RELU || last != position;
        Window window = null;
        int reader = wiring.onlyReader(wiring.valueOf(last));
        boolean ends = conv.activation() == Activation.LINEAR || conv.activation() == Activation.RELU;
        if (ends && reader >= 0 && nodes.get(reader).layer() instanceof MaxPool2D pool) {
            window = pool.window(nodes.get(last).output());
            taken.add(reader);
            last = reader;
        }
        AffineShape shape = AffineShape.convolution(conv.window(node.input()), window, conv.filters());
        addAffine(node, shape, relu, conv.activation(), last);
    }

    private void addDense(int position, LayerNode node, Dense dense) {
        int last = takeRelu(position, dense.activation());
        boolean relu = dense.activation() == Activation.RELU || last != position;
        addAffine(node, AffineShape.dense(node.input().size(), dense.units()), relu, dense.activation(), last);
    }

    /**
     * The position of a ReLU that directly follows, which the operation then includes; otherwise the position of the
     * layer itself.
     */
    private int takeRelu(int position, Activation activation) {
        int reader = wiring.onlyReader(wiring.valueOf(position));
        if (activation == Activation.LINEAR && reader >= 0 && nodes.get(reader).layer() instanceof ReLU) {
            taken.add(reader);
            return reader;
        }
        return position;
    }

    /** @param last the position of the last layer that the operation includes */
    private void addAffine(LayerNode node, AffineShape shape, boolean relu, Activation activation, int last) {
        ParameterBlock weights = block(node, true);
        ParameterBlock bias = block(node, false);
        if (weights == null) {
            throw new IllegalArgumentException("The layer '" + node.name() + "' has no weights.");
        }
        boolean passesGradientsOn = wiring.isTrained(node.source());
        boolean trained = passesGradientsOn || !parameters.isFrozen(weights);
        Activations in = wiring.read(node.source());
        Wiring.Construction construction = !passesGradientsOn && FirstConvolution.fits(kernels, shape)
                ? out -> new FirstConvolution(kernels, shape, relu, in, out, parameters, weights, bias, workers)
                : out -> new Affine(
                        kernels, shape, relu, in, out, parameters, weights, bias, passesGradientsOn, workers);
        trainedLayers.addActivated(
                node, wiring.valueOf(last), shape.windows().results(), activation, trained, construction);
    }

    private @Nullable ParameterBlock block(LayerNode node, boolean weights) {
        for (Parameter parameter : node.parameters()) {
            if (parameter.isWeights() == weights) {
                return parameters.layout().block(parameter);
            }
        }
        return null;
    }
}
