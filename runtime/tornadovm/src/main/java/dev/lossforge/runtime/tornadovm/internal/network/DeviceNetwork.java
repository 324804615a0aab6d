package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.internal.CounterRandom;
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
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    private final List<Layout> layouts = new ArrayList<>();
    private final List<DeviceLayer> layers = new ArrayList<>();
    private final Activations input;
    private final FloatArray partGradients;
    private Activations output;

    /** The position of the parameters of a convolution or dense layer. */
    private record Layout(LayerNode node, AffineShape shape, GradientParts.Block block) {}

    /**
     * @param parameters the array that begins with all parameters, in the order of the architecture
     * @param spec gives the frozen layers, and the seed for dropout
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
        this.output = input;
        layOut(architecture, spec.frozenLayers());
        this.partGradients = training ? parts.array() : new FloatArray(1);
        List<LayerNode> nodes = architecture.nodes();
        int position = 0;
        while (position < nodes.size()) {
            LayerNode next = position + 1 < nodes.size() ? nodes.get(position + 1) : null;
            LayerNode pool = next != null && isPooled(nodes.get(position), next) ? next : null;
            add(nodes.get(position), position, pool);
            position += pool == null ? 1 : 2;
        }
    }

    private void layOut(Architecture architecture, Set<String> frozen) {
        int offset = 0;
        for (LayerNode node : architecture.nodes()) {
            if (!node.parameters().isEmpty()) {
                AffineShape shape = shape(node, offset);
                GradientParts.Block block = parts.add(
                        offset, shape, capacity.samples(), capacity.largestGroup(), frozen.contains(node.name()));
                layouts.add(new Layout(node, shape, block));
                offset += shape.parameters();
            }
        }
    }

    private static AffineShape shape(LayerNode node, int offset) {
        boolean bias = node.parameters().stream().anyMatch(parameter -> !parameter.isWeights());
        return switch (node.layer()) {
            case Conv2D conv ->
                new AffineShape(
                        conv.window(node.input()), conv.filters(), bias, conv.activation() == Activation.RELU, offset);
            case Dense dense ->
                new AffineShape(
                        AffineShape.pixel(node.input().size()),
                        dense.units(),
                        bias,
                        dense.activation() == Activation.RELU,
                        offset);
            case MaxPool2D pool -> throw unknownParameters(node);
            case Flatten flatten -> throw unknownParameters(node);
            case ReLU relu -> throw unknownParameters(node);
            case Softmax softmax -> throw unknownParameters(node);
            case Dropout dropout -> throw unknownParameters(node);
            case AveragePool2D average -> throw unknownParameters(node);
            case GlobalAveragePool2D average -> throw unknownParameters(node);
            case LayerNorm norm -> throw DeviceLayers.unsupported(node);
            case BatchNorm norm -> throw DeviceLayers.unsupported(node);
            case ConvTranspose2D conv -> throw DeviceLayers.unsupported(node);
            case Gru gru -> throw DeviceLayers.unsupported(node);
            case Pointwise pointwise -> throw unknownParameters(node);
            case Conv1D conv -> throw DeviceLayers.unsupported(node);
            case Embedding embedding -> throw DeviceLayers.unsupported(node);
            case Add add -> throw unknownParameters(node);
            case Concatenate concatenate -> throw unknownParameters(node);
            case Slice slice -> throw unknownParameters(node);
        };
    }

    private static IllegalStateException unknownParameters(LayerNode node) {
        return new IllegalStateException("the layer " + node.name() + " has parameters "
                + node.parameters().stream().map(Parameter::name).toList());
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
            case Conv2D conv -> addAffine(node, conv.activation(), pool);
            case Dense dense -> addAffine(node, dense.activation(), null);
            case MaxPool2D max -> {
                Activations out = next(node, output.rectified());
                layers.add(Pooling.of(node.name(), max.window(node.input()), output, out, batch()));
                output = out;
            }
            case ReLU relu -> {
                Activations out = next(node, true);
                layers.add(new Rectifier(node.name(), output, out, batch()));
                output = out;
            }
            case Softmax softmax -> addSoftmax(node, node.name());
            case Dropout dropout -> addDropout(node, dropout, position);
            case Flatten flatten -> {}
            case AveragePool2D average -> throw DeviceLayers.unsupported(node);
            case GlobalAveragePool2D average -> throw DeviceLayers.unsupported(node);
            case LayerNorm norm -> throw DeviceLayers.unsupported(node);
            case BatchNorm norm -> throw DeviceLayers.unsupported(node);
            case ConvTranspose2D conv -> throw DeviceLayers.unsupported(node);
            case Gru gru -> throw DeviceLayers.unsupported(node);
            case Pointwise pointwise -> throw DeviceLayers.unsupported(node);
            case Conv1D conv -> throw DeviceLayers.unsupported(node);
            case Embedding embedding -> throw DeviceLayers.unsupported(node);
            case Add add -> throw DeviceLayers.unsupported(node);
            case Concatenate concatenate -> throw DeviceLayers.unsupported(node);
            case Slice slice -> throw DeviceLayers.unsupported(node);
        }
    }

    private Activations next(LayerNode node, boolean rectified) {
        return Activations.of(capacity.samples(), node.output().size(), training, rectified);
    }

    private void addAffine(LayerNode node, Activation activation, @Nullable LayerNode pool) {
        Layout layout = layouts.stream()
                .filter(l -> l.node() == node)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no parameters of " + node.name()));
        Activations out = next(pool == null ? node : pool, activation == Activation.RELU);
        FloatArray gradients = pool != null && training
                ? Activations.array(capacity.samples(), node.output().size())
                : out.gradients();
        layers.add(new Affine(
                node.name(),
                layout.shape(),
                pool == null ? 1 : POOL_EDGE,
                output,
                out,
                gradients,
                new IntArray(pool == null ? 1 : out.values().getSize()),
                parameters,
                partGradients,
                layout.block(),
                capacity));
        output = out;
        switch (activation) {
            case LINEAR, RELU -> {}
            case SOFTMAX -> addSoftmax(node, node.name() + ".softmax");
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> throw DeviceLayers.unsupported(node);
        }
    }

    private void addSoftmax(LayerNode node, String name) {
        Activations out = next(node, false);
        layers.add(new RowSoftmax(name, output, out, node.output().lastExtent(), batch()));
        output = out;
    }

    /** Outside training, dropout is the identity and needs no layer. */
    private void addDropout(LayerNode node, Dropout dropout, int position) {
        if (training) {
            Activations out = next(node, output.rectified());
            long layerSeed = CounterRandom.mix(seed) + position + 1;
            layers.add(RandomDropout.of(node.name(), output, out, dropout.rate(), layerSeed, batch()));
            output = out;
        }
    }

    /** Adds the tasks from the inputs to the outputs. */
    public void addForward(Tasks tasks) {
        tasks.changing(batch(), input.values());
        layers.forEach(layer -> layer.forward(tasks));
    }

    /** Adds the tasks from the gradients of the outputs to the parts of the parameters' gradients. */
    public void addBackward(Tasks tasks) {
        int firstTrained = 0;
        while (firstTrained < layers.size() && !isTrained(layers.get(firstTrained))) {
            firstTrained++;
        }
        if (firstTrained < layers.size() && output.rectified()) {
            Rectifier.gate(tasks, "outputs", output, batch());
        }
        for (int i = layers.size() - 1; i >= firstTrained; i--) {
            layers.get(i).backward(tasks, i > firstTrained);
        }
    }

    private static boolean isTrained(DeviceLayer layer) {
        return layer instanceof Affine affine && affine.isTrained();
    }

    /** Sets the number of samples and, for dropout, the number of updates before the next step. */
    public void begin(int batchSize, long step) {
        batch().set(0, batchSize);
        for (DeviceLayer layer : layers) {
            if (layer instanceof RandomDropout dropout) {
                dropout.begin(step);
            }
        }
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
