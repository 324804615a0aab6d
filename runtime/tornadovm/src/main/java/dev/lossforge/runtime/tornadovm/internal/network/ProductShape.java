package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.internal.Window;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The description of a matrix product for {@link ProductKernel}, and its division into tiles. The product gives the
 * outputs of a layer, the gradients of its inputs, or those of its weights and biases.
 *
 * <p>The left factor is always an image; its rows and terms are pixels or weights. An index counts the channels (or
 * filters) of weights, then columns, then lines, then samples. The line and column of an entry are the sums of the
 * lines and columns of its row and its term; for the gradients of inputs, the differences. If a stride divides them,
 * the remainder must be 0. The remainder is multiplied by a large number, so that others lie outside the image.
 *
 * @param numbers the numbers that the kernel reads
 * @param leftAlongRows whether adjacent entries in memory belong to neighbouring rows rather than terms
 * @param rightAlongTerms whether adjacent entries of the right factor belong to neighbouring terms rather than columns
 */
record ProductShape(IntArray numbers, ProductTile tile, int groups, boolean leftAlongRows, boolean rightAlongTerms) {
    /** The exclusive upper bound of lines and columns multiplied by strides. */
    static final int MAX_LINES = 1 << 25;

    /** The number of rows of the product, and how many are added for each sample. */
    static final int ROWS = 0;

    static final int ROWS_OF_SAMPLE = 1;
    static final int ROW_TILES = 2;
    static final int COLUMNS = 3;
    /** The number of terms of each sum, and how many are added for each sample. */
    static final int TERMS = 4;

    static final int TERMS_OF_SAMPLE = 5;
    /** The number of slices of the batch, each with its own product. */
    static final int PARTS = 6;
    /** The size of the image that is the left factor. */
    static final int LINES = 7;

    static final int WIDTH = 8;
    static final int CHANNELS = 9;
    /** The row of the left factor that is all ones, if any. */
    static final int ROW_OF_ONES = 10;

    static final int FAR_DOWN = 11;
    static final int FAR_RIGHT = 12;
    /** The start of the right factor, the layout of its terms, and the distance of its columns. */
    static final int RIGHT_FIRST = 13;

    static final int RIGHT_DEEP = 14;
    static final int RIGHT_ROW = 15;
    static final int RIGHT_COLUMN = 16;
    /** The start of the product. */
    static final int FIRST = 17;
    /** The start of the biases in the array of the right factor, if any. */
    static final int BIAS = 18;

    static final int RELU = 19;
    static final int GATED = 20;
    /** The lines and columns of the product before it is pooled. */
    static final int PIXELS_DOWN = 21;

    static final int PIXELS_RIGHT = 22;
    /** The start of the numbers for rows, and of those for terms. */
    static final int OF_ROWS = 23;

    static final int OF_TERMS = 36;

    /** Offsets from there: the edge of a pooling window, the radices of an index. */
    static final int POOL = 0;

    static final int DEEP = 1;
    static final int WIDE = 2;
    static final int HIGH = 3;
    /** A line is {@code sign · (step · index + shift) / stride}. */
    static final int STEP_DOWN = 4;

    static final int SHIFT_DOWN = 5;
    static final int STRIDE_DOWN = 6;
    static final int STEP_RIGHT = 7;
    static final int SHIFT_RIGHT = 8;
    static final int STRIDE_RIGHT = 9;
    static final int SIGN = 10;

    static final int SIZE = 47;

    /** The numbers of one product, before it is divided into tiles. */
    private static final class Numbers {
        private final int[] numbers = new int[SIZE];

        Numbers() {
            set(PARTS, 1).set(ROW_OF_ONES, -1).set(BIAS, -1).set(RIGHT_DEEP, 1).set(RIGHT_COLUMN, 1);
            for (int side : new int[] {OF_ROWS, OF_TERMS}) {
                Arrays.fill(numbers, side, side + SIGN + 1, 1);
                set(side + SHIFT_DOWN, 0).set(side + SHIFT_RIGHT, 0);
            }
        }

