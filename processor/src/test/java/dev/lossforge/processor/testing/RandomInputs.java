package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Random inputs of a formula: batches of 3 rows of 4 entries; ints from 0 to 2, so that they index both; floats in the
 * declared range, or in [−2, 2], on a coarse grid, so that ties occur.
 *
 * @param arguments as the method takes them
 * @param values the same in double precision, by name
 */
public record RandomInputs(List<Object> arguments, Map<String, Object> values) {

    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    public static RandomInputs of(Formula formula, RandomGenerator random) {
        List<Object> arguments = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        for (Input input : formula.inputs()) {
            int length = input.rank() == 1 && formula.scope().rank() == 2 ? ROWS : COLUMNS;
            double[][] drawn = new double[ROWS][input.rank() == 2 ? COLUMNS : length];
            for (double[] row : drawn) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = draw(input, random);
                }
            }
            arguments.add(argument(input, drawn));
            values.put(input.name(), value(input, drawn));
        }
        return new RandomInputs(arguments, values);
    }

    private static double draw(Input input, RandomGenerator random) {
        if (input.type() == Type.INT) {
            return random.nextInt(ROWS);
        }
        double low = Math.max(input.min(), -2);
        double high = Math.min(input.max(), 2);
        return (float) (low + (high - low) * random.nextInt(17) / 16);
    }

    private static Object value(Input input, double[][] drawn) {
        return switch (input.rank()) {
            case 0 -> drawn[0][0];
            case 1 -> drawn[0];
            default -> drawn;
        };
    }

    private static Object argument(Input input, double[][] drawn) {
        boolean whole = input.type() == Type.INT;
        return switch (input.rank()) {
            case 0 -> whole ? (Object) (int) drawn[0][0] : (Object) (float) drawn[0][0];
            case 1 -> whole ? (Object) ints(drawn[0]) : floats(drawn[0]);
            default -> whole ? (Object) intRows(drawn) : floatRows(drawn);
        };
    }

    private static float[] floats(double[] row) {
        float[] floats = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            floats[i] = (float) row[i];
        }
        return floats;
    }

    private static int[] ints(double[] row) {
        int[] ints = new int[row.length];
        for (int i = 0; i < row.length; i++) {
            ints[i] = (int) row[i];
        }
        return ints;
    }

    private static float[][] floatRows(double[][] rows) {
        float[][] floats = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            floats[i] = floats(rows[i]);
        }
        return floats;
    }

    private static int[][] intRows(double[][] rows) {
        int[][] ints = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            ints[i] = ints(rows[i]);
        }
        return ints;
    }
}
