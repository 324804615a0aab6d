package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.LayerNode;
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
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Chooses the steps of a network for the layers of a model. A convolution includes a pooling that follows it. */
final class NetworkPlan {
    private final List<LayerNode> nodes;
    private final Wiring wiring;
    private final Affine.Capacity capacity;
    private final boolean training;
    private final long seed;
    private final TrainedLayers trained;

    NetworkPlan(
            List<LayerNode> nodes,
            Wiring wiring,
            Affine.Capacity capacity,
            boolean training,
            long seed,
            TrainedLayers trained) {
        this.nodes = nodes;
        this.wiring = wiring;
        this.capacity = capacity;
        this.training = training;
        this.seed = seed;
        this.trained = trained;
    }

    /** Adds all layers. */
    void addLayers() {
        int position = 0;
        while (position < nodes.size()) {
            boolean alone = wiring.isReadByNextAlone(position);
            LayerNode pool =
                    alone && isPooled(nodes.get(position), nodes.get(position + 1)) ? nodes.get(position + 1) : null;
            add(nodes.get(position), position, pool);
            position += pool == null ? 1 : 2;
        }
    }

    /** Whether a convolution also computes the pooling that follows it. */
    private static boolean isPooled(LayerNode node, LayerNode next) {
        return node.layer() instanceof Conv2D conv
                && (conv.activation() == Activation.LINEAR || conv.activation() == Activation.RELU)
                && next.layer() instanceof MaxPool2D pool
                && pool.equals(MaxPool2D.of(TrainedLayers.POOL_EDGE));
    }

    /** @param pool the pooling that it includes, if any */
    private void add(LayerNode node, int position, @Nullable LayerNode pool) {
        switch (node.layer()) {
            case Conv2D conv -> trained.addAffine(node, position, conv.window(node.input()), conv.activation(), pool);
            case Conv1D conv -> trained.addAffine(node, position, conv.window(node.input()), conv.activation(), null);
            case Dense dense ->
                trained.addAffine(node, position, ParameterBlocks.pixel(node), dense.activation(), null);
            case ConvTranspose2D conv -> trained.addTransposed(node, position, conv);
            case Gru gru -> trained.addRecurrence(node, position, gru);
            case MaxPool2D max ->
                addKeeping(position, (in, out) -> Pooling.of(node.name(), max.window(node.input()), in, out, batch()));
            case AveragePool2D pooling -> addAverage(position, pooling.window(node.input()));
            case GlobalAveragePool2D pooling -> addAverage(position, pooling.window(node.input()));
            case ReLU relu -> add(position, true, (in, out) -> new Rectifier(node.name(), in, out, batch()));
            case Softmax softmax ->
                add(
                        position,
                        false,
                        (in, out) -> new RowSoftmax(
                                node.name(), in, out, node.output().lastExtent(), batch()));
            case Pointwise pointwise ->
                add(
                        position,
                        false,
                        (in, out) -> Elementwise.of(node.name(), pointwise.activation(), in, out, batch()));
            case Slice slice -> addSlice(node, position, slice);
            case Dropout dropout -> addDropout(node, position, dropout);
            case Flatten flatten -> {}
            case LayerNorm norm -> trained.addNormalization(node, position, norm);
            case BatchNorm norm -> trained.addNormalization(node, position, norm);
            case Embedding embedding -> trained.addLookup(node, position, embedding);
            case Add sum -> join(position, (in, out) -> sum(node, in, out));
            case Concatenate concatenate -> join(position, (in, out) -> sideBySide(node, in, out));
        }
    }

    private IntArray batch() {
        return capacity.batch();
    }

    /** Creates a layer between its input and its output. */
    @FunctionalInterface
    private interface Construction<I> {
        DeviceLayer between(I input, Activations output);
    }

    private void add(int position, boolean rectified, Construction<Activations> construction) {
        LayerNode node = nodes.get(position);
        Activations in = wiring.read(node.source());
        Activations out = next(node, rectified);
        wiring.add(position, construction.between(in, out), out);
    }

    /** Adds a layer whose outputs are some of its inputs. They are therefore rectified if the inputs are. */
    private void addKeeping(int position, Construction<Activations> construction) {
        LayerNode node = nodes.get(position);
        Activations in = wiring.read(node.source());
        Activations out = next(node, in.rectified());
        wiring.add(position, construction.between(in, out), out);
    }

    private void join(int position, Construction<List<Activations>> construction) {
        LayerNode node = nodes.get(position);
        List<Activations> in = node.sources().stream().map(wiring::read).toList();
        Activations out = next(node, false);
        wiring.add(position, construction.between(in, out), out);
    }

    private Sum sum(LayerNode node, List<Activations> in, Activations out) {
        List<Activations> withGradients = IntStream.range(0, in.size())
                .filter(i -> wiring.isTrained(node.sources().get(i)))
                .mapToObj(in::get)
                .toList();
        return new Sum(node.name(), in, withGradients, out, batch());
    }

    private SideBySide sideBySide(LayerNode node, List<Activations> in, Activations out) {
        List<Integer> columns = node.inputs().stream().map(Shape::lastExtent).toList();
        List<Boolean> withGradients =
                node.sources().stream().map(wiring::isTrained).toList();
        return new SideBySide(node.name(), in, columns, withGradients, out, batch());
    }

    private void addAverage(int position, Window window) {
        add(position, false, (in, out) -> AveragePooling.of(nodes.get(position).name(), window, in, out, batch()));
    }

    private void addSlice(LayerNode node, int position, Slice slice) {
        int count = slice.to() - slice.from();
        int width = node.input().lastExtent();
        addKeeping(position, (in, out) -> new Columns(node.name(), in, out, slice.from(), count, width, batch()));
    }

    private Activations next(LayerNode node, boolean rectified) {
        return Activations.of(capacity.samples(), node.output().size(), training, rectified);
    }

    /** Outside training, dropout is the identity and needs no layer. */
    private void addDropout(LayerNode node, int position, Dropout dropout) {
        if (training) {
            long layerSeed = CounterRandom.mix(seed) + position + 1;
            addKeeping(
                    position, (in, out) -> RandomDropout.of(node.name(), in, out, dropout.rate(), layerSeed, batch()));
        }
    }
}