        Numbers set(int position, int value) {
            numbers[position] = value;
            return this;
        }

        int get(int position) {
            return numbers[position];
        }

        Numbers image(int lines, int width, int channels) {
            return set(LINES, lines).set(WIDTH, width).set(CHANNELS, channels);
        }

        /** Describes a side that counts the pixels of an image. */
        Numbers pixels(int side, int lines, int width) {
            return set(side + HIGH, lines).set(side + WIDE, width);
        }

        /** Describes a side that counts the weights of a filter or a channel. */
        Numbers weights(int side, Window window, int deep) {
            return set(side + HIGH, window.kernelHeight())
                    .set(side + WIDE, window.kernelWidth())
                    .set(side + DEEP, deep);
        }

        /** Sets the first pixel that a window reads, from its stride and padding. */
        Numbers strides(int side, Window window) {
            return set(side + STEP_DOWN, window.strideHeight())
                    .set(side + STEP_RIGHT, window.strideWidth())
                    .set(side + SHIFT_DOWN, -window.padTop())
                    .set(side + SHIFT_RIGHT, -window.padLeft());
        }

        Numbers dividedBy(int side, Window window) {
            return set(side + STRIDE_DOWN, window.strideHeight()).set(side + STRIDE_RIGHT, window.strideWidth());
        }

        ProductShape inTiles(ProductTile tile, int samples, boolean leftAlongRows, boolean rightAlongTerms) {
            long rows = get(ROWS) + (long) samples * get(ROWS_OF_SAMPLE);
            set(ROW_TILES, (int) tile.rowTiles(rows));
            int groups = Math.multiplyExact(tile.tiles(rows, get(COLUMNS)), get(PARTS));
            return new ProductShape(IntArray.fromArray(numbers), tile, groups, leftAlongRows, rightAlongTerms);
        }
    }

    /**
     * {@code bias[f] + Σ in[s, y + i, x + j, c] · weights[i, j, c, f]} for each pixel and filter.
     *
     * @param pool the edge of the pooling windows; 1 means no pooling
     */
    static ProductShape forward(AffineShape layer, int pool, int samples, ProductTile tile) {
        return gathered(layer, pool)
                .set(BIAS, layer.bias() ? layer.weights() + layer.rows() * layer.filters() : -1)
                .set(RELU, layer.relu() ? 1 : 0)
                .inTiles(tile, samples, false, false);
    }

    /**
     * For each pixel and channel, the sum over the outputs that read it of the output's gradient times the weight.
     *
     * @param gated whether an input of 0 gets the gradient 0
     */
    static ProductShape inputGradient(AffineShape layer, boolean gated, int samples, ProductTile tile) {
        return scattered(layer).set(GATED, gated ? 1 : 0).inTiles(tile, samples, false, true);
    }

    /** The outputs of a transposed convolution: what {@link #inputGradient} computes, plus biases, after its ReLU. */
    static ProductShape transposed(TransposedShape layer, int samples, ProductTile tile) {
        return scattered(layer.reverse())
                .set(BIAS, layer.bias() ? layer.biases() : -1)
                .set(RELU, layer.relu() ? 1 : 0)
                .inTiles(tile, samples, false, true);
    }

    /**
     * The gradients of the inputs of a transposed convolution: what {@link #forward} computes from those of its
     * outputs.
     *
     * @param gated whether an input of 0 gets the gradient 0
     */
    static ProductShape transposedInputGradient(TransposedShape layer, boolean gated, int samples, ProductTile tile) {
        return gathered(layer.reverse(), 1).set(GATED, gated ? 1 : 0).inTiles(tile, samples, false, false);
    }

