package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.QuadKernels;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of small patches, followed by ReLU and a max pooling of four, whose input needs no gradients. It is the
 * first layer of most networks for images.
 *
 * <p>If a patch has only a few floats, {@link Affine} takes longer to copy patches, store products and list gradients
 * than to multiply. This class stores nothing between the image and the pooled results. Its backward pass processes all
 * four patches of a window, although three of them have zero gradients.
 */
final class FirstConvolution implements Operation {
    /** Above this, {@link Affine} computes less, because it skips zeros and pads no rows of panels. */
    private static final int LONGEST_PATCH = 32;

    private final QuadKernels kernels;
    private final AffineShape shape;
    private final boolean relu;
    private final Activations input;
    private final Activations output;
    private final ParameterStore parameters;
    private final ParameterBlock weights;
    private final @Nullable ParameterBlock bias;
    private final boolean frozen;

    private final int lanes;
    private final PanelPacking packing;
    private final float[] panels;
    private final float[] paddedBias;
    private final Worker[] workers;
    private int[] winners = {};

    /** @param bias the bias; null in a layer without a bias */
    FirstConvolution(
            Kernels kernels,
            AffineShape shape,
            boolean relu,
            Activations input,
            Activations output,
            ParameterStore parameters,
            ParameterBlock weights,
            @Nullable ParameterBlock bias,
            int workers) {
        this.kernels = Objects.requireNonNull(kernels.quads());
        this.shape = shape;
        this.relu = relu;
        this.input = input;
        this.output = output;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.frozen = parameters.isFrozen(weights);
        this.lanes = kernels.lanes();
        this.packing = new PanelPacking(shape.channels(), shape.patchSize(), weights.stride(), kernels.panelWidth());
        this.panels = new float[packing.size()];
        this.paddedBias = new float[packing.panels() * packing.width()];
        this.workers = new Worker[workers];
        for (int worker = 0; worker < workers; worker++) {
            this.workers[worker] = new Worker();
        }
    }

    /** Whether a layer whose input needs no gradients can be computed this way, and is then faster. */
    static boolean fits(Kernels kernels, AffineShape shape) {
        return kernels.quads() != null
                && shape.windows().size() == 4
                && shape.overlap() == 1
                && shape.patchSize() <= LONGEST_PATCH;
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        if (winners.length < samples * output.stride()) {
            winners = new int[samples * output.stride()];
        }
    }

    @Override
    public void refresh(int worker, int workers) {
        int from = packing.panels() * worker / workers;
        int to = packing.panels() * (worker + 1) / workers;
        packing.pack(parameters.values(), weights.offset(), from, to, panels);
        if (bias != null && worker == 0) {
            System.arraycopy(parameters.values(), bias.offset(), paddedBias, 0, shape.channels());
        }
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            workers[worker].forward(sample);
        }
    }

    @Override
    public List<ParameterBlock> gradientBlocks() {
        return bias == null ? List.of(weights) : List.of(weights, bias);
    }

    @Override
    public void backward(int worker, int from, int to) {
        if (!frozen) {
            workers[worker].backward(from, to, parameters.gradients().of(worker));
        }
    }

    private final class Worker {
        private final Images images = Images.of(shape, input, 1, lanes);
        private final int[] corners = shape.corners(images);
        private final int[] taps = shape.taps(images);
        private final int groups = Math.ceilDiv(taps.length, QuadKernels.TAPS);
        private final int[] paddedTaps = Arrays.copyOf(taps, groups * QuadKernels.TAPS);
        private final int columns = Math.ceilDiv(shape.channels(), lanes) * lanes;
        private final float[] sums = new float[groups * QuadKernels.SUMS * columns];

        void forward(int sample) {
            images.load(sample, sample + 1);
            kernels.multiplyWindows(
                    shape.windows(),
                    images.values(),
                    images.offset(0),
                    corners,
                    taps,
                    panels,
                    paddedBias,
                    relu,
                    output.values(),
                    winners,
                    sample * output.stride());
        }

        void backward(int from, int to, float[] gradient) {
            Arrays.fill(sums, 0);
            for (int sample = from; sample < to; sample++) {
                images.load(sample, sample + 1);
                for (int group = 0; group < groups; group++) {
                    kernels.addTapGradients(
                            shape.windows(),
                            images.values(),
                            images.offset(0),
                            corners,
                            paddedTaps,
                            group * QuadKernels.TAPS,
                            output.gradients(),
                            winners,
                            sample * output.stride(),
                            sums,
                            columns,
                            group * QuadKernels.SUMS * columns);
                }
            }
            addSums(gradient);
        }

        private void addSums(float[] gradient) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                int row = weights.offset() + channel * weights.stride();
                for (int tap = 0; tap < taps.length; tap++) {
                    int sum = tap / QuadKernels.TAPS * QuadKernels.SUMS + tap % QuadKernels.TAPS;
                    gradient[row + tap] += sums[sum * columns + channel];
                }
                if (bias != null) {
                    gradient[bias.offset() + channel] += sums[QuadKernels.TAPS * columns + channel];
                }
            }
        }
    }
}
