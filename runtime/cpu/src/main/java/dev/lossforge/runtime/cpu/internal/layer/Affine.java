package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution or a dense layer with its bias, its ReLU and the max pooling that follows it.
 *
 * <p>The forward pass multiplies the patches that the pooling reads by the weights, with {@link Tiles} if they fit. It
 * keeps the largest value of each window and its position. The backward pass lists the nonzero gradients, at most one
 * per window and channel. It adds up scaled patches for the weights and scaled weights for the patches. A convolution
 * with neither ReLU nor pooling has all gradients and multiplies whole matrices. Both passes process a few samples at a
 * time, which stay in the cache.
 */
final class Affine implements Operation {
    /**
     * The number of windows that makes the cost of loading and storing sums small compared to that of adding to them.
     */
    static final int WINDOWS = 48;

    private final Kernels kernels;
    private final AffineShape shape;
    private final boolean relu;
    private final Activations input;
    private final Activations output;
    private final ParameterStore parameters;
    private final ParameterBlock weights;
    private final @Nullable ParameterBlock bias;
    private final float[] noBias;
    private final boolean passesGradientsOn;
    private final boolean frozen;

    private final PanelPacking packing;
    private final float[] panels;
    private final @Nullable Tiles tiles;

    /** Whether this is a convolution without ReLU or pooling, so that every result counts. */
    private final boolean allCount;

    private final Group[] groups;
    private int groupSize;
    private int[] winners = {};

    /**
     * @param bias the bias; null in a layer without a bias
     * @param passesGradientsOn whether a layer before this one is trained and therefore needs the gradients of its
     *     output
     */
    Affine(
            Kernels kernels,
            AffineShape shape,
            boolean relu,
            Activations input,
            Activations output,
            ParameterStore parameters,
            ParameterBlock weights,
            @Nullable ParameterBlock bias,
            boolean passesGradientsOn,
            int workers) {
        this.kernels = kernels;
        this.shape = shape;
        this.relu = relu;
        this.input = input;
        this.output = output;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.noBias = new float[bias == null ? shape.channels() : 0];
        this.passesGradientsOn = passesGradientsOn;
        this.frozen = parameters.isFrozen(weights);
        this.packing = new PanelPacking(shape.channels(), shape.patchSize(), weights.stride(), kernels.panelWidth());
        this.tiles = Tiles.fits(kernels, shape) ? new Tiles(kernels, shape) : null;
        this.allCount = !relu && shape.patches() > 1 && shape.windows().size() == 1;
        this.panels = new float[tiles == null ? packing.size() : 0];
        this.groups = new Group[workers];
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        if (winners.length < samples * output.stride()) {
            winners = new int[samples * output.stride()];
        }
        int wanted = Math.min(samples, Math.ceilDiv(WINDOWS, shape.windows().count()));
        if (wanted > groupSize) {
            groupSize = wanted;
            for (int worker = 0; worker < groups.length; worker++) {
                groups[worker] = new Group(wanted);
            }
        }
    }

    @Override
    public void refresh(int worker, int workers) {
        if (tiles != null) {
            tiles.refresh(parameters.values(), weights.offset(), weights.stride(), worker, workers);
            return;
        }
        int from = packing.panels() * worker / workers;
        int to = packing.panels() * (worker + 1) / workers;
        packing.pack(parameters.values(), weights.offset(), from, to, panels);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        // Tiles have their own grouping. It need not end with an image if images are not copied.
        int together = tiles != null && shape.isUnpadded() ? Math.max(1, to - from) : groupSize;
        for (int first = from; first < to; first += together) {
            groups[worker].forward(first, Math.min(first + together, to));
        }
    }

    @Override
    public List<ParameterBlock> gradientBlocks() {
        return bias == null ? List.of(weights) : List.of(weights, bias);
    }

    @Override
    public void backward(int worker, int from, int to) {
        float[] gradient = parameters.gradients().of(worker);
        for (int first = from; first < to; first += groupSize) {
            groups[worker].backward(first, Math.min(first + groupSize, to), gradient);
        }
    }

    /** One worker's scratch memory, and the passes over as many samples as fit in it. */
    private final class Group {
        private final Images images;
        private final PatchProducts patches;
        private final float[] products;
        private final int productStride = packing.panels() * packing.width();
        private final Tiles.@Nullable Scratch scratch;

        Group(int samples) {
            this.images = Images.of(shape, input, samples, kernels.lanes());
            boolean whole = shape.isUnpadded() && shape.patchSize() == input.size();
            this.patches = new PatchProducts(kernels, shape, images, whole, weights, samples);
            this.scratch = tiles == null ? null : tiles.new Scratch(images);
            this.products = new float[tiles == null ? patches.products(packing) : 0];
        }

        void forward(int from, int to) {
            float[] biases = bias == null ? noBias : parameters.values();
            int biasAt = bias == null ? 0 : bias.offset();
            if (scratch != null) {
                images.load(from, to);
                scratch.forward(images, from, to, biases, biasAt, relu, output, winners);
                return;
            }
            patches.multiply(patches.load(from, to), panels, packing, products);
            int sampleProducts = shape.patches() * productStride;
            for (int sample = from; sample < to; sample++) {
                kernels.reduceWindows(
                        shape.windows(),
                        products,
                        (sample - from) * sampleProducts,
                        productStride,
                        biases,
                        biasAt,
                        relu,
                        output.values(),
                        winners,
                        sample * output.stride());
            }
        }

        void backward(int from, int to, float[] gradient) {
            int count = patches.load(from, to);
            if (!allCount) {
                backwardOfWinners(from, to, gradient);
                return;
            }
            int at = from * output.stride();
            if (!frozen) {
                patches.addWeightGradients(gradient, to - from, output.gradients(), at, output.stride());
                if (bias != null) {
                    patches.addBiasGradients(gradient, count, output.gradients(), bias);
                }
            }
            if (passesGradientsOn) {
                patches.makePatches(parameters.values(), to - from, output.gradients(), at, output.stride());
            }
        }

        private void backwardOfWinners(int from, int to, float[] gradient) {
            int at = from * output.stride();
            if (!frozen) {
                patches.addWeightGradients(gradient, to - from, winners, output.gradients(), at, output.stride());
                if (bias != null) {
                    patches.addBiasGradients(gradient, bias);
                }
            }
            if (passesGradientsOn) {
                patches.makePatches(parameters.values(), to - from, winners, output.gradients(), at, output.stride());
            }
        }
    }
}
