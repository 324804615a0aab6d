package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;

/**
 * The sizes of a convolution. A dense layer is a convolution of one pixel with a window of one pixel, whose channels
 * are the layer's inputs. Weights are numbered row by row. A row belongs to a cell of the window and a channel, and
 * holds one weight of each filter.
 *
 * @param weights the start of the weights among the parameters; the biases follow
 */
record AffineShape(Window window, int filters, boolean bias, boolean relu, int weights) {

    /** The sizes of a dense layer. */
    static Window pixel(int inputs) {
        return new Window(1, 1, inputs, 1, 1, 1, 1, 0, 0, 1, 1);
    }

    /** The number of rows of weights. */
    int rows() {
        return window.kernelHeight() * window.kernelWidth() * window.channels();
    }

    /** The number of weights and biases. */
    int parameters() {
        return (rows() + (bias ? 1 : 0)) * filters;
    }
}
