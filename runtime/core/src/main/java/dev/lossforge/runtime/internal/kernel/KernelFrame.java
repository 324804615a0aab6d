package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a kernel reads and writes: plain and row-major, by position of the formula's inputs.
 *
 * <p>The array of a prediction or target holds the entries of all units one after the other, {@link #unitSize} each.
 * The array of a hyperparameter holds that hyperparameter. Derivatives have the layout of their input.
 *
 * <p>The derivatives of unit i are multiplied by {@code scale · weights[i]}, and those of a unit of weight 0 are 0.
 * Derivatives are computed if an array for the gradient of any prediction is set; then one must be set for each.
 */
public final class KernelFrame {
    private static final float[] NO_FLOATS = {};
    private static final int[] NO_INTS = {};

    private final float[][] floats;
    private final int[][] ints;
    private final int[][] extents;
    private final float[] @Nullable [] gradients;
    private final float[] @Nullable [] hessians;
    private final double[][] parameterGradients;
    private float @Nullable [] weights;
    private float @Nullable [] values;
    private float scale = 1;

    /** A frame for a formula with this number of inputs, none of them set. */
    public KernelFrame(int inputs) {
        floats = new float[inputs][];
        ints = new int[inputs][];
        extents = new int[inputs][];
        gradients = new float[inputs][];
        hessians = new float[inputs][];
        parameterGradients = new double[inputs][0];
        Arrays.fill(floats, NO_FLOATS);
        Arrays.fill(ints, NO_INTS);
        Arrays.fill(extents, NO_INTS);
    }

    private KernelFrame(KernelFrame shared) {
        floats = shared.floats;
        ints = shared.ints;
        extents = shared.extents;
        gradients = shared.gradients;
        hessians = shared.hessians;
        weights = shared.weights;
        values = shared.values;
        scale = shared.scale;
        parameterGradients = new double[shared.parameterGradients.length][];
        for (int i = 0; i < parameterGradients.length; i++) {
            parameterGradients[i] = new double[shared.parameterGradients[i].length];
        }
    }

    /** A frame over the same arrays, but with separate parameter gradients, all 0. */
    public KernelFrame fork() {
        return new KernelFrame(this);
    }

    /** A frame over the same inputs and weights that stores nothing yet. */
    public KernelFrame ofInputs() {
        KernelFrame frame = new KernelFrame(floats.length);
        System.arraycopy(floats, 0, frame.floats, 0, floats.length);
        System.arraycopy(ints, 0, frame.ints, 0, ints.length);
        System.arraycopy(extents, 0, frame.extents, 0, extents.length);
        frame.weights = weights;
        return frame;
    }

    /** Adds the parameter gradients of a fork to those of this frame. */
    public void join(KernelFrame fork) {
        for (int i = 0; i < parameterGradients.length; i++) {
            for (int j = 0; j < parameterGradients[i].length; j++) {
                parameterGradients[i][j] += fork.parameterGradients[i][j];
            }
        }
    }

    /** Sets a float input, whose entries have the extents that the formula sees. */
    public KernelFrame input(int position, float[] array, int... unitExtents) {
        floats[position] = array;
        extents[position] = unitExtents;
        return this;
    }

    /** Sets an int input, whose entries have the extents that the formula sees. */
    public KernelFrame input(int position, int[] array, int... unitExtents) {
        ints[position] = array;
        extents[position] = unitExtents;
        return this;
    }

    /** Sets the array for the gradient of a prediction, which is overwritten; null if it is not requested. */
    public KernelFrame gradient(int position, float @Nullable [] array) {
        gradients[position] = array;
        return this;
    }

    /** Sets the array for the diagonal of the Hessian; null if it is not requested. */
    public KernelFrame hessian(int position, float @Nullable [] array) {
        hessians[position] = array;
        return this;
    }

    /** Sets the array to which the gradient of a trainable hyperparameter is added. */
    public KernelFrame parameterGradient(int position, double[] array) {
        parameterGradients[position] = array;
        return this;
    }

    /** Sets the weight of each unit; null if all are 1. */
    public KernelFrame weights(float @Nullable [] array) {
        weights = array;
        return this;
    }

    /** Sets the array for the weighted loss of each unit; null if only their sum is requested. */
    public KernelFrame values(float @Nullable [] array) {
        values = array;
        return this;
    }

    /** Sets the factor of all derivatives. */
    public KernelFrame scale(float factor) {
        scale = factor;
        return this;
    }

    public float[] floats(int position) {
        return floats[position];
    }

    public int[] ints(int position) {
        return ints[position];
    }

    /** The size along an axis of an input, as the formula sees it. */
    public int extent(int position, int axis) {
        return extents[position][axis];
    }

    /** The number of entries of an input in one unit. */
    public int unitSize(int position) {
        int size = 1;
        for (int extent : extents[position]) {
            size *= extent;
        }
        return size;
    }

    public float @Nullable [] gradient(int position) {
        return gradients[position];
    }

    public float @Nullable [] hessian(int position) {
        return hessians[position];
    }

    public double[] parameterGradient(int position) {
        return parameterGradients[position];
    }

    public float @Nullable [] weights() {
        return weights;
    }

    public float @Nullable [] values() {
        return values;
    }

    public float scale() {
        return scale;
    }

    /** Whether all units have weight 1, and only the sum of their losses is requested. */
    public boolean sumsEqualUnits() {
        return weights == null && values == null;
    }

    /** Whether derivatives are computed. */
    public boolean wantsDerivatives() {
        return isAnySet(gradients);
    }

    /** Whether second derivatives are also computed. */
    public boolean wantsHessians() {
        return isAnySet(hessians);
    }

    private static boolean isAnySet(float[] @Nullable [] derivatives) {
        for (float[] derivative : derivatives) {
            if (derivative != null) {
                return true;
            }
        }
        return false;
    }

    /** The factor of the derivatives of one unit. */
    public float scale(int unit) {
        return weights == null ? scale : scale * weights[unit];
    }

    /** Weights the loss of one unit, stores it if requested, and returns it. */
    public double take(int unit, float loss) {
        float weight = weight(unit);
        float weighted = weight == 0 ? 0 : loss * weight;
        if (values != null) {
            values[unit] = weighted;
        }
        return weighted;
    }

    /** The weight of one unit. */
    public float weight(int unit) {
        return weights == null ? 1 : weights[unit];
    }

    /**
     * Checks the class indices of the units {@code from … to − 1}, except those of weight 0: each must be at least 0
     * and below the extent.
     */
    public void requireIndices(int position, String name, int extent, int from, int to) {
        requireIndices(position, name, extent, from, to, index -> true);
    }

    /**
     * The same, except for indices with which nothing is read.
     *
     * @param reads whether an index out of range selects an entry; the index of an ignored sample does not
     */
    public void requireIndices(int position, String name, int extent, int from, int to, IntPredicate reads) {
        int[] indices = ints[position];
        int unitSize = unitSize(position);
        for (int i = from * unitSize; i < to * unitSize; i++) {
            if ((indices[i] < 0 || indices[i] >= extent) && weight(i / unitSize) != 0 && reads.test(indices[i])) {
                throw new IndexException(name, i / unitSize, indices[i], extent);
            }
        }
    }
}
