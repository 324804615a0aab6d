package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import dev.lossforge.runtime.cpu.internal.kernel.Windows;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backward pass of a convolution as a layer, with a bias. It multiplies each pixel of the input by the weights and
 * adds the product to a patch of the output. Its own backward pass multiplies the gradients of the patches by the
 * weights, as {@link Affine} does in its forward pass.
 */
final class TransposedConvolution implements Operation {
    private final Kernels kernels;
    private final AffineShape shape;
    private final Activations input;
    private final Activations output;
    private final ParameterStore parameters;
    private final ParameterBlock weights;
    private final @Nullable ParameterBlock bias;
    private final boolean passesGradientsOn;
    private final boolean frozen;
    private final PanelPacking packing;
    private final float[] panels;
    private final PanelPacking backPacking;
    private final float[] backPanels;
    private final Group[] groups;
    private int groupSize;
    private int[] pixels = {};

    /**
     * @param shape the shape of the convolution from the output to the input
     * @param bias the bias; null in a layer without a bias
     * @param passesGradientsOn whether a layer before this one is trained
     */
    TransposedConvolution(
            Kernels kernels,
            AffineShape shape,
            Activations input,
            Activations output,
            ParameterStore parameters,
            ParameterBlock weights,
            @Nullable ParameterBlock bias,
            boolean passesGradientsOn,
            int workers) {
        this.kernels = kernels;
        this.shape = shape;
        this.input = input;
        this.output = output;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.passesGradientsOn = passesGradientsOn;
        this.frozen = parameters.isFrozen(weights);
        int width = kernels.panelWidth();
        this.packing = new PanelPacking(shape.patchSize(), shape.channels(), weights.stride(), width);
        this.panels = new float[packing.size()];
        this.backPacking = new PanelPacking(shape.channels(), shape.patchSize(), weights.stride(), width);
        this.backPanels = new float[passesGradientsOn ? backPacking.size() : 0];
        this.groups = new Group[workers];
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        if (pixels.length < samples * input.stride()) {
            pixels = new int[samples * input.stride()];
        }
        int wanted = Math.min(samples, Math.ceilDiv(Affine.WINDOWS, shape.patches()));
        if (wanted > groupSize) {
            groupSize = wanted;
            for (int worker = 0; worker < groups.length; worker++) {
                groups[worker] = new Group(wanted);
            }
        }
    }

    @Override
    public void refresh(int worker, int workers) {
        Range own = Range.share(packing.panels(), worker, workers);
        packing.packTransposed(parameters.values(), weights.offset(), own.from(), own.to(), panels);
        if (passesGradientsOn) {
            Range back = Range.share(backPacking.panels(), worker, workers);
            backPacking.pack(parameters.values(), weights.offset(), back.from(), back.to(), backPanels);
        }
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int first = from; first < to; first += groupSize) {
            groups[worker].forward(first, Math.min(first + groupSize, to));
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
        if (bias != null && !frozen) {
            addBiasGradients(from, to, gradient, bias);
        }
    }

    private void addBiasGradients(int from, int to, float[] gradient, ParameterBlock block) {
        for (int sample = from; sample < to; sample++) {
            int first = sample * output.stride();
            for (int y = first; y < first + output.size(); y += block.columns()) {
                for (int f = 0; f < block.columns(); f++) {
                    gradient[block.offset() + f] += output.gradients()[y + f];
                }
            }
        }
    }

    private void addBias(int from, int to, ParameterBlock block) {
        for (int sample = from; sample < to; sample++) {
            int first = sample * output.stride();
            for (int y = first; y < first + output.size(); y += block.columns()) {
                for (int f = 0; f < block.columns(); f++) {
                    output.values()[y + f] += parameters.values()[block.offset() + f];
                }
            }
        }
    }

    /** One worker's scratch memory, and the passes over as many samples as fit in it. */
    private final class Group {
        private final Images images;
        private final int[] corners;
        private final Segments lines;
        private final PatchProducts patches;
        private final int[] rows;
        private final float[] products;

        Group(int samples) {
            // Kernels may read beyond the last image, but the output array ends there.
            this.images = new PaddedImages(output.reversed(), shape.kernel(), samples, kernels.lanes());
            this.corners = shape.corners(images);
            this.lines = shape.lines(images);
            this.patches = new PatchProducts(kernels, shape, images, false, weights, samples);
            int count = Math.ceilDiv(samples * shape.patches(), Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
            this.rows = new int[count];
            int longest = Math.max(packing.panels(), passesGradientsOn ? backPacking.panels() : 0);
            this.products = new float[Math.multiplyExact(count, longest * packing.width())];
        }

        void forward(int from, int to) {
            int count = (to - from) * shape.patches();
            for (int i = 0; i < rows.length; i++) {
                int row = Math.min(i, count - 1);
                int sample = from + row / shape.patches();
                rows[i] = sample * input.stride() + row % shape.patches() * shape.channels();
            }
            kernels.multiply(
                    input.values(),
                    rows,
                    count,
                    Segments.contiguous(shape.channels()),
                    panels,
                    packing.panels(),
                    products);
            images.choose(from, to);
            images.clearGradients();
            for (int row = 0; row < count; row++) {
                addPatch(row * packing.panels() * packing.width(), row);
            }
            images.storeGradients();
            if (bias != null) {
                addBias(from, to, bias);
            }
        }

        private void addPatch(int product, int row) {
            float[] target = images.gradients();
            int corner = images.offset(row / shape.patches()) + corners[row % shape.patches()];
            for (int line = 0; line < lines.count(); line++) {
                int from = product + line * lines.length();
                int to = corner + line * lines.stride();
                for (int t = 0; t < lines.length(); t++) {
                    target[to + t] += products[from + t];
                }
            }
        }

        void backward(int from, int to, float[] gradient) {
            int count = patches.load(from, to);
            if (!frozen) {
                listPixels(from, to);
                patches.addWeightGradients(
                        gradient, to - from, pixels, input.values(), from * input.stride(), input.stride());
            }
            if (passesGradientsOn) {
                patches.multiply(count, backPanels, backPacking, products);
                storeInputGradients(from, to);
            }
        }

        /** Lists the patch of each value of the input: none for a zero, which adds nothing. */
        private void listPixels(int from, int to) {
            for (int sample = from; sample < to; sample++) {
                int first = sample * input.stride();
                for (int i = 0; i < input.size(); i++) {
                    pixels[first + i] = input.values()[first + i] == 0 ? Windows.NONE : i / shape.channels();
                }
            }
        }

        private void storeInputGradients(int from, int to) {
            int rowStride = backPacking.panels() * backPacking.width();
            int row = 0;
            for (int sample = from; sample < to; sample++) {
                for (int i = 0; i < input.size(); i += shape.channels()) {
                    int x = sample * input.stride() + i;
                    System.arraycopy(products, row++ * rowStride, input.gradients(), x, shape.channels());
                }
            }
        }
    }
}
