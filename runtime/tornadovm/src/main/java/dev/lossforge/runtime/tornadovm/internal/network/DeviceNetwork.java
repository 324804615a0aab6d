package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
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
import dev.lossforge.runtime.layer.Layer;
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
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The layers of a model for batches of at most so many samples, in one graph: for training, or for inference. */
public final class DeviceNetwork {
    private final int samples;
    private final boolean training;
    private final long seed;
    private final FloatArray parameters;
    private final GradientParts parts = new GradientParts();
    private final List<Layout> layouts = new ArrayList<>();
    private final List<DeviceLayer> layers = new ArrayList<>();
    private final IntArray batch = new IntArray(1);
    private final Activations input;
    private final FloatArray partGradients;
    private Activations output;

    /** Where the parameters of a convolution or dense layer lie. */
    private record Layout(LayerNode node, AffineShape shape, GradientParts.Block block) {}

    /**
     * @param parameters the array that begins with all parameters, in the order of the architecture
     * @param spec tells the frozen layers, and the seed that determines what dropout drops
     */
    public DeviceNetwork(
            Architecture architecture, CompileSpec spec, int samples, boolean training, FloatArray parameters) {
        this.samples = samples;
        this.training = training;
        this.parameters = parameters;
        this.seed = spec.seed();
        boolean inputIsOutput = architecture.nodes().stream().allMatch(node -> node.layer() instanceof Flatten);
        this.input = Activations.of(samples, architecture.inputShape().size(), training && inputIsOutput);
        this.output = input;
        layOut(architecture, spec.frozenLayers());
        this.partGradients = training ? parts.array() : new FloatArray(1);
        for (int i = 0; i < architecture.nodes().size(); i++) {
            add(architecture.nodes().get(i), i);
        }
    }

    /**
     * Checks that there are kernels for all layers of a model.
     *
     * @throws BackendException naming the first for which there are none
     */
    public static void requireKernels(Architecture architecture) {
        for (LayerNode node : architecture.nodes()) {
            if (!hasKernels(node.layer())) {
                throw unsupported(node);
            }
        }
    }

    private static boolean hasKernels(Layer layer) {
        return switch (layer) {
            case Conv2D conv -> hasKernels(conv.activation());
            case Dense dense -> hasKernels(dense.activation());
            case MaxPool2D pool -> true;
            case Flatten flatten -> true;
            case ReLU relu -> true;
            case Softmax softmax -> true;
            case Dropout dropout -> true;
            case AveragePool2D average -> false;
            case GlobalAveragePool2D average -> false;
            case LayerNorm norm -> false;
            case BatchNorm norm -> false;
            case ConvTranspose2D conv -> false;
            case Gru gru -> false;
            case Pointwise pointwise -> false;
            case Conv1D conv -> false;
            case Embedding embedding -> false;
            case Add add -> false;
            case Concatenate concatenate -> false;
            case Slice slice -> false;
        };
    }

    private static boolean hasKernels(Activation activation) {
        return switch (activation) {
            case LINEAR, RELU, SOFTMAX -> true;
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> false;
        };
    }

