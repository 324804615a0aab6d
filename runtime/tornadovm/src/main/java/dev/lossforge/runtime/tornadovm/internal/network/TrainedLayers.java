package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.LayerNorm;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Creates the steps of layers that have parameters, and of the activations after them. */
final class TrainedLayers {
    /** The edge of the pooling windows that a convolution can handle itself. */
    static final int POOL_EDGE = 2;

    private final Wiring wiring;
    private final Affine.Capacity capacity;
    private final boolean training;
    private final ParameterBlocks blocks;
    private final FloatArray parameters;
    private final FloatArray parts;

    /**
     * @param parameters the array that begins with all parameters
     * @param parts the parts of their gradients
     */
    TrainedLayers(
            Wiring wiring,
            Affine.Capacity capacity,
            boolean training,
            ParameterBlocks blocks,
            FloatArray parameters,
            FloatArray parts) {
        this.wiring = wiring;
        this.capacity = capacity;
        this.training = training;
        this.blocks = blocks;
        this.parameters = parameters;
        this.parts = parts;
    }

    private Activations next(int size, boolean rectified) {
        return Activations.of(capacity.samples(), size, training, rectified);
    }

    private IntArray batch() {
        return capacity.batch();
    }

    /** @param pool the pooling that it includes, if any */
    void addAffine(LayerNode node, int position, Window window, Activation activation, @Nullable LayerNode pool) {
        GradientParts.Block block = blocks.of(node);
        int size = node.output().size();
        Activations out = next(pool == null ? size : pool.output().size(), activation == Activation.RELU);
        FloatArray gradients = pool != null && training ? Activations.array(capacity.samples(), size) : out.gradients();
        Affine affine = new Affine(
                node.name(),
                ParameterBlocks.convolution(node, window, activation, block.offset()),
                pool == null ? 1 : POOL_EDGE,
                wiring.read(node.source()),
                out,
                gradients,
                new IntArray(pool == null ? 1 : out.values().getSize()),
                parameters,
                parts,
                block,
                capacity);
        wiring.addWithin(position, affine);
        addActivation(node, position, pool == null ? position : position + 1, activation, out);
    }

    /**
     * Adds the activation after a layer that computes no other than ReLU itself.
     *
     * @param last the position of the last layer that the step before includes
     */
    private void addActivation(LayerNode node, int position, int last, Activation activation, Activations out) {
        Activations activated = out;
        switch (activation) {
            case LINEAR, RELU -> {}
            case SOFTMAX -> {
                activated = next(out.size(), false);
                int classes = node.output().lastExtent();
                wiring.addWithin(position, new RowSoftmax(node.name() + ".softmax", out, activated, classes, batch()));
            }
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> {
                activated = next(out.size(), false);
                wiring.addWithin(
                        position, Elementwise.of(node.name() + ".activation", activation, out, activated, batch()));
            }
        }
        wiring.finish(last, activated);
    }

    void addTransposed(LayerNode node, int position, ConvTranspose2D conv) {
        Activations in = wiring.read(node.source());
        Activations out = next(node.output().size(), conv.activation() == Activation.RELU);
        GradientParts.Block weights = blocks.of(node);
        TransposedConvolution layer = new TransposedConvolution(
                node.name(),
                ParameterBlocks.transposed(node, conv, weights.offset()),
                in,
                out,
                parameters,
                parts,
                weights,
                blocks.second(node),
                capacity);
        wiring.addWithin(position, layer);
        addActivation(node, position, position, conv.activation(), out);
    }

    void addRecurrence(LayerNode node, int position, Gru gru) {
        GradientParts.Block block = blocks.of(node);
        AffineShape shape = ParameterBlocks.gates(node, block.offset());
        Activations in = wiring.read(node.source());
        Activations products = next(node.input().extent(0) * shape.filters(), false);
        wiring.addWithin(
                position,
                new Affine(
                        node.name(),
                        shape,
                        1,
                        in,
                        products,
                        products.gradients(),
                        new IntArray(1),
                        parameters,
                        parts,
                        block,
                        capacity));
        Activations out = next(node.output().size(), false);
        GatedRecurrence recurrence = GatedRecurrence.of(
                node.name() + ".states",
                products,
                out,
                gru.units(),
                parameters,
                parts,
                blocks.second(node),
                capacity,
                training);
        wiring.add(position, recurrence, out);
    }

    void addNormalization(LayerNode node, int position, LayerNorm norm) {
        GradientParts.Block block = blocks.of(node);
        int length = node.input().lastExtent();
        Activations in = wiring.read(node.source());
        Activations out = next(node.output().size(), false);
        RowNormalization layer = new RowNormalization(
                node.name(),
                in,
                out,
                length,
                (float) norm.epsilon(),
                block.offset(),
                RowNormalization.statistics(out.values().getSize(), length),
                parameters,
                parts,
                block,
                batch());
        wiring.add(position, layer, out);
    }

    void addNormalization(LayerNode node, int position, BatchNorm norm) {
        GradientParts.Block block = blocks.of(node);
        int channels = node.input().lastExtent();
        Activations in = wiring.read(node.source());
        Activations out = next(node.output().size(), false);
        ChannelNormalization layer = new ChannelNormalization(
                node.name(),
                norm,
                training && block.count() > 0,
                channels,
                in,
                out,
                ChannelNormalization.Memory.of(channels, block.count()),
                parameters,
                parts,
                block,
                batch());
        wiring.add(position, layer, out);
    }

    void addLookup(LayerNode node, int position, Embedding embedding) {
        GradientParts.Block block = blocks.of(node);
        Activations in = wiring.read(node.source());
        Activations out = next(node.output().size(), false);
        RowLookup layer = new RowLookup(
                node.name(), in, out, embedding.dimensions(), block.offset(), parameters, parts, block, batch());
        wiring.add(position, layer, out);
    }
}
