package dev.lossforge.runtime.tensor;

/** The row arithmetic that {@link Tensor} and {@link IntTensor} share, for either type of array. */
final class Rows {
    private Rows() {}

    /** The shape of the rows {@code from .. to - 1} of data of this shape. */
    static Shape range(Shape shape, int from, int to) {
        if (from < 0 || to > shape.extent(0) || from >= to) {
            throw new ShapeException("The rows " + from + " to " + to + " are not a non-empty range of the "
                    + shape.extent(0) + " rows of shape " + shape + ".");
        }
        return shape.withSamples(to - from);
    }

    /** The shape with these extents; it must have as many elements as {@code shape}. */
    static Shape reshaped(Shape shape, int... extents) {
        Shape reshaped = Shape.of(extents);
        if (reshaped.size() != shape.size()) {
            throw new ShapeException("Data of shape " + shape + " has " + shape.size()
                    + " elements and cannot be reshaped to " + reshaped + ", which has " + reshaped.size() + ".");
        }
        return reshaped;
    }

    static void checkLength(Shape shape, int length) {
        if (shape.size() != length) {
            throw new ShapeException("An array of " + length + " values does not fill the shape " + shape
                    + ", which has " + shape.size() + " elements.");
        }
    }

    /** Copies selected rows of {@code source} (an array of shape {@code from}) over all rows of {@code target}. */
    static void gather(Object source, Shape from, int[] rows, int first, Object target, Shape to) {
        int samples = to.extent(0);
        int rowSize = to.size() / samples;
        if (rowSize != from.size() / from.extent(0)) {
            throw new ShapeException("Rows of data of shape " + from + " do not fit into data of shape " + to + ".");
        }
        for (int i = 0; i < samples; i++) {
            System.arraycopy(source, rows[first + i] * rowSize, target, i * rowSize, rowSize);
        }
    }
}
