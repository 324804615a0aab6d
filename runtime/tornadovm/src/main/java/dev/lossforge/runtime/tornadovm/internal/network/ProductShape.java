package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.internal.Window;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link ProductKernel} has to know of a matrix product, and how it is divided into tiles: the outputs of a layer,
 * the gradients of its inputs, or those of its weights and biases.
 *
 * <p>The left factor is an image in each: its rows and terms are pixels, or weights. An index counts the channels (or
 * filters) of weights, then columns, then lines, then samples. An entry lies at the line and column that are the sum of
 * those of its row and its term; for the gradients of inputs, the difference. Where a stride divides them, what is left
 * over must be 0; multiplied by a large number it leads out of the image.
 *
 * @param numbers as the kernel reads them
 * @param leftAlongRows whether entries side by side in memory are of neighbouring rows, not terms
 * @param rightAlongTerms whether those of the right factor are of neighbouring terms, not columns
 */
record ProductShape(IntArray numbers, Tile tile, int groups, boolean leftAlongRows, boolean rightAlongTerms) {
    /** Lines and columns, multiplied by strides, stay below. */
    static final int MOST_LINES = 1 << 25;

    /** Rows of the product, and further ones for each sample. */
    static final int ROWS = 0;

    static final int ROWS_OF_SAMPLE = 1;
    static final int ROW_TILES = 2;
    static final int COLUMNS = 3;
    /** Terms of each sum, and further ones for each sample. */
    static final int TERMS = 4;

    static final int TERMS_OF_SAMPLE = 5;
    /** Slices of the batch whose products are kept apart. */
    static final int PARTS = 6;
    /** The image that the left factor is. */
    static final int LINES = 7;

    static final int WIDTH = 8;
    static final int CHANNELS = 9;
    /** The row of the left factor that is all ones, if any. */
    static final int ROW_OF_ONES = 10;

    static final int FAR_DOWN = 11;
    static final int FAR_RIGHT = 12;
    /** Where the right factor begins, how its terms lie, and how far its columns are apart. */
    static final int RIGHT_FIRST = 13;

    static final int RIGHT_DEEP = 14;
    static final int RIGHT_ROW = 15;
    static final int RIGHT_COLUMN = 16;
    /** Where the product begins. */
    static final int FIRST = 17;
    /** Where the biases begin in the array of the right factor, if any. */
    static final int BIAS = 18;

    static final int RELU = 19;
    static final int GATED = 20;
    /** The lines and columns of the product before it is pooled. */
    static final int PIXELS_DOWN = 21;

    static final int PIXELS_RIGHT = 22;
    /** Where the numbers of rows begin, and those of terms. */
    static final int OF_ROWS = 23;

    static final int OF_TERMS = 36;

    /** Positions from there on: the edge of a pooling window, the radices of an index. */
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

    /** Rows and columns of a tile of the product. */
    record Tile(int rows, int columns) {
        /** So many groups a large device should have. */
        private static final int ENOUGH = 128;

        private static final int SMALL = 16;

        /** Of the pixels of all samples: large tiles reuse what they load, if there are enough of them. */
        static Tile ofPixels(int samples, int pixels, int columns, int largestGroup) {
            int wide = wide(columns);
            long tiles = Math.ceilDiv((long) samples * pixels, ProductKernel.MOST) * Math.ceilDiv((long) columns, wide);
            return of(tiles >= ENOUGH, wide, largestGroup);
        }

        /** Of the gradients of parameters, which the parts of the batch multiply. */
        static Tile ofParameters(AffineShape layer, int largestGroup) {
            return of(parameterRows(layer) > 2 * SMALL, wide(layer.filters()), largestGroup);
        }

        private static int wide(int columns) {
            return columns <= SMALL ? SMALL : columns <= 2 * SMALL ? 2 * SMALL : ProductKernel.MOST;
        }

        private static Tile of(boolean large, int wide, int largestGroup) {
            Tile wanted = new Tile(large ? ProductKernel.MOST : SMALL, wide);
            return wanted.items() <= largestGroup ? wanted : new Tile(SMALL, SMALL);
        }

        /** Work-items of a group. */
        int items() {
            return rows * columns / (ProductKernel.BLOCK * ProductKernel.BLOCK);
        }

        int tiles(long ofRows, int ofColumns) {
            return Math.toIntExact(rowTiles(ofRows) * Math.ceilDiv((long) ofColumns, columns));
        }

        long rowTiles(long ofRows) {
            return Math.ceilDiv(ofRows, rows);
        }
    }

    /** The numbers of one product, before it is divided. */
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

        /** A side that counts pixels of so many lines. */
        Numbers pixels(int side, int lines, int width) {
            return set(side + HIGH, lines).set(side + WIDE, width);
        }

