package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import dev.lossforge.runtime.cpu.internal.kernel.Terms;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution or a dense layer with its bias, its ReLU and the max pooling behind it.
 *
 * <p>Forward multiplies the patches that the pooling reads by the weights, by {@link Tiles} where they fit, and keeps
 * of every window the greatest value and where it was. Backward lists the gradients that are left, at most one per
 * window and channel, and adds up scaled patches for the weights and scaled weights for the patches. Both go through a
 * few samples at a time, which stay in the cache.
 */
final class Affine implements Operation {
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
    private final Group[] groups;
    private int groupSize;
    private int[] winners = {};

    /**
     * @param bias absent in a layer without one
     * @param passesGradientsOn whether a layer before this one is trained, and so needs the gradients of its output
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
        this.panels = new float[tiles == null ? packing.size() : 0];
        this.groups = new Group[workers];
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        if (winners.length < samples * output.stride()) {
            winners = new int[samples * output.stride()];
        }
        int wanted =
                Math.min(samples, Math.ceilDiv(Group.WINDOWS, shape.windows().count()));
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
        // Tiles have a grouping of their own, which need not end with an image where images are not copied.
        int together = tiles != null && shape.isUnpadded() ? Math.max(1, to - from) : groupSize;
        for (int first = from; first < to; first += together) {
            groups[worker].forward(first, Math.min(first + together, to));
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        float[] gradient = parameters.gradients().of(worker);
        for (int first = from; first < to; first += groupSize) {
            groups[worker].backward(first, Math.min(first + groupSize, to), gradient);
        }
    }

    /** One worker's scratch memory, and the passes over as many samples as fit it. */
    private final class Group {
        /** So many windows that loading and storing the sums costs little beside adding to them. */
        static final int WINDOWS = 48;

        private final Images images;
        private final Patches patches;
        private final Segments segments;
        private final List<RowPiece> pieces;
        private final int[] rows;
        private final float[] products;
        private final int productStride = packing.panels() * packing.width();
        private final NonzeroGradients live;
        private final Tiles.@Nullable Scratch scratch;

        Group(int samples) {
            int count = Math.multiplyExact(samples, shape.patches());
            int padded = Math.ceilDiv(count, Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
            this.images = Images.of(shape, input, samples, kernels.lanes());
            boolean whole = shape.isUnpadded() && shape.patchSize() == input.size();
            boolean inPlace = whole || shape.lineSize() % kernels.lanes() == 0;
            this.patches = inPlace
                    ? new PatchesInPlace(images, shape)
                    : new PatchesCopied(kernels, images, shape, weights.stride(), samples);
            this.segments = whole || !inPlace ? Segments.contiguous(shape.patchSize()) : shape.lines(images);
            this.pieces = RowPiece.cut(segments, weights.stride(), kernels.pieceLength());
            this.rows = new int[padded];
            this.scratch = tiles == null ? null : tiles.new Scratch(images);
            this.products = new float[tiles == null ? Math.multiplyExact(padded, productStride) : 0];
            this.live = new NonzeroGradients(shape, weights.stride(), samples);
        }

        void forward(int from, int to) {
            float[] biases = bias == null ? noBias : parameters.values();
            int biasAt = bias == null ? 0 : bias.offset();
            if (scratch != null) {
                images.load(from, to);
                scratch.forward(images, from, to, biases, biasAt, relu, output, winners);
                return;
            }
            int count = load(from, to);
            kernels.multiply(patches.values(), rows, count, segments, panels, packing.panels(), products);
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
            load(from, to);
            if (!frozen) {
                live.listByChannel(
                        rows, to - from, winners, output.gradients(), from * output.stride(), output.stride());
                addWeightGradients(gradient);
                addBiasGradients(gradient);
            }
            if (passesGradientsOn) {
                live.listByPatch(to - from, winners, output.gradients(), from * output.stride(), output.stride());
                makeInputGradients((to - from) * shape.patches());
            }
        }

        /** Makes the patches readable, lists where they begin, and returns how many they are. */
        private int load(int from, int to) {
            patches.load(from, to);
            int count = patches.list(rows);
            for (int filler = count; filler % Kernels.TILE_ROWS != 0; filler++) {
                rows[filler] = rows[count - 1];
            }
            return count;
        }

        private void addWeightGradients(float[] gradient) {
            for (RowPiece piece : pieces) {
                for (int channel = 0; channel < shape.channels(); channel++) {
                    kernels.addScaledRows(
                            gradient,
                            weights.offset() + channel * weights.stride() + piece.inWeights(),
                            patches.values(),
                            piece.inPatch(),
                            live.byChannel(),
                            live.channelStart(channel),
                            live.channelEnd(channel),
                            piece.length());
                }
            }
        }

        private void addBiasGradients(float[] gradient) {
            if (bias == null) {
                return;
            }
            Terms terms = live.byChannel();
            for (int channel = 0; channel < shape.channels(); channel++) {
                float sum = 0;
                for (int e = live.channelStart(channel); e < live.channelEnd(channel); e++) {
                    sum += terms.factors()[e];
                }
                gradient[bias.offset() + channel] += sum;
            }
        }

        private void makeInputGradients(int count) {
            patches.clearGradients();
            for (RowPiece piece : pieces) {
                for (int patch = 0; patch < count; patch++) {
                    kernels.addScaledRows(
                            patches.gradients(),
                            rows[patch] + piece.inPatch(),
                            parameters.values(),
                            weights.offset() + piece.inWeights(),
                            live.byPatch(),
                            live.patchStart(patch),
                            live.patchEnd(patch),
                            piece.length());
                }
            }
            patches.storeGradients();
        }
    }
}
