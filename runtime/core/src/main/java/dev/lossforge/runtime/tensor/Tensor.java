package dev.lossforge.runtime.tensor;

import java.util.Arrays;

/**
 * 32-bit floats in row-major order over a {@code float[]} of exactly {@link #size()} elements.
 *
 * <p>The shape never changes; the values can, through {@link #array()}. Two tensors are equal if their shapes and all
 * values are equal. Values are compared as by {@link Float#equals}: NaN equals NaN, and 0 differs from −0. The hash
 * code therefore changes with the values.
 */
public final class Tensor implements Data {
    private static final int SHOWN_VALUES = 8;

    private final Shape shape;
    private final float[] array;

    private Tensor(Shape shape, float[] array) {
        Rows.checkLength(shape, array.length);
        this.shape = shape;
        this.array = array;
    }

    /** A tensor over this array, which is not copied. */
    public static Tensor over(float[] array, int... extents) {
        return new Tensor(Shape.of(extents), array);
    }

    /** A tensor over this array, which is not copied. */
    public static Tensor over(float[] array, Shape shape) {
        return new Tensor(shape, array);
    }

    public static Tensor zeros(int... extents) {
        return zeros(Shape.of(extents));
    }

    public static Tensor zeros(Shape shape) {
        return new Tensor(shape, new float[shape.size()]);
    }

    /** A tensor of shape {@code []}. */
    public static Tensor scalar(float value) {
        return new Tensor(Shape.scalar(), new float[] {value});
    }

    /** A tensor of shape {@code [values.length]} over a copy of the values. */
    public static Tensor vector(float... values) {
        return new Tensor(Shape.of(values.length), values.clone());
    }

    /** A tensor of shape {@code [rows.length, rows[0].length]} with a copy of the values; all rows are equally long. */
    public static Tensor matrix(float[]... rows) {
        if (rows.length == 0) {
            throw new ShapeException("A matrix has at least one row, but none is given.");
        }
        Tensor matrix = zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new ShapeException("Row " + i + " of the matrix has " + rows[i].length + " values, but row 0 has "
                        + rows[0].length + ".");
            }
            System.arraycopy(rows[i], 0, matrix.array, i * rows[0].length, rows[0].length);
        }
        return matrix;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** The values themselves, row-major and exactly {@link #size()} long; for kernels, which read and write them. */
    public float[] array() {
        return array;
    }

    /** The value at one index per axis, each checked against its extent. */
    public float get(int... index) {
        return array[shape.offset(index)];
    }

    /** The value of a tensor of one element. */
    public float item() {
        if (array.length != 1) {
            throw new ShapeException("A tensor of shape " + shape + " is not a single value.");
        }
        return array[0];
    }

    /** A copy of one row, without its sample axis. */
    public Tensor row(int index) {
        return new Tensor(shape.sample(), rows(index, index + 1).array);
    }

    @Override
    public Tensor rows(int from, int to) {
        Shape range = Rows.range(shape, from, to);
        int rowSize = size() / samples();
        return new Tensor(range, Arrays.copyOfRange(array, from * rowSize, to * rowSize));
    }

    @Override
    public Tensor reshape(int... extents) {
        return new Tensor(Rows.reshaped(shape, extents), array);
    }

    @Override
    public Tensor zerosLike(Shape shape) {
        return zeros(shape);
    }

    @Override
    public void gatherRows(int[] rows, int from, Data target) {
        if (!(target instanceof Tensor tensor)) {
            throw new ShapeException("Floats of shape " + shape + " cannot be copied into ints.");
        }
        Rows.gather(array, shape, rows, from, tensor.array, tensor.shape);
    }

    /**
     * The position of the largest value of every row along the last axis; of equal values, the first. For outputs
     * {@code [samples, classes]}, these are the predicted classes {@code [samples]}. A row that contains a NaN has no
     * largest value and yields −1.
     */
    public IntTensor argMax() {
        int extent = shape.lastExtent();
        int[] positions = new int[size() / extent];
        for (int row = 0; row < positions.length; row++) {
            positions[row] = argMax(row * extent, extent);
        }
        return IntTensor.over(positions, shape.withoutLast());
    }

    private int argMax(int from, int extent) {
        int best = 0;
        for (int i = 0; i < extent; i++) {
            if (Float.isNaN(array[from + i])) {
                return -1;
            }
            if (array[from + i] > array[from + best]) {
                best = i;
            }
        }
        return best;
    }

    public Tensor copy() {
        return new Tensor(shape, array.clone());
    }

    /** Overwrites the values with those of a tensor of the same shape. */
    public void copyFrom(Tensor source) {
        if (!shape.equals(source.shape)) {
            throw new ShapeException(
                    "A tensor of shape " + source.shape + " cannot be copied into one of shape " + shape + ".");
        }
        System.arraycopy(source.array, 0, array, 0, array.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && shape.equals(that.shape) && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(array);
    }

    /** The shape and the first values, as in {@code Tensor[2, 2] {1.0, 2.0, 3.0, 4.0}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Tensor").append(shape).append(" {");
        for (int i = 0; i < Math.min(array.length, SHOWN_VALUES); i++) {
            text.append(i == 0 ? "" : ", ").append(array[i]);
        }
        return text.append(array.length > SHOWN_VALUES ? ", …}" : "}").toString();
    }
}
