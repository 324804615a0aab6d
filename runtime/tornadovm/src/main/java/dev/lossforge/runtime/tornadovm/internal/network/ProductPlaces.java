package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Where the entries of a product's factors lie, as {@link ProductShape} tells it. {@code side} is that of the rows or
 * that of the terms. Only what a stride divides may be negative, for those are no constants: TornadoVM gets the
 * quotient of a negative number and a constant power of two wrong.
 */
final class ProductPlaces {

    private ProductPlaces() {}

    static int atMost(int position, int last) {
        return position < last ? position : last;
    }

    /** A row or term without the cell of its pooling window. */
    private static int window(int index, int side, IntArray shape) {
        return index / (shape.get(side + ProductShape.POOL) * shape.get(side + ProductShape.POOL));
    }

    /** The cell of its pooling window. */
    private static int cell(int index, int side, IntArray shape) {
        return index % (shape.get(side + ProductShape.POOL) * shape.get(side + ProductShape.POOL));
    }

    /** On the first axis of an image, or on that of a kernel. */
    private static int down(int index, int side, IntArray shape) {
        int pool = shape.get(side + ProductShape.POOL);
        int line = window(index, side, shape)
                / (shape.get(side + ProductShape.DEEP) * shape.get(side + ProductShape.WIDE))
                % shape.get(side + ProductShape.HIGH);
        return (line * pool + cell(index, side, shape) / pool) * shape.get(side + ProductShape.STEP_DOWN)
                + shape.get(side + ProductShape.SHIFT_DOWN);
    }

    /** On the second axis. */
    private static int right(int index, int side, IntArray shape) {
        int pool = shape.get(side + ProductShape.POOL);
        int x = window(index, side, shape) / shape.get(side + ProductShape.DEEP) % shape.get(side + ProductShape.WIDE);
        return (x * pool + cell(index, side, shape) % pool) * shape.get(side + ProductShape.STEP_RIGHT)
                + shape.get(side + ProductShape.SHIFT_RIGHT);
    }

    /** A row's or term's part of the line of an entry. Lines that no stride leads to are out of every image. */
    static int line(int index, int side, IntArray shape) {
        int down = down(index, side, shape);
        int stride = shape.get(side + ProductShape.STRIDE_DOWN);
        int line = down / stride;
        return shape.get(side + ProductShape.SIGN) * (line + (down - line * stride) * shape.get(ProductShape.FAR_DOWN));
    }

    /** The part of its column. */
    static int across(int index, int side, IntArray shape) {
        int right = right(index, side, shape);
        int stride = shape.get(side + ProductShape.STRIDE_RIGHT);
        int x = right / stride;
        return shape.get(side + ProductShape.SIGN) * (x + (right - x * stride) * shape.get(ProductShape.FAR_RIGHT));
    }

    /** The part of its place in the left array. */
    static int place(int index, int side, IntArray shape) {
        int line = down(index, side, shape) / shape.get(side + ProductShape.STRIDE_DOWN);
        int x = right(index, side, shape) / shape.get(side + ProductShape.STRIDE_RIGHT);
        int deep = shape.get(side + ProductShape.DEEP);
        int image = window(index, side, shape)
                / (deep * shape.get(side + ProductShape.WIDE) * shape.get(side + ProductShape.HIGH));
        int pixel = (image * shape.get(ProductShape.LINES) + shape.get(side + ProductShape.SIGN) * line)
                        * shape.get(ProductShape.WIDTH)
                + shape.get(side + ProductShape.SIGN) * x;
        return pixel * shape.get(ProductShape.CHANNELS) + index % deep;
    }

    /** Where a term's row of the right factor begins. */
    static int rightPlace(int term, IntArray shape) {
        int deep = shape.get(ProductShape.RIGHT_DEEP);
        return shape.get(ProductShape.RIGHT_FIRST) + term / deep * shape.get(ProductShape.RIGHT_ROW) + term % deep;
    }

    /** Where the pixel of a row lies among the products that are not pooled. */
    static int pixel(int row, IntArray shape) {
        int side = ProductShape.OF_ROWS;
        int pool = shape.get(side + ProductShape.POOL);
        int cell = cell(row, side, shape);
        int window = window(row, side, shape);
        int wide = shape.get(side + ProductShape.WIDE);
        int high = shape.get(side + ProductShape.HIGH);
        int line = window / wide % high * pool + cell / pool;
        int image = window / (wide * high);
        return (image * shape.get(ProductShape.PIXELS_DOWN) + line) * shape.get(ProductShape.PIXELS_RIGHT)
                + window % wide * pool
                + cell % pool;
    }
}
