package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Terms;
import dev.lossforge.runtime.cpu.internal.kernel.Windows;

/**
 * The nonzero gradients that reach an affine layer's results. In each pooling window, only the winner has one, and none
 * if ReLU cut it off. They are listed twice: by channel, to add up the gradients of the weights, and by patch, to add
 * up those of the input. Each worker has its own.
 */
final class NonzeroGradients {
    private final AffineShape shape;
    private final int weightStride;
    private final int channelCapacity;
    private final int[] channelEnds;
    private final Terms byChannel;
    private final int patchCapacity;
    private final int[] patchEnds;
    private final Terms byPatch;

    /** Room for {@code samples} samples at a time. */
    NonzeroGradients(AffineShape shape, int weightStride, int samples) {
        this.shape = shape;
        this.weightStride = weightStride;
        int channels = shape.channels();
        // One entry more than can be nonzero, because every gradient is written before it is known whether it counts.
        this.channelCapacity = samples * shape.windows().count() + 1;
        this.channelEnds = new int[channels];
        this.byChannel = Terms.ofCapacity(Math.multiplyExact(channels, channelCapacity));
        this.patchCapacity = channels * shape.overlap() + 1;
        this.patchEnds = new int[samples * shape.patches()];
        this.byPatch = Terms.ofCapacity(Math.multiplyExact(patchEnds.length, patchCapacity));
    }

    /**
     * Lists the gradients of some samples, which begin at {@code at}, with the offsets of their patches.
     *
     * @param patches the offsets of all patches, sample by sample
     */
    void listByChannel(int[] patches, int samples, int[] winners, float[] gradients, int at, int sampleStride) {
        for (int channel = 0; channel < channelEnds.length; channel++) {
            channelEnds[channel] = channelStart(channel);
        }
        for (int index = 0; index < samples; index++) {
            for (int window = 0; window < shape.windows().count(); window++) {
                int first = at + index * sampleStride + window * shape.channels();
                listWindowByChannel(patches, index * shape.patches(), winners, gradients, first);
            }
        }
    }

    private void listWindowByChannel(int[] patches, int firstPatch, int[] winners, float[] gradients, int first) {
        int[] offsets = byChannel.offsets();
        float[] factors = byChannel.factors();
        int[] ends = channelEnds;
        for (int channel = 0; channel < ends.length; channel++) {
            int winner = winners[first + channel];
            int end = ends[channel];
            offsets[end] = patches[firstPatch + Math.max(winner, 0)];
            factors[end] = gradients[first + channel];
            ends[channel] = end + live(winner);
        }
    }

    /** As {@link #listByChannel}, with offsets of the channels' weights instead of patches. */
    void listByPatch(int samples, int[] winners, float[] gradients, int at, int sampleStride) {
        for (int patch = 0; patch < patchEnds.length; patch++) {
            patchEnds[patch] = patchStart(patch);
        }
        int patches = shape.patches();
        for (int index = 0; index < samples; index++) {
            for (int window = 0; window < shape.windows().count(); window++) {
                int first = at + index * sampleStride + window * shape.channels();
                listWindowByPatch(index * patches, winners, gradients, first);
            }
        }
    }

    private void listWindowByPatch(int firstPatch, int[] winners, float[] gradients, int first) {
        int[] offsets = byPatch.offsets();
        float[] factors = byPatch.factors();
        int[] ends = patchEnds;
        for (int channel = 0; channel < shape.channels(); channel++) {
            int winner = winners[first + channel];
            int patch = firstPatch + Math.max(winner, 0);
            int end = ends[patch];
            offsets[end] = channel * weightStride;
            factors[end] = gradients[first + channel];
            ends[patch] = end + live(winner);
        }
    }

    /** 1 for a winner, 0 for {@link Windows#NONE}. It uses the sign, because a branch would often be mispredicted. */
    private static int live(int winner) {
        return ~winner >>> 31;
    }

    Terms byChannel() {
        return byChannel;
    }

    /** The start of a channel's terms in {@link #byChannel}. */
    int channelStart(int channel) {
        return channel * channelCapacity;
    }

    /** The end (exclusive) of a channel's terms in {@link #byChannel}. */
    int channelEnd(int channel) {
        return channelEnds[channel];
    }

    Terms byPatch() {
        return byPatch;
    }

    /** The start of a patch's terms in {@link #byPatch}; patches are numbered through all samples. */
    int patchStart(int patch) {
        return patch * patchCapacity;
    }

    /** The end (exclusive) of a patch's terms in {@link #byPatch}. */
    int patchEnd(int patch) {
        return patchEnds[patch];
    }
}
