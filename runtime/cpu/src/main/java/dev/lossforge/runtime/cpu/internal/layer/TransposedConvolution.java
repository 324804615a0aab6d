package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.Windows;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a convolution, with a bias: each pixel of the input adds a multiple of the weights to a patch of the
 * output. Back, the gradients of the patches are multiplied by the weights, as {@link Affine} multiplies forward.
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
    private final Group[] groups;
    private int groupSize;
    private int[] pixels = {};

    /**
     * @param shape of the convolution from the output to the input
     * @param bias absent in a layer without one
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
        this.packing = new PanelPacking(shape.channels(), shape.patchSize(), weights.stride(), kernels.panelWidth());
        this.panels = new float[passesGradientsOn ? packing.size() : 0];
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
        if (passesGradientsOn) {
            int from = packing.panels() * worker / workers;
            int to = packing.panels() * (worker + 1) / workers;
            packing.pack(parameters.values(), weights.offset(), from, to, panels);
        }
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int first = from; first < to; first += groupSize) {
            groups[worker].forward(first, Math.min(first + groupSize, to));
        }
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

    /** One worker's scratch memory, and the passes over as many samples as fit it. */
    private final class Group {
        private final PatchProducts patches;
        private final float[] products;

        Group(int samples) {
            // Kernels may read beyond the last image, behind which the output has no room.
            Images images = new PaddedImages(output.reversed(), shape.kernel(), samples, kernels.lanes());
            this.patches = new PatchProducts(kernels, shape, images, false, weights, samples);
            this.products = new float[passesGradientsOn ? patches.products(packing) : 0];
        }

        void forward(int from, int to) {
            listPixels(from, to);
            patches.choose(from, to);
            patches.makePatches(
                    parameters.values(), to - from, pixels, input.values(), from * input.stride(), input.stride());
            if (bias != null) {
                addBias(from, to, bias);
            }
        }

        /** Says which patch each value of the input belongs to: none if it is zero, which adds nothing. */
        private void listPixels(int from, int to) {
            for (int sample = from; sample < to; sample++) {
                int first = sample * input.stride();
                for (int pixel = 0; pixel < shape.patches(); pixel++) {
                    for (int x = first; x < first + shape.channels(); x++) {
                        int at = x + pixel * shape.channels();
                        pixels[at] = input.values()[at] == 0 ? Windows.NONE : pixel;
                    }
                }
            }
        }

        void backward(int from, int to, float[] gradient) {
            int count = patches.load(from, to);
            if (!frozen) {
                patches.addWeightGradients(
                        gradient, to - from, pixels, input.values(), from * input.stride(), input.stride());
            }
            if (passesGradientsOn) {
                patches.multiply(count, panels, packing, products);
                storeInputGradients(from, to);
            }
        }

        private void storeInputGradients(int from, int to) {
            int rowStride = packing.panels() * packing.width();
            for (int sample = from; sample < to; sample++) {
                int row = (sample - from) * shape.patches();
                for (int pixel = 0; pixel < shape.patches(); pixel++) {
                    int x = sample * input.stride() + pixel * shape.channels();
                    System.arraycopy(products, (row + pixel) * rowStride, input.gradients(), x, shape.channels());
                }
            }
        }
    }
}
