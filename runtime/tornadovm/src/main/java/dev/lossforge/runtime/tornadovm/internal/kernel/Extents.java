package dev.lossforge.runtime.tornadovm.internal.kernel;

/** The sizes of the inputs of a loss. */
@FunctionalInterface
public interface Extents {
    /** The size of an input along an axis, as the formula sees it. */
    int extent(int position, int axis);
}
