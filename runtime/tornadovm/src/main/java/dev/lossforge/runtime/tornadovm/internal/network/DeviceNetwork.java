package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
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
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The layers of a model in one graph, for batches up to a maximum size: for training or for inference. */
public final class DeviceNetwork {
    /** The edge of the pooling windows that a convolution can handle itself. */
    private static final int POOL_EDGE = 2;

    private final Affine.Capacity capacity;
    private final boolean training;
    private final long seed;
    private final FloatArray parameters;
    private final GradientParts parts = new GradientParts();
    private final ParameterBlocks blocks;
    private final List<LayerNode> nodes;
    private final Wiring wiring;
    private final Activations input;
    private final FloatArray partGradients;
    private final Activations output;

    /**
     * @param parameters the array that begins with all parameters, in the order of the architecture
     * @param spec the specification with the frozen layers and the seed for dropout
     * @param largestGroup the maximum number of work-items in a group of the device
     */
    public DeviceNetwork(
            Architecture architecture,
            CompileSpec spec,
            int samples,
            int largestGroup,
            boolean training,
            FloatArray parameters) {
        this.capacity = new Affine.Capacity(samples, largestGroup, new IntArray(1));
        this.training = training;
        this.parameters = parameters;
        this.seed = spec.seed();
        boolean inputIsOutput = architecture.nodes().stream().allMatch(node -> node.layer() instanceof Flatten);
        this.input = Activations.of(samples, architecture.inputShape().size(), training && inputIsOutput, false);
        this.blocks = ParameterBlocks.of(architecture, spec.frozenLayers(), capacity, parts);
        this.partGradients = training ? parts.array() : new FloatArray(1);
        this.nodes = architecture.nodes();
        this.wiring = new Wiring(architecture, training, capacity.batch());
        wiring.placeInput(input);
        int position = 0;
        while (position < nodes.size()) {
            boolean alone = wiring.isReadByNextAlone(position);
            LayerNode pool =
                    alone && isPooled(nodes.get(position), nodes.get(position + 1)) ? nodes.get(position + 1) : null;
            add(nodes.get(position), position, pool);
            position += pool == null ? 1 : 2;
        }
        this.output = wiring.read(architecture.outputValues().firstEntry().getValue());
    }

    /** Whether a convolution also computes the pooling that follows it. */
    private static boolean isPooled(LayerNode node, LayerNode next) {
        return node.layer() instanceof Conv2D conv
                && (conv.activation() == Activation.LINEAR || conv.activation() == Activation.RELU)
                && next.layer() instanceof MaxPool2D pool
                && pool.equals(MaxPool2D.of(POOL_EDGE));
    }

    /** @param pool the pooling that it includes, if any */
    private void add(LayerNode node, int position, @Nullable LayerNode pool) {
        switch (node.layer()) {
            case Conv2D conv -> addAffine(node, position, conv.window(node.input()), conv.activation(), pool);
            case Conv1D conv -> addAffine(node, position, conv.window(node.input()), conv.activation(), null);
            case Dense dense -> addAffine(node, position, ParameterBlocks.pixel(node), dense.activation(), null);
            case MaxPool2D max ->
                addKeeping(position, (in, out) -> Pooling.of(node.name(), max.window(node.input()), in, out, batch()));
            case AveragePool2D pooling -> addAverage(position, pooling.window(node.input()));
            case GlobalAveragePool2D pooling -> addAverage(position, pooling.window(node.input()));
            case ReLU relu -> add(position, true, (in, out) -> new Rectifier(node.name(), in, out, batch()));
            case Softmax softmax -> add(position, false, (in, out) -> softmax(node, node.name(), in, out));
            case Pointwise pointwise ->
                add(
                        position,
                        false,
                        (in, out) -> Elementwise.of(node.name(), pointwise.activation(), in, out, batch()));
            case Slice slice -> addSlice(node, position, slice);
            case Dropout dropout -> addDropout(node, position, dropout);
            case Flatten flatten -> {}
            case LayerNorm norm -> addNormalization(node, position, norm);
            case Embedding embedding -> addLookup(node, position, embedding);
            case Add sum -> join(position, (in, out) -> sum(node, in, out));
            case Concatenate concatenate -> join(position, (in, out) -> sideBySide(node, in, out));
            case BatchNorm norm -> throw DeviceLayers.unsupported(node);
            case ConvTranspose2D conv -> throw DeviceLayers.unsupported(node);
            case Gru gru -> throw DeviceLayers.unsupported(node);
        }
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
        List<Activations> trained = IntStream.range(0, in.size())
                .filter(i -> wiring.isTrained(node.sources().get(i)))
                .mapToObj(in::get)
                .toList();
        return new Sum(node.name(), in, trained, out, batch());
    }

