package dev.lossforge.runtime.tensor;

import java.util.Arrays;

/**
 * 32-bit ints in row-major order over an {@code int[]} of exactly {@link #size()} elements: class indices, labels.
 *
 * <p>The shape never changes; the values can, through {@link #array()}. Two tensors are equal if shape and values are
 * equal.
 */
public final class IntTensor implements Data {
    private static final int SHOWN_VALUES = 8;

    private final Shape shape;
    private final int[] array;

    private IntTensor(Shape shape, int[] array) {
        Rows.checkLength(shape, array.length);
        this.shape = shape;
        this.array = array;
    }

    /** A tensor over this array, which is not copied. */
    public static IntTensor over(int[] array, int... extents) {
        return new IntTensor(Shape.of(extents), array);
    }

    /** A tensor over this array, which is not copied. */
    public static IntTensor over(int[] array, Shape shape) {
        return new IntTensor(shape, array);
    }

    public static IntTensor zeros(Shape shape) {
        return new IntTensor(shape, new int[shape.size()]);
    }

    /** A tensor of shape {@code [values.length]} over a copy of the values. */
    public static IntTensor vector(int... values) {
        return new IntTensor(Shape.of(values.length), values.clone());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** The values themselves, row-major and exactly {@link #size()} long; for kernels. */
    public int[] array() {
        return array;
    }

    /** The value at one index per axis, each checked against its extent. */
    public int get(int... index) {
        return array[shape.offset(index)];
    }

    @Override
    public IntTensor rows(int from, int to) {
        Shape range = Rows.range(shape, from, to);
        int rowSize = size() / samples();
        return new IntTensor(range, Arrays.copyOfRange(array, from * rowSize, to * rowSize));
    }

    @Override
    public IntTensor reshape(int... extents) {
        return new IntTensor(Rows.reshaped(shape, extents), array);
    }

    @Override
    public IntTensor zerosLike(Shape shape) {
        return zeros(shape);
    }

    @Override
    public void gatherRows(int[] rows, int from, Data target) {
        if (!(target instanceof IntTensor tensor)) {
            throw new ShapeException("Ints of shape " + shape + " cannot be copied into floats.");
        }
        Rows.gather(array, shape, rows, from, tensor.array, tensor.shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntTensor that && shape.equals(that.shape) && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(array);
    }

    /** The shape and the first values, as in {@code IntTensor[3] {7, 2, 1}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("IntTensor").append(shape).append(" {");
        for (int i = 0; i < Math.min(array.length, SHOWN_VALUES); i++) {
            text.append(i == 0 ? "" : ", ").append(array[i]);
        }
        return text.append(array.length > SHOWN_VALUES ? ", …}" : "}").toString();
    }
}
