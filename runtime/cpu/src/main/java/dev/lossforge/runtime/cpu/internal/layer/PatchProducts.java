package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import dev.lossforge.runtime.cpu.internal.kernel.Terms;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import java.util.List;

/**
 * The products of patches, weights and factors. Weights have one row per channel; factors have one entry per patch and
 * channel. Any two of the three give the third. Each worker has its own, for a few samples at a time.
 */
final class PatchProducts {
    private final Kernels kernels;
    private final AffineShape shape;
    private final ParameterBlock weights;
    private final Patches patches;
    private final Segments segments;
    private final List<RowPiece> pieces;
    private final int[] rows;
    private final int[] factorRows;
    private final NonzeroGradients live;

    /** @param whole whether a patch covers a whole sample in the images */
    PatchProducts(
            Kernels kernels, AffineShape shape, Images images, boolean whole, ParameterBlock weights, int samples) {
        this.kernels = kernels;
        this.shape = shape;
        this.weights = weights;
        boolean inPlace = whole || shape.lineSize() % kernels.lanes() == 0;
        this.patches = inPlace
                ? new PatchesInPlace(images, shape)
                : new PatchesCopied(kernels, images, shape, weights.stride(), samples);
        this.segments = whole || !inPlace ? Segments.contiguous(shape.patchSize()) : shape.lines(images);
        this.pieces = RowPiece.cut(segments, weights.stride(), kernels.pieceLength());
        this.rows = new int[padded(samples)];
        this.factorRows = new int[rows.length];
        this.live = new NonzeroGradients(shape, weights.stride(), samples);
    }

    /**
     * The number of patches of some samples, rounded up to a multiple of what {@link Kernels#multiply} computes
     * together.
     */
    private int padded(int samples) {
        return Math.ceilDiv(Math.multiplyExact(samples, shape.patches()), Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
    }

    /** The number of floats that {@link #multiply} computes for all patches. */
    int products(PanelPacking packing) {
        return Math.multiplyExact(rows.length, packing.panels() * packing.width());
    }

    /** Makes the patches of the samples {@code from} to {@code to - 1} readable, and returns their number. */
    int load(int from, int to) {
        patches.load(from, to);
        int count = patches.list(rows);
        for (int filler = count; filler % Kernels.TILE_ROWS != 0; filler++) {
            rows[filler] = rows[count - 1];
        }
        return count;
    }

    /** {@code products = patches · weights}, the weights packed in panels. */
    void multiply(int count, float[] panels, PanelPacking packing, float[] products) {
        kernels.multiply(patches.values(), rows, count, segments, panels, packing.panels(), products);
    }

    /**
     * Adds to the weights' gradients each patch times its factor for the channel.
     *
     * @param winners the patch of each factor, as in {@link NonzeroGradients}
     * @param factors the factors of the loaded samples, from {@code at} on
     */
    void addWeightGradients(float[] gradient, int samples, int[] winners, float[] factors, int at, int stride) {
        live.listByChannel(rows, samples, winners, factors, at, stride);
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

    /** As {@link #addWeightGradients}, with each factor belonging to its own patch. */
    void addWeightGradients(float[] gradient, int samples, float[] factors, int at, int stride) {
        int count = listFactors(samples, at, stride);
        for (RowPiece piece : pieces) {
            kernels.patches()
                    .addTransposedProducts(
                            gradient,
                            weights.offset() + piece.inWeights(),
                            weights.stride(),
                            shape.channels(),
                            factors,
                            factorRows,
                            patches.values(),
                            rows,
                            piece.inPatch(),
                            count,
                            piece.length());
        }
    }

    /** Lists the starts of the factors of all loaded patches, and returns the number of patches. */
    private int listFactors(int samples, int at, int stride) {
        int patch = 0;
        for (int index = 0; index < samples; index++) {
            for (int window = 0; window < shape.patches(); window++) {
                factorRows[patch++] = at + index * stride + window * shape.channels();
            }
        }
        return patch;
    }

    /** After {@link #addWeightGradients} with winners, adds the sum of each channel's factors to its bias. */
    void addBiasGradients(float[] gradient, ParameterBlock bias) {
        Terms terms = live.byChannel();
        for (int channel = 0; channel < shape.channels(); channel++) {
            float sum = 0;
            for (int e = live.channelStart(channel); e < live.channelEnd(channel); e++) {
                sum += terms.factors()[e];
            }
            gradient[bias.offset() + channel] += sum;
        }
    }

    /** As {@link #addBiasGradients(float[], ParameterBlock)}, after {@link #addWeightGradients} without winners. */
    void addBiasGradients(float[] gradient, int count, float[] factors, ParameterBlock bias) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            float sum = 0;
            for (int patch = 0; patch < count; patch++) {
                sum += factors[factorRows[patch] + channel];
            }
            gradient[bias.offset() + channel] += sum;
        }
    }

    /** Computes each patch's gradient, the sum of the channels' weights times its factors, and stores it. */
    void makePatches(float[] values, int samples, int[] winners, float[] factors, int at, int stride) {
        live.listByPatch(samples, winners, factors, at, stride);
        patches.clearGradients();
        int count = samples * shape.patches();
        for (RowPiece piece : pieces) {
            for (int patch = 0; patch < count; patch++) {
                kernels.addScaledRows(
                        patches.gradients(),
                        rows[patch] + piece.inPatch(),
                        values,
                        weights.offset() + piece.inWeights(),
                        live.byPatch(),
                        live.patchStart(patch),
                        live.patchEnd(patch),
                        piece.length());
            }
        }
        patches.storeGradients();
    }

    /** As {@link #makePatches}, with each factor belonging to its own patch. */
    void makePatches(float[] values, int samples, float[] factors, int at, int stride) {
        int count = listFactors(samples, at, stride);
        patches.clearGradients();
        for (RowPiece piece : pieces) {
            kernels.patches()
                    .addProducts(
                            patches.gradients(),
                            rows,
                            piece.inPatch(),
                            factors,
                            factorRows,
                            count,
                            values,
                            weights.offset() + piece.inWeights(),
                            weights.stride(),
                            shape.channels(),
                            piece.length());
        }
        patches.storeGradients();
    }
}
