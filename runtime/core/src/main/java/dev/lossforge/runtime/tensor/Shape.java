package dev.lossforge.runtime.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first; immutable. Every extent is at least 1 and their product, the
 * {@linkplain #size() size}, fits an {@code int}, so that every element has an index into one Java array. The shape
 * without axes, {@code []}, belongs to a scalar and has size 1.
 */
public final class Shape {
    private static final Shape SCALAR = of();

    private final int[] extents;
    private final int size;

    private Shape(int[] extents) {
        this.extents = extents;
        this.size = checkedSize(extents);
    }

    /** The shape with these extents, outermost first. */
    public static Shape of(int... extents) {
        return new Shape(extents.clone());
    }

    /** The shape without axes, of one element. */
    public static Shape scalar() {
        return SCALAR;
    }

    private static int checkedSize(int[] extents) {
        long product = 1;
        for (int extent : extents) {
            if (extent < 1) {
                throw new ShapeException("The shape " + Arrays.toString(extents) + " has the extent " + extent
                        + ", but an extent is at least 1.");
            }
            product *= extent;
            if (product > Integer.MAX_VALUE) {
                throw new ShapeException("The shape " + Arrays.toString(extents) + " has more than " + Integer.MAX_VALUE
                        + " elements, the most a tensor can hold; split it along its first axis.");
            }
        }
        return (int) product;
    }

    /** The number of axes. */
    public int rank() {
        return extents.length;
    }

    /** The extent of an axis, counted from 0 at the outermost. */
    public int extent(int axis) {
        checkAxis(axis);
        return extents[axis];
    }

    /** The extent of the innermost axis: for {@code [samples, classes]}, the number of classes. */
    public int lastExtent() {
        return extent(extents.length - 1);
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** A copy of the extents, outermost first. */
    public int[] toArray() {
        return extents.clone();
    }

    /** This shape with a new outermost axis: {@code [28, 28, 1].batchOf(32)} is {@code [32, 28, 28, 1]}. */
    public Shape batchOf(int samples) {
        int[] batched = new int[extents.length + 1];
        batched[0] = samples;
        System.arraycopy(extents, 0, batched, 1, extents.length);
        return new Shape(batched);
    }

    /** This shape without its outermost axis: the shape of one sample of a batch. */
    public Shape sample() {
        checkAxis(0);
        return new Shape(Arrays.copyOfRange(extents, 1, extents.length));
    }

    /** This shape without its innermost axis. */
    public Shape withoutLast() {
        checkAxis(0);
        return new Shape(Arrays.copyOf(extents, extents.length - 1));
    }

    /** Whether the outermost axes of this shape are those of another. */
    public boolean beginsWith(Shape axes) {
        return axes.rank() <= rank() && Arrays.equals(Arrays.copyOf(extents, axes.rank()), axes.extents);
    }

    /** This shape with another outermost extent: a batch of another size. */
    public Shape withSamples(int samples) {
        checkAxis(0);
        int[] resized = extents.clone();
        resized[0] = samples;
        return new Shape(resized);
    }

    /** The row-major position of an element: one index per axis, each below its extent. */
    public int offset(int... index) {
        if (index.length != extents.length) {
            throw new ShapeException("The index " + Arrays.toString(index) + " has " + index.length
                    + " positions, but the shape " + this + " has " + extents.length + " axes.");
        }
        int offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= extents[axis]) {
                throw new ShapeException(
                        "The index " + Arrays.toString(index) + " lies outside the shape " + this + ".");
            }
            offset = offset * extents[axis] + index[axis];
        }
        return offset;
    }

    private void checkAxis(int axis) {
        if (axis < 0 || axis >= extents.length) {
            throw new ShapeException("The shape " + this + " has no axis " + axis + ".");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(extents, that.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** The extents as in {@code [32, 10]}. */
    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