    private SideBySide sideBySide(LayerNode node, List<Activations> in, Activations out) {
        List<Integer> columns = node.inputs().stream().map(Shape::lastExtent).toList();
        List<Boolean> trained = node.sources().stream().map(wiring::isTrained).toList();
        return new SideBySide(node.name(), in, columns, trained, out, batch());
    }

    private void addAverage(int position, Window window) {
        add(position, false, (in, out) -> AveragePooling.of(nodes.get(position).name(), window, in, out, batch()));
    }

    private void addSlice(LayerNode node, int position, Slice slice) {
        int count = slice.to() - slice.from();
        int width = node.input().lastExtent();
        addKeeping(position, (in, out) -> new Columns(node.name(), in, out, slice.from(), count, width, batch()));
    }

    private void addNormalization(LayerNode node, int position, LayerNorm norm) {
        GradientParts.Block block = blocks.of(node);
        int length = node.input().lastExtent();
        add(
                position,
                false,
                (in, out) -> new RowNormalization(
                        node.name(),
                        in,
                        out,
                        length,
                        (float) norm.epsilon(),
                        block.offset(),
                        RowNormalization.statistics(out.values().getSize(), length),
                        parameters,
                        partGradients,
                        block,
                        batch()));
    }

    private void addLookup(LayerNode node, int position, Embedding embedding) {
        GradientParts.Block block = blocks.of(node);
        add(
                position,
                false,
                (in, out) -> new RowLookup(
                        node.name(),
                        in,
                        out,
                        embedding.dimensions(),
                        block.offset(),
                        parameters,
                        partGradients,
                        block,
                        batch()));
    }

    private Activations next(LayerNode node, boolean rectified) {
        return Activations.of(capacity.samples(), node.output().size(), training, rectified);
    }

    private void addAffine(
            LayerNode node, int position, Window window, Activation activation, @Nullable LayerNode pool) {
        GradientParts.Block block = blocks.of(node);
        Activations out = next(pool == null ? node : pool, activation == Activation.RELU);
        FloatArray gradients = pool != null && training
                ? Activations.array(capacity.samples(), node.output().size())
                : out.gradients();
        Affine affine = new Affine(
                node.name(),
                ParameterBlocks.convolution(node, window, activation, block.offset()),
                pool == null ? 1 : POOL_EDGE,
                wiring.read(node.source()),
                out,
                gradients,
                new IntArray(pool == null ? 1 : out.values().getSize()),
                parameters,
                partGradients,
                block,
                capacity);
        wiring.addWithin(position, affine);
        switch (activation) {
            case LINEAR, RELU -> wiring.finish(pool == null ? position : position + 1, out);
            case SOFTMAX -> {
                Activations last = next(node, false);
                wiring.add(position, softmax(node, node.name() + ".softmax", out, last), last);
            }
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> {
                Activations last = next(node, false);
                wiring.add(position, Elementwise.of(node.name() + ".activation", activation, out, last, batch()), last);
            }
        }
    }

    private RowSoftmax softmax(LayerNode node, String name, Activations in, Activations out) {
        return new RowSoftmax(name, in, out, node.output().lastExtent(), batch());
    }

    /** Outside training, dropout is the identity and needs no layer. */
    private void addDropout(LayerNode node, int position, Dropout dropout) {
        if (training) {
            long layerSeed = CounterRandom.mix(seed) + position + 1;
            addKeeping(
                    position, (in, out) -> RandomDropout.of(node.name(), in, out, dropout.rate(), layerSeed, batch()));
        }
    }

    /** Adds the tasks from the inputs to the outputs. */
    public void addForward(Tasks tasks) {
        tasks.changing(batch(), input.values());
        wiring.addForward(tasks);
    }

    /** Adds the tasks from the gradients of the outputs to the parts of the parameters' gradients. */
    public void addBackward(Tasks tasks) {
        if (wiring.hasTrained() && output.rectified()) {
            Rectifier.gate(tasks, "outputs", output, batch());
        }
        wiring.addBackward(tasks);
    }

    /** Sets the number of samples and, for dropout, the number of updates before the next step. */
    public void begin(int batchSize, long step) {
        batch().set(0, batchSize);
        wiring.begin(step);
    }

    public FloatArray inputs() {
        return input.values();
    }

    public Activations output() {
        return output;
    }

    /** The number of samples, as the kernels read it. */
    public IntArray batch() {
        return capacity.batch();
    }

    /** The gradients of the parameters, part by part. */
    public FloatArray partGradients() {
        return partGradients;
    }

    public GradientParts parts() {
        return parts;
    }
}
