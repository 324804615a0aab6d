package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.LayerNorm;

/** Creates operations for layers that have parameters and include no other layer. */
final class TrainedLayers {
    private final Kernels kernels;
    private final ParameterStore parameters;
    private final Wiring wiring;
    private final int workers;

    TrainedLayers(Kernels kernels, ParameterStore parameters, Wiring wiring, int workers) {
        this.kernels = kernels;
        this.parameters = parameters;
        this.wiring = wiring;
        this.workers = workers;
    }

    /** Adds an operation, and the activation after it if the operation does not include it. */
    void addActivated(
            LayerNode node,
            int value,
            int size,
            Activation activation,
            boolean trained,
            Wiring.Construction construction) {
        if (activation == Activation.SOFTMAX) {
            int classes = node.output().lastExtent();
            Activations between = wiring.addWithin(size, construction);
            wiring.add(value, size, trained, out -> new RowSoftmax(between, out, classes));
        } else if (Elementwise.computes(activation)) {
            Activations between = wiring.addWithin(size, construction);
            wiring.add(value, size, trained, out -> new Elementwise(kernels, activation, between, out));
        } else {
            wiring.add(value, size, trained, construction);
        }
    }

    void addTransposed(int position, LayerNode node, ConvTranspose2D conv) {
        AffineShape shape = AffineShape.convolution(
                conv.window(node.input()), null, node.input().lastExtent());
        ParameterBlock weights = block(node, 0);
        ParameterBlock bias = conv.bias() ? block(node, 1) : null;
        boolean passesGradientsOn = wiring.isTrained(node.source());
        boolean trained = passesGradientsOn || !parameters.isFrozen(weights);
        Activations in = wiring.read(node.source());
        int size = node.output().size();
        Wiring.Construction construction = out -> new TransposedConvolution(
                kernels, shape, in, out, parameters, weights, bias, passesGradientsOn, workers);
        if (conv.activation() == Activation.RELU) {
            Activations between = wiring.addWithin(size, construction);
            wiring.add(wiring.valueOf(position), size, trained, out -> new Rectifier(kernels, between, out));
        } else {
            addActivated(node, wiring.valueOf(position), size, conv.activation(), trained, construction);
        }
    }

    /** Computes the products of all inputs and weights as a convolution of one pixel. */
    void addRecurrence(int position, LayerNode node, Gru gru) {
        ParameterBlock weights = block(node, 0);
        ParameterBlock bias = block(node, 1);
        Window each = Conv1D.of(weights.rows(), 1).window(node.input());
        AffineShape shape = AffineShape.convolution(each, null, weights.rows());
        boolean passesGradientsOn = wiring.isTrained(node.source());
        Activations in = wiring.read(node.source());
        Activations products = wiring.addWithin(
                shape.windows().results(),
                out -> new Affine(
                        kernels, shape, false, in, out, parameters, weights, bias, passesGradientsOn, workers));
        wiring.add(
                wiring.valueOf(position),
                node.output().size(),
                passesGradientsOn || !parameters.isFrozen(weights),
                out -> new GatedRecurrence(
                        kernels, products, out, gru.lastState(), parameters, block(node, 2), block(node, 3), workers));
    }

    void addLookup(int position, LayerNode node) {
        ParameterBlock weights = block(node, 0);
        Activations in = wiring.read(node.source());
        wiring.add(
                wiring.valueOf(position),
                node.output().size(),
                wiring.isTrained(node.source()) || !parameters.isFrozen(weights),
                out -> new RowLookup(node.name(), in, out, parameters, weights));
    }

    void addNormalization(int position, LayerNode node, LayerNorm norm) {
        ParameterBlock scale = block(node, 0);
        ParameterBlock bias = block(node, 1);
        Activations in = wiring.read(node.source());
        wiring.add(
                wiring.valueOf(position),
                node.output().size(),
                wiring.isTrained(node.source()) || !parameters.isFrozen(scale),
                out -> new RowNormalization(in, out, norm.epsilon(), parameters, scale, bias));
    }

    void addNormalization(int position, LayerNode node, BatchNorm norm) {
        ParameterBlock scale = block(node, 0);
        ChannelStatistics running = new ChannelStatistics(parameters, block(node, 2), block(node, 3));
        boolean passesGradientsOn = wiring.isTrained(node.source());
        Activations in = wiring.read(node.source());
        wiring.add(
                wiring.valueOf(position),
                node.output().size(),
                passesGradientsOn || !parameters.isFrozen(scale),
                out -> {
                    BatchNormalization operations = new BatchNormalization(
                            kernels,
                            node.name(),
                            norm,
                            in,
                            out,
                            parameters,
                            scale,
                            block(node, 1),
                            running,
                            passesGradientsOn);
                    wiring.addAside(operations.measuring());
                    return operations.normalizing();
                });
    }

    private ParameterBlock block(LayerNode node, int parameter) {
        return parameters.layout().block(node.parameters().get(parameter));
    }
}