        /** A side that counts the weights of a filter, or of a channel. */
        Numbers weights(int side, Window window, int deep) {
            return set(side + HIGH, window.kernelHeight())
                    .set(side + WIDE, window.kernelWidth())
                    .set(side + DEEP, deep);
        }

        /** The pixels that a window reads first are where its stride and padding lead. */
        Numbers strides(int side, Window window) {
            return set(side + STEP_DOWN, window.strideHeight())
                    .set(side + STEP_RIGHT, window.strideWidth())
                    .set(side + SHIFT_DOWN, -window.padTop())
                    .set(side + SHIFT_RIGHT, -window.padLeft());
        }

        Numbers dividedBy(int side, Window window) {
            return set(side + STRIDE_DOWN, window.strideHeight()).set(side + STRIDE_RIGHT, window.strideWidth());
        }

        ProductShape inTiles(Tile tile, int samples, boolean leftAlongRows, boolean rightAlongTerms) {
            long rows = get(ROWS) + (long) samples * get(ROWS_OF_SAMPLE);
            set(ROW_TILES, (int) tile.rowTiles(rows));
            int groups = Math.multiplyExact(tile.tiles(rows, get(COLUMNS)), get(PARTS));
            return new ProductShape(IntArray.fromArray(numbers), tile, groups, leftAlongRows, rightAlongTerms);
        }
    }

    /**
     * {@code bias[f] + Σ in[s, y + i, x + j, c] · weights[i, j, c, f]} for each pixel and filter.
     *
     * @param pool the edge of the windows of whose products the greatest is kept; 1 keeps all
     */
    static ProductShape forward(AffineShape layer, int pool, int samples, Tile tile) {
        Window window = layer.window();
        int high = window.outputHeight() / pool;
        int wide = window.outputWidth() / pool;
        int ofSample = high * wide * pool * pool;
        Numbers numbers = new Numbers()
                .set(ROWS_OF_SAMPLE, ofSample)
                .set(COLUMNS, layer.filters())
                .set(TERMS, layer.rows())
                .image(window.inputHeight(), window.inputWidth(), window.channels())
                .set(RIGHT_FIRST, layer.weights())
                .set(RIGHT_ROW, layer.filters())
                .set(BIAS, layer.bias() ? layer.weights() + layer.rows() * layer.filters() : -1)
                .set(RELU, layer.relu() ? 1 : 0)
                .set(PIXELS_DOWN, window.outputHeight())
                .set(PIXELS_RIGHT, window.outputWidth())
                .pixels(OF_ROWS, high, wide)
                .strides(OF_ROWS, window)
                .set(OF_ROWS + POOL, pool)
                .weights(OF_TERMS, window, window.channels());
        return numbers.inTiles(tile, samples, false, false);
    }

    /**
     * For each pixel and channel the gradients of the outputs that read it, each times the weight it is read with.
     *
     * @param gated whether the gradient of an input that is 0 is 0
     */
    static ProductShape inputGradient(AffineShape layer, boolean gated, int samples, Tile tile) {
        Window window = layer.window();
        int farDown = far(layer, window.inputHeight(), window.kernelHeight(), window.strideHeight());
        int farRight = far(layer, window.inputWidth(), window.kernelWidth(), window.strideWidth());
        int ofSample = window.inputHeight() * window.inputWidth();
        Numbers numbers = new Numbers()
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
                .set(GATED, gated ? 1 : 0)
                .pixels(OF_ROWS, window.inputHeight(), window.inputWidth())
                .set(OF_ROWS + SHIFT_DOWN, window.padTop())
                .set(OF_ROWS + SHIFT_RIGHT, window.padLeft())
                .dividedBy(OF_ROWS, window)
                .weights(OF_TERMS, window, layer.filters())
                .dividedBy(OF_TERMS, window)
                .set(OF_TERMS + SIGN, -1);
        return numbers.inTiles(tile, samples, false, true);
    }

    /** The gradients of weights, and of biases as those of a weight of ones, for each part of the batch. */
    static ProductShape parameterGradient(AffineShape layer, GradientParts.Block parts, int samples, Tile tile) {
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

    /** The rows of weights, and one of biases. */
    static int parameterRows(AffineShape layer) {
        return layer.rows() + (layer.bias() ? 1 : 0);
    }

    /** A number that leads out of an image of outputs, whatever is added. */
    private static int far(AffineShape layer, int size, int kernel, int stride) {
        long far = 2L * size + 2L * kernel;
        if (stride > 1 && far * stride >= MOST_LINES) {
            throw new BackendException("A convolution over " + layer.window() + " has a stride of " + stride
                    + ", too large for the image on a device; choose the backend 'cpu'.");
        }
        return (int) Math.min(far, MOST_LINES);
    }
}
