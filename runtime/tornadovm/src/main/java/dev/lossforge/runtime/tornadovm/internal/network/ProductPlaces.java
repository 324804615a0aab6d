package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The positions of the entries of a product's factors, as described by {@link ProductShape}. {@code side} selects the
 * rows or the terms. Only a dividend of a stride may be negative, because strides are not constants. TornadoVM
 * miscompiles the quotient of a negative number and a constant power of two.
 */
final class ProductPlaces {

    private ProductPlaces() {}

    static int atMost(int position, int last) {
        return position < last ? position : last;
    }

    /** The pooling window of a row or term, without the cell in it. */
    private static int window(int index, int side, IntArray shape) {
        return index / (shape.get(side + ProductShape.POOL) * shape.get(side + ProductShape.POOL));
    }

    /** The cell of a row or term in its pooling window. */
    private static int cell(int index, int side, IntArray shape) {
        return index % (shape.get(side + ProductShape.POOL) * shape.get(side + ProductShape.POOL));
    }

    /** The index along the first axis of an image or a kernel. */
    private static int down(int index, int side, IntArray shape) {
        int pool = shape.get(side + ProductShape.POOL);
        int line = window(index, side, shape)
                / (shape.get(side + ProductShape.DEEP) * shape.get(side + ProductShape.WIDE))
                % shape.get(side + ProductShape.HIGH);
        return (line * pool + cell(index, side, shape) / pool) * shape.get(side + ProductShape.STEP_DOWN)
                + shape.get(side + ProductShape.SHIFT_DOWN);
    }

    /** The index along the second axis. */
    private static int right(int index, int side, IntArray shape) {
        int pool = shape.get(side + ProductShape.POOL);
        int x = window(index, side, shape) / shape.get(side + ProductShape.DEEP) % shape.get(side + ProductShape.WIDE);
        return (x * pool + cell(index, side, shape) % pool) * shape.get(side + ProductShape.STEP_RIGHT)
                + shape.get(side + ProductShape.SHIFT_RIGHT);
    }

    /** A row's or term's contribution to the line of an entry. Lines between strides are placed outside every image. */
    static int line(int index, int side, IntArray shape) {
        int down = down(index, side, shape);
        int stride = shape.get(side + ProductShape.STRIDE_DOWN);
        int line = down / stride;
        return shape.get(side + ProductShape.SIGN) * (line + (down - line * stride) * shape.get(ProductShape.FAR_DOWN));
    }

    /** A row's or term's contribution to the column of an entry. */
    static int across(int index, int side, IntArray shape) {
        int right = right(index, side, shape);
        int stride = shape.get(side + ProductShape.STRIDE_RIGHT);
        int x = right / stride;
        return shape.get(side + ProductShape.SIGN) * (x + (right - x * stride) * shape.get(ProductShape.FAR_RIGHT));
    }

    /** A row's or term's contribution to the position of an entry in the left array. */
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

    /** The start of a term's row in the right factor. */
    static int rightPlace(int term, IntArray shape) {
        int deep = shape.get(ProductShape.RIGHT_DEEP);
        return shape.get(ProductShape.RIGHT_FIRST) + term / deep * shape.get(ProductShape.RIGHT_ROW) + term % deep;
    }

    /** The position of a row's pixel among the products before pooling. */
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
