package dev.lossforge.runtime.tornadovm.internal.kernel;

import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The arrays of the kernels of one loss, for batches of one shape. */
public final class DeviceArguments implements Extents {
    /** Positions in {@link #sizes}. */
    public static final int UNITS = 0;

    public static final int WEIGHTED = 1;
    public static final int KEEPS_VALUES = 2;
    private static final int FIRST_EXTENT = 3;

    /**
     * Positions in {@link #settings}: the factor of all derivatives, and NaN, which a kernel cannot have as a constant.
     */
    public static final int FACTOR = 0;

    private static final int NAN = 1;

    private final @Nullable FloatArray[] floats;
    private final @Nullable IntArray[] ints;
    private final @Nullable FloatArray[] gradients;
    private final @Nullable FloatArray[] hessians;
    private final @Nullable FloatArray[] parameterParts;
    private final LossSignature signature;
    private final boolean sharesRows;
    private final FloatArray weights;
    private final FloatArray values;
    private final FloatArray partials;
    private final FloatArray settings = new FloatArray(2);
    private final IntArray sizes;
    private final DeviceTables tables;

    /**
     * @param units the number of units; 1 for a loss over the batch
     * @param extents the extents of each input, as the formula sees it
     * @param sharesRows whether the work-items of a group share each row, if the kernels support this
     * @param groups the number of partial sums
     * @param local the number of work-items in a group
     * @param tables what each work-item keeps of its unit; without entries for a loss over the batch
     */
    public DeviceArguments(
            LossSignature signature,
            int units,
            List<int[]> extents,
            boolean weighted,
            boolean keepsValues,
            boolean sharesRows,
            int groups,
            int local,
            DeviceTables tables) {
        this.signature = signature;
        this.sharesRows = sharesRows;
        int inputs = signature.inputs().size();
        floats = new FloatArray[inputs];
        ints = new IntArray[inputs];
        gradients = new FloatArray[inputs];
        hessians = new FloatArray[inputs];
        parameterParts = new FloatArray[inputs];
        sizes = new IntArray(FIRST_EXTENT + 2 * inputs);
        sizes.set(UNITS, units);
        sizes.set(WEIGHTED, weighted ? 1 : 0);
        sizes.set(KEEPS_VALUES, keepsValues ? 1 : 0);
        for (int i = 0; i < inputs; i++) {
            place(signature.inputs().get(i), i, units, extents.get(i));
            if (signature.inputs().get(i).trainable()) {
                placeParts(i, extents.get(i), groups, local);
            }
        }
        weights = new FloatArray(weighted ? units : 1);
        values = new FloatArray(keepsValues ? units : 1);
        partials = new FloatArray(groups);
        this.tables = tables;
        tables.allocate(Math.multiplyExact(groups, local), List.of());
        settings.set(NAN, Float.NaN);
    }

    private void place(LossSignature.Input input, int position, int units, int[] extents) {
        int size = input.role() == LossSignature.Input.Role.PARAMETER ? 1 : units;
        for (int axis = 0; axis < extents.length; axis++) {
            size = Math.multiplyExact(size, extents[axis]);
            sizes.set(FIRST_EXTENT + 2 * position + axis, extents[axis]);
        }
        int length = Math.max(1, size);
        if (input.type() == LossSignature.Input.Type.INT) {
            ints[position] = new IntArray(length);
        } else {
            floats[position] = new FloatArray(length);
        }
        if (input.role() == LossSignature.Input.Role.PREDICTION) {
            gradients[position] = new FloatArray(length);
        }
    }

    /**
     * The gradient of a hyperparameter, and the parts that each work-item, or each group that shares rows, adds to it.
     */
    private void placeParts(int position, int[] extents, int groups, int local) {
        int entries = extents.length == 0 ? 1 : Math.max(1, extents[0]);
        gradients[position] = new FloatArray(entries);
        int parts = extents.length > 0 && sharesRows ? groups : Math.multiplyExact(groups, local);
        boolean ofBatch = signature.scope() == Scope.BATCH;
        parameterParts[position] = ofBatch ? null : new FloatArray(Math.multiplyExact(entries, parts));
    }

    /** Replaces the arrays of a prediction by shared ones, before any task is created. */
    public void prediction(int position, FloatArray values, FloatArray gradient) {
        floats[position] = values;
        gradients[position] = gradient;
    }

    /** Sets the number of units (or rows of the batch), and whether they have weights, for the following runs. */
    public void batch(int units, boolean weighted) {
        sizes.set(UNITS, units);
        sizes.set(WEIGHTED, weighted ? 1 : 0);
        for (int i = 0;
                signature.scope() == Scope.BATCH && i < signature.inputs().size();
                i++) {
            LossSignature.Input input = signature.inputs().get(i);
            if (input.role() != LossSignature.Input.Role.PARAMETER && input.rank() > 0) {
                sizes.set(FIRST_EXTENT + 2 * i, units);
            }
        }
    }

    @Override
    public int extent(int position, int axis) {
        return sizes.get(FIRST_EXTENT + 2 * position + axis);
    }

    /** All of a float input. */
    public FloatArray floats(int position) {
        return present(floats[position], position);
    }

    /** All of an int input. */
    public IntArray ints(int position) {
        return present(ints[position], position);
    }

    /** The array for the gradient of a prediction. */
    public FloatArray gradient(int position) {
        return present(gradients[position], position);
    }

    /** The array for the gradient of a trainable hyperparameter. */
    public FloatArray parameterGradient(int position) {
        return present(gradients[position], position);
    }

    /** The parts of that gradient, grouped by entry; none for a loss over the batch. */
    public FloatArray parameterParts(int position) {
        return present(parameterParts[position], position);
    }

    /** The array for the diagonal of the Hessian. It is created on first request, because training never needs it. */
    public FloatArray hessian(int position) {
        FloatArray hessian = hessians[position];
        if (hessian == null) {
            hessian = new FloatArray(gradient(position).getSize());
            hessians[position] = hessian;
        }
        return hessian;
    }

    private static <T> T present(@Nullable T array, int position) {
        if (array == null) {
            throw new IllegalStateException("input " + position + " has no such array");
        }
        return array;
    }

    /** Whether the work-items of a group share each row. Otherwise, each computes separate rows. */
    public boolean sharesRows() {
        return sharesRows;
    }

    /** The weight of each unit, if there are weights. */
    public FloatArray weights() {
        return weights;
    }

    /** The array for the weighted loss of each unit, if it is kept. */
    public FloatArray values() {
        return values;
    }

    /** The sum of the losses of each work-group. */
    public FloatArray partials() {
        return partials;
    }

    /** The numbers that change from step to step. */
    public FloatArray settings() {
        return settings;
    }

    /** What each work-item keeps of its unit. */
    public DeviceTables tables() {
        return tables;
    }

    /** The number of units, two flags, and two extents of each input. */
    public IntArray sizes() {
        return sizes;
    }
}
