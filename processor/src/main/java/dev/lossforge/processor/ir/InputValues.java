package dev.lossforge.processor.ir;

import java.util.Map;

/** The values of a formula's inputs, for the {@link Interpreter}. */
public interface InputValues {

    /** The entry at the indices, as many as the input's rank; NaN outside the extents. */
    double get(Input input, int... indices);

    /** The size along an axis of the input's Java array. */
    int extent(Input input, int axis);

    /**
     * Values by name: {@code Double} or {@code Integer} for rank 0, {@code double[]} for rank 1, {@code double[][]} for
     * rank 2; integers are held as doubles.
     */
    static InputValues of(Map<String, ?> values) {
        return new InputValues() {
            @Override
            public double get(Input input, int... indices) {
                return switch (values.get(input.name())) {
                    case Number n -> n.doubleValue();
                    case double[] row -> inside(indices[0], row.length) ? row[indices[0]] : Double.NaN;
                    case double[][] rows ->
                        inside(indices[0], rows.length) && inside(indices[1], rows[indices[0]].length)
                                ? rows[indices[0]][indices[1]]
                                : Double.NaN;
                    case null, default -> throw new IllegalArgumentException("no value for " + input.name());
                };
            }

            @Override
            public int extent(Input input, int axis) {
                return switch (values.get(input.name())) {
                    case double[] row when axis == 0 -> row.length;
                    case double[][] rows when axis == 0 -> rows.length;
                    case double[][] rows when axis == 1 -> rows[0].length;
                    case null, default -> throw new IllegalArgumentException("no axis " + axis + " of " + input.name());
                };
            }
        };
    }

    private static boolean inside(int index, int extent) {
        return index >= 0 && index < extent;
    }
}
