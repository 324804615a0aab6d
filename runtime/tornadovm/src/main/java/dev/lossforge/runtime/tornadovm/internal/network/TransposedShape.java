package dev.lossforge.runtime.tornadovm.internal.network;

/**
 * The sizes of a transposed convolution. Its biases, one per filter, follow its weights among the parameters.
 *
 * @param reverse the convolution from its outputs to its inputs, which has the same weights and no bias
 */
record TransposedShape(AffineShape reverse, boolean bias, boolean relu) {

    int filters() {
        return reverse.window().channels();
    }

    /** The start of the biases. */
    int biases() {
        return reverse.weights() + reverse.parameters();
    }
}
