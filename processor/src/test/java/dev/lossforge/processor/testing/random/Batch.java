package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * Inputs of a formula for several units. A few units are drawn and repeated, so that a batch may be large and its
 * expected results cheap; their number shares no factor with the sizes of blocks.
 *
 * @param drawn the values of each unit by input, as {@link InputValues#of} takes them
 */
public record Batch(Formula formula, int units, List<Map<String, Object>> drawn) {

    /** Which of the drawn units stands at a position. */
    int unit(int position) {
        return position % drawn.size();
    }

    InputValues values(int unit) {
        return InputValues.of(drawn.get(unit));
    }

    /** The arguments of the formula method for one unit. */
    Object[] arguments(int unit) {
        return formula.inputs().stream()
                .map(i -> argument(i, drawn.get(unit).get(i.name())))
                .toArray();
    }

    /** Whether a finite number in a unit has more than a magnitude. */
    boolean hasFinite(int unit, double magnitude) {
        return drawn.get(unit).values().stream()
                .flatMapToDouble(value -> switch (value) {
                    case Double d -> DoubleStream.of(d);
                    case double[] row -> Arrays.stream(row);
                    case double[][] rows -> Arrays.stream(rows).flatMapToDouble(Arrays::stream);
                    default -> throw new AssertionError(value);
                })
                .anyMatch(x -> Double.isFinite(x) && Math.abs(x) > magnitude);
    }

    private static Object argument(Input input, Object value) {
        boolean whole = input.type() == Type.INT;
        return switch (value) {
            case Double d -> whole ? (Object) d.intValue() : (Object) d.floatValue();
            case double[] row -> whole ? (Object) ints(row) : floats(row);
            case double[][] rows ->
                whole
                        ? (Object) Arrays.stream(rows).map(Batch::ints).toArray(int[][]::new)
                        : Arrays.stream(rows).map(Batch::floats).toArray(float[][]::new);
            default -> throw new AssertionError(value);
        };
    }

    /** The call of the kernel; a unit of weight 0 is filled with what must have no effect. */
    public KernelCall call(float[] weights, String reduction) {
        List<Object> parameters = new ArrayList<>();
        List<Object> data = new ArrayList<>();
        List<int[]> shapes = new ArrayList<>();
        for (Input input : formula.inputs()) {
            Object first = drawn.getFirst().get(input.name());
            if (input.role() == Role.PARAMETER) {
                parameters.add(argument(input, first));
            } else {
                data.add(entries(input, weights));
                shapes.add(shape(first));
            }
        }
        List<Float> weightOfUnits = new ArrayList<>();
        for (float weight : weights) {
            weightOfUnits.add(weight);
        }
        return new KernelCall(parameters, data, shapes, weightOfUnits, reduction);
    }

    private int[] shape(Object unit) {
        boolean batch = formula.scope() == Scope.BATCH;
        return switch (unit) {
            case double[] row -> batch ? new int[] {row.length} : new int[] {units, row.length};
            case double[][] rows when batch -> new int[] {rows.length, rows[0].length};
            case double[][] rows -> new int[] {units, rows.length, rows[0].length};
            default -> new int[] {units};
        };
    }

    private Object entries(Input input, float[] weights) {
        List<double[]> parts = new ArrayList<>();
        for (int position = 0; position < units; position++) {
            double[] part = flat(drawn.get(unit(position)).get(input.name()));
            if (weights.length > 0 && weights[position] == 0) {
                part = new double[part.length];
                Arrays.fill(part, input.type() == Type.INT ? -100 : Double.NaN);
            }
            parts.add(part);
        }
        double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
        return input.type() == Type.INT ? ints(all) : floats(all);
    }

    private static double[] flat(Object value) {
        return switch (value) {
            case Double d -> new double[] {d};
            case double[] row -> row;
            case double[][] rows ->
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
            default -> throw new AssertionError(value);
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
        return Arrays.stream(row).mapToInt(v -> (int) v).toArray();
    }

    /** The same with one of the drawn units alone, repeated so often. */
    Batch only(int unit, int repeated) {
        return new Batch(formula, repeated, List.of(drawn.get(unit)));
    }

    /** The same units for a formula with the same inputs or fewer. */
    public Batch of(Formula other) {
        return new Batch(other, units, drawn);
    }

    /** The lengths of the arrays, each once. */
    Set<Integer> lengths() {
        Set<Integer> lengths = new TreeSet<>();
        for (Object value : drawn.getFirst().values()) {
            switch (value) {
                case double[] row -> lengths.add(row.length);
                case double[][] rows -> lengths.addAll(List.of(rows.length, rows[0].length));
                default -> {}
            }
        }
        return lengths;
    }

    /** The same with all arrays of one length cut to another; ints are kept below it. */
    Batch cut(int length, int shorter) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Map<String, Object> unit : drawn) {
            Map<String, Object> values = new LinkedHashMap<>();
            formula.inputs().forEach(i -> values.put(i.name(), cut(i, unit.get(i.name()), length, shorter)));
            changed.add(values);
        }
        return new Batch(formula, units, changed);
    }

    private static Object cut(Input input, Object value, int length, int shorter) {
        return switch (value) {
            case Double d -> input.type() == Type.INT ? (Object) Math.min(d, shorter - 1.0) : d;
            case double[] row ->
                Arrays.stream(row)
                        .limit(row.length == length ? shorter : row.length)
                        .map(v -> input.type() == Type.INT ? Math.min(v, shorter - 1.0) : v)
                        .toArray();
            case double[][] rows ->
                Arrays.stream(rows)
                        .limit(rows.length == length ? shorter : rows.length)
                        .map(row -> (double[]) cut(input, row, length, shorter))
                        .toArray(double[][]::new);
            default -> throw new AssertionError(value);
        };
    }

    /** The same with another value of one input of one unit; of a hyperparameter in all units. */
    Batch with(int unit, Input input, Object value) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            Map<String, Object> values = new LinkedHashMap<>(drawn.get(i));
            if (i == unit || input.role() == Role.PARAMETER) {
                values.put(input.name(), value);
            }
            changed.add(values);
        }
        return new Batch(formula, units, changed);
    }

    /** The values of a unit as declarations in Java, of those inputs that are still parameters. */
    String java(int unit, Set<String> parameters) {
        StringBuilder text = new StringBuilder();
        for (Input input : formula.inputs()) {
            if (!parameters.contains(input.name())) {
                continue;
            }
            String type = input.type() == Type.INT ? "int" : "float";
            text.append(type).append("[]".repeat(input.rank())).append(' ').append(input.name());
            text.append(" = ")
                    .append(literal(input, drawn.get(unit).get(input.name())))
                    .append(";\n");
        }
        return text.toString();
    }

    private static String literal(Input input, Object value) {
        String joined = switch (value) {
            case Double d -> number(input, d);
            case double[] row ->
                list(Arrays.stream(row).mapToObj(v -> number(input, v)).toList());
            case double[][] rows ->
                list(Arrays.stream(rows).map(row -> literal(input, row)).toList());
            default -> throw new AssertionError(value);
        };
        return joined;
    }

    private static String list(List<String> entries) {
        return "{" + String.join(", ", entries) + "}";
    }

    private static String number(Input input, double value) {
        if (input.type() == Type.INT) {
            return Integer.toString((int) value);
        }
        if (Double.isNaN(value)) {
            return "Float.NaN";
        }
        return Double.isInfinite(value)
                ? "Float." + (value > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY"
                : (float) value + "f";
    }
}