    /** Each pixel is a sum over its window. */
    private static Numbers gathered(AffineShape layer, int pool) {
        Window window = layer.window();
        int high = window.outputHeight() / pool;
        int wide = window.outputWidth() / pool;
        int ofSample = high * wide * pool * pool;
        return new Numbers()
                .set(ROWS_OF_SAMPLE, ofSample)
                .set(COLUMNS, layer.filters())
                .set(TERMS, layer.rows())
                .image(window.inputHeight(), window.inputWidth(), window.channels())
                .set(RIGHT_FIRST, layer.weights())
                .set(RIGHT_ROW, layer.filters())
                .set(PIXELS_DOWN, window.outputHeight())
                .set(PIXELS_RIGHT, window.outputWidth())
                .pixels(OF_ROWS, high, wide)
                .strides(OF_ROWS, window)
                .set(OF_ROWS + POOL, pool)
                .weights(OF_TERMS, window, window.channels());
    }

    /** Each pixel is a sum over the windows that contain it. */
    private static Numbers scattered(AffineShape layer) {
        Window window = layer.window();
        int farDown = far(layer, window.inputHeight(), window.kernelHeight(), window.strideHeight());
        int farRight = far(layer, window.inputWidth(), window.kernelWidth(), window.strideWidth());
        int ofSample = window.inputHeight() * window.inputWidth();
        return new Numbers()
                .set(ROWS_OF_SAMPLE, ofSample)
                .set(COLUMNS, window.channels())
                .set(TERMS, window.kernelHeight() * window.kernelWidth() * layer.filters())
                .image(window.outputHeight(), window.outputWidth(), layer.filters())
                .set(FAR_DOWN, farDown)
                .set(FAR_RIGHT, farRight)
                .set(RIGHT_FIRST, layer.weights())
                .set(RIGHT_DEEP, layer.filters())
                .set(RIGHT_ROW, window.channels() * layer.filters())
                .set(RIGHT_COLUMN, layer.filters())
                .pixels(OF_ROWS, window.inputHeight(), window.inputWidth())
                .set(OF_ROWS + SHIFT_DOWN, window.padTop())
                .set(OF_ROWS + SHIFT_RIGHT, window.padLeft())
                .dividedBy(OF_ROWS, window)
                .weights(OF_TERMS, window, layer.filters())
                .dividedBy(OF_TERMS, window)
                .set(OF_TERMS + SIGN, -1);
    }

    /** The gradients of weights and biases for each part of the batch. A bias is a weight whose input is 1. */
    static ProductShape parameterGradient(AffineShape layer, GradientParts.Block parts, int samples, ProductTile tile) {
        Window window = layer.window();
        Numbers numbers = new Numbers()
                .set(ROWS, parameterRows(layer))
                .set(ROW_OF_ONES, layer.rows())
                .set(COLUMNS, layer.filters())
                .set(TERMS_OF_SAMPLE, window.outputHeight() * window.outputWidth())
                .set(PARTS, parts.count())
                .image(window.inputHeight(), window.inputWidth(), window.channels())
                .set(RIGHT_ROW, layer.filters())
                .set(FIRST, parts.first())
                .weights(OF_ROWS, window, window.channels())
                .pixels(OF_TERMS, window.outputHeight(), window.outputWidth())
                .strides(OF_TERMS, window);
        return numbers.inTiles(tile, samples, true, false);
    }

    /** The number of rows of weights, plus one for biases. */
    static int parameterRows(AffineShape layer) {
        return layer.rows() + (layer.bias() ? 1 : 0);
    }

    /** A number that leads outside an image of outputs, whatever is added. */
    private static int far(AffineShape layer, int size, int kernel, int stride) {
        long far = 2L * size + 2L * kernel;
        if (stride > 1 && far * stride >= MAX_LINES) {
            throw new BackendException("A convolution over " + layer.window() + " has a stride of " + stride
                    + ", too large for the image on a device; choose the backend 'cpu'.");
        }
        return (int) Math.min(far, MAX_LINES);
    }
}
