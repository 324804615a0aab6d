package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The sizes of a convolution, as its kernels read them. A dense layer is a convolution of one pixel with a window of
 * one pixel, whose channels are its inputs.
 *
 * @param weights where the weights begin among the parameters; the biases follow them
 */
record AffineShape(Window window, int filters, boolean bias, boolean relu, int weights) {
    /** Positions in the array that the kernels read. */
    static final int HEIGHT = 0;

    static final int WIDTH = 1;
    static final int CHANNELS = 2;
    static final int KERNEL_HEIGHT = 3;
    static final int KERNEL_WIDTH = 4;
    static final int STRIDE_HEIGHT = 5;
    static final int STRIDE_WIDTH = 6;
    static final int PAD_TOP = 7;
    static final int PAD_LEFT = 8;
    static final int OUTPUT_HEIGHT = 9;
    static final int OUTPUT_WIDTH = 10;
    static final int FILTERS = 11;
    static final int BIAS = 12;
    static final int RELU = 13;
    static final int WEIGHTS = 14;
    static final int PARTS = 15;
    static final int FIRST_PART = 16;

    /** @param parts the slices of the batch whose gradients are kept apart, and where they begin */
    IntArray toArray(GradientParts.Block parts) {
        return IntArray.fromElements(
                window.inputHeight(),
                window.inputWidth(),
                window.channels(),
                window.kernelHeight(),
                window.kernelWidth(),
                window.strideHeight(),
                window.strideWidth(),
                window.padTop(),
                window.padLeft(),
                window.outputHeight(),
                window.outputWidth(),
                filters,
                bias ? 1 : 0,
                relu ? 1 : 0,
                weights,
                parts.count(),
                parts.first());
    }

    /** The sizes of a dense layer. */
    static Window pixel(int inputs) {
        return new Window(1, 1, inputs, 1, 1, 1, 1, 0, 0, 1, 1);
    }

    int inputSize() {
        return window.inputHeight() * window.inputWidth() * window.channels();
    }

    int outputSize() {
        return window.outputHeight() * window.outputWidth() * filters;
    }

    /** The weights and biases. */
    int parameters() {
        return (rows() + (bias ? 1 : 0)) * filters;
    }

    /** The work-items that make the gradients of weights and biases. */
    int gradientItems() {
        return (Math.ceilDiv(rows(), AffineKernels.SUMS) + (bias ? 1 : 0)) * filters;
    }

    private int rows() {
        return window.kernelHeight() * window.kernelWidth() * window.channels();
    }
}