    private void layOut(Architecture architecture, Set<String> frozen) {
        int offset = 0;
        for (LayerNode node : architecture.nodes()) {
            if (!node.parameters().isEmpty()) {
                AffineShape shape = shape(node, offset);
                layouts.add(new Layout(node, shape, parts.add(offset, shape, samples, frozen.contains(node.name()))));
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
            case LayerNorm norm -> throw unsupported(node);
            case BatchNorm norm -> throw unsupported(node);
            case ConvTranspose2D conv -> throw unsupported(node);
            case Gru gru -> throw unsupported(node);
            case Pointwise pointwise -> throw unknownParameters(node);
            case Conv1D conv -> throw unsupported(node);
            case Embedding embedding -> throw unsupported(node);
            case Add add -> throw unknownParameters(node);
            case Concatenate concatenate -> throw unknownParameters(node);
            case Slice slice -> throw unknownParameters(node);
        };
    }

    private static IllegalStateException unknownParameters(LayerNode node) {
        return new IllegalStateException("the layer " + node.name() + " has parameters "
                + node.parameters().stream().map(Parameter::name).toList());
    }

    private void add(LayerNode node, int position) {
        switch (node.layer()) {
            case Conv2D conv -> addAffine(node, conv.activation());
            case Dense dense -> addAffine(node, dense.activation());
            case MaxPool2D pool -> {
                Activations out = next(node);
                layers.add(Pooling.of(node.name(), pool.window(node.input()), output, out, batch));
                output = out;
            }
            case ReLU relu -> {
                Activations out = next(node);
                layers.add(new Rectifier(node.name(), output, out, batch));
                output = out;
            }
            case Softmax softmax -> addSoftmax(node, node.name());
            case Dropout dropout -> addDropout(node, dropout, position);
            case Flatten flatten -> {}
            case AveragePool2D average -> throw unsupported(node);
            case GlobalAveragePool2D average -> throw unsupported(node);
            case LayerNorm norm -> throw unsupported(node);
            case BatchNorm norm -> throw unsupported(node);
            case ConvTranspose2D conv -> throw unsupported(node);
            case Gru gru -> throw unsupported(node);
            case Pointwise pointwise -> throw unsupported(node);
            case Conv1D conv -> throw unsupported(node);
            case Embedding embedding -> throw unsupported(node);
            case Add add -> throw unsupported(node);
            case Concatenate concatenate -> throw unsupported(node);
            case Slice slice -> throw unsupported(node);
        }
    }

    private static BackendException unsupported(LayerNode node) {
        return new BackendException("The backend 'tornadovm' has no kernels for the layer '" + node.name() + "', "
                + node.layer() + "; choose the backend 'cpu'.");
    }

    private Activations next(LayerNode node) {
        return Activations.of(samples, node.output().size(), training);
    }

    private void addAffine(LayerNode node, Activation activation) {
        Layout layout = layouts.stream()
                .filter(l -> l.node() == node)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no parameters of " + node.name()));
        Activations out = next(node);
        IntArray sizes = layout.shape().toArray(layout.block());
        layers.add(new Affine(
                node.name(), layout.shape(), output, out, parameters, partGradients, layout.block(), sizes, batch));
        output = out;
        switch (activation) {
            case LINEAR, RELU -> {}
            case SOFTMAX -> addSoftmax(node, node.name() + ".softmax");
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> throw unsupported(node);
        }
    }

    private void addSoftmax(LayerNode node, String name) {
        Activations out = next(node);
        layers.add(new RowSoftmax(name, output, out, node.output().lastExtent(), batch));
        output = out;
    }

    /** Outside training dropout is the identity, and no layer at all. */
    private void addDropout(LayerNode node, Dropout dropout, int position) {
        if (training) {
            Activations out = next(node);
            long layerSeed = CounterRandom.mix(seed) + position + 1;
            layers.add(RandomDropout.of(node.name(), output, out, dropout.rate(), layerSeed, batch));
            output = out;
        }
    }

    /** Adds the tasks from the inputs to the outputs. */
    public void addForward(Tasks tasks) {
        tasks.changing(batch, input.values());
        layers.forEach(layer -> layer.forward(tasks));
    }

    /** Adds the tasks from the gradients of the outputs to the parts of the parameters' gradients. */
    public void addBackward(Tasks tasks) {
        int firstTrained = 0;
        while (firstTrained < layers.size() && !isTrained(layers.get(firstTrained))) {
            firstTrained++;
        }
        for (int i = layers.size() - 1; i >= firstTrained; i--) {
            layers.get(i).backward(tasks, i > firstTrained);
        }
    }

    private static boolean isTrained(DeviceLayer layer) {
        return layer instanceof Affine affine && affine.isTrained();
    }

    /** Sets the number of samples and, for dropout, of the updates before the coming step. */
    public void begin(int batchSize, long step) {
        batch.set(0, batchSize);
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
        return batch;
    }

    /** Where the gradients of the parameters are, part by part. */
    public FloatArray partGradients() {
        return partGradients;
    }

    public GradientParts parts() {
        return parts;
    }
}
