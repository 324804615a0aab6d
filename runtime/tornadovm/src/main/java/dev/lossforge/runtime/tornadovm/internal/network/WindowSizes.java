package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The sizes of a pooling, by position, as its kernels read them. */
final class WindowSizes {
    static final int HEIGHT = 0;
    static final int WIDTH = 1;
    static final int CHANNELS = 2;
    static final int KERNEL_HEIGHT = 3;
    static final int KERNEL_WIDTH = 4;
    static final int STRIDE_HEIGHT = 5;
    static final int STRIDE_WIDTH = 6;
    static final int OUTPUT_HEIGHT = 7;
    static final int OUTPUT_WIDTH = 8;

    private WindowSizes() {}

    static IntArray array(Window window) {
        return IntArray.fromElements(
                window.inputHeight(),
                window.inputWidth(),
                window.channels(),
                window.kernelHeight(),
                window.kernelWidth(),
                window.strideHeight(),
                window.strideWidth(),
                window.outputHeight(),
                window.outputWidth());
    }

    /** Windows of this edge that tile the outputs of a convolution. */
    static Window pooling(AffineShape convolution, int edge) {
        int height = convolution.window().outputHeight();
        int width = convolution.window().outputWidth();
        return new Window(
                height, width, convolution.filters(), edge, edge, edge, edge, 0, 0, height / edge, width / edge);
    }
}
