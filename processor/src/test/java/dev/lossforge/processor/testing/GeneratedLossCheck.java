package dev.lossforge.processor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs a generated loss on random inputs: its values against the method run as Java, its derivatives against difference
 * quotients of the formula as read, in double precision. Rows have 4 entries, batches 3 rows; ints lie from 0 to 3.
 * What is called {@code pos…} is positive, {@code unit…} between 0 and 1. The gradient of a formula whose name begins
 * with {@code stop} is not compared: it is meant to differ.
 */
public final class GeneratedLossCheck {

    private static final int UNITS = 5;
    private static final int ROWS = 3;
    private static final int COLUMNS = 4;
    private static final double STEP = 1e-5;

    private final Formula formula;
    private final CompiledClasses classes;
    private final Map<Input, double[]> values = new LinkedHashMap<>();
    private final int units;

    public GeneratedLossCheck(Formula formula, CompiledClasses classes) {
        this.formula = formula;
        this.classes = classes;
        this.units = formula.scope() == Scope.BATCH ? 1 : UNITS;
    }

    /** Fails where the loss is not what its method says. */
    public void run() throws ReflectiveOperationException {
        SplittableRandom random = new SplittableRandom(3);
        for (Input input : formula.inputs()) {
            double[] drawn = new double[size(input) * (input.role() == Role.PARAMETER ? 1 : units)];
            Arrays.setAll(drawn, i -> draw(input, random));
            values.put(input, drawn);
        }
        LossFunction loss = classes.create(LossFunction.class, qualified(formula.className()), parameters());
        LossInputs inputs = inputs();
        LossResult result = loss.valueAndGradients(inputs, Reduction.NONE);
        assertThat(loss.values(inputs)).as("values alone").isEqualTo(result.values());
        Method method = classes.method(qualified(binaryName()), formula.methodName());
        for (int unit = 0; unit < units; unit++) {
            float expected = (float) method.invoke(null, arguments(unit));
            compare("value " + unit, result.values().array()[unit], expected);
        }
        if (!formula.methodName().startsWith("stop")) {
            values.keySet().forEach(input -> checkDerivatives(input, result));
        }
    }

    private void checkDerivatives(Input input, LossResult result) {
        double[] entries = values.get(input);
        int perUnit = entries.length / units;
        for (int i = 0; i < entries.length; i++) {
            String what = input.name() + "[" + i + "]";
            if (input.role() == Role.PREDICTION) {
                Tensor gradient = result.gradients().get(input.name());
                compare("∂" + what, gradient.array()[i], slope(input, i, i / perUnit));
                if (formula.diagonalHessian()) {
                    Tensor hessian = result.hessians().get(input.name());
                    compare("∂²" + what, hessian.array()[i], curvature(input, i, i / perUnit));
                }
            } else if (input.trainable()) {
                double sum = 0;
                for (int unit = 0; unit < units; unit++) {
                    sum += slope(input, i, unit);
                }
                compare(
                        "∂" + what,
                        result.parameterGradients().get(input.name()).array()[i],
                        sum);
            }
        }
    }

    private double slope(Input input, int entry, int unit) {
        return (value(input, entry, STEP, unit) - value(input, entry, -STEP, unit)) / (2 * STEP);
    }

    private double curvature(Input input, int entry, int unit) {
        double step = 1e-4;
        double around = value(input, entry, step, unit) + value(input, entry, -step, unit);
        return (around - 2 * value(input, entry, 0, unit)) / (step * step);
    }

    private double value(Input moved, int entry, double by, int unit) {
        double before = values.get(moved)[entry];
        values.get(moved)[entry] = before + by;
        Map<String, Object> named = new LinkedHashMap<>();
        values.keySet().forEach(input -> named.put(input.name(), shaped(input, unit)));
        values.get(moved)[entry] = before;
        return new Interpreter(formula.exprs(), InputValues.of(named)).evaluate(formula.value());
    }

    private static void compare(String what, double actual, double expected) {
        assertThat(Math.abs(actual - expected) <= 3e-5 * (1 + Math.abs(expected)))
                .as("%s is %s instead of %s", what, actual, expected)
                .isTrue();
    }

    private static double draw(Input input, SplittableRandom random) {
        if (input.type() == Type.INT) {
            return random.nextInt((int) Math.max(input.min(), 0), 4);
        }
        double low = Math.max(input.min(), input.name().matches("(pos|unit).*") ? 0.05 : -2);
        double high = Math.min(input.max(), input.name().startsWith("unit") ? 0.95 : 2);
        return (float) random.nextDouble(low, high);
    }

    private int size(Input input) {
        return switch (input.rank()) {
            case 0 -> 1;
            case 1 -> isPerRow(input) ? ROWS : COLUMNS;
            default -> ROWS * COLUMNS;
        };
    }

    private boolean isPerRow(Input input) {
        return formula.scope() == Scope.BATCH && input.role() == Role.TARGET;
    }

    private Object[] parameters() {
        return values.keySet().stream()
                .filter(i -> i.role() == Role.PARAMETER)
                .map(i -> argument(i, 0))
                .toArray();
    }

    private LossInputs inputs() {
        List<Data> data = new ArrayList<>();
        values.forEach((input, entries) -> {
            if (input.role() != Role.PARAMETER) {
                int[] shape = shape(input);
                data.add(
                        input.type() == Type.INT
                                ? IntTensor.over(ints(entries), shape)
                                : Tensor.over(floats(entries), shape));
            }
        });
        return LossInputs.of(data.toArray(Data[]::new));
    }

    private int[] shape(Input input) {
        if (formula.scope() == Scope.BATCH) {
            return switch (input.rank()) {
                case 0 -> new int[0];
                case 1 -> new int[] {ROWS};
                default -> new int[] {ROWS, COLUMNS};
            };
        }
        return input.rank() == 0 ? new int[] {units} : new int[] {units, COLUMNS};
    }

    private Object[] arguments(int unit) {
        return values.keySet().stream().map(i -> argument(i, unit)).toArray();
    }

    private Object argument(Input input, int unit) {
        boolean whole = input.type() == Type.INT;
        return switch (shaped(input, unit)) {
            case Double d -> whole ? (Object) (int) (double) d : (Object) (float) (double) d;
            case double[] row -> whole ? (Object) ints(row) : floats(row);
            case double[][] rows ->
                whole
                        ? Arrays.stream(rows).map(GeneratedLossCheck::ints).toArray(int[][]::new)
                        : Arrays.stream(rows).map(GeneratedLossCheck::floats).toArray(float[][]::new);
            default -> throw new AssertionError(input);
        };
    }

    private Object shaped(Input input, int unit) {
        int from = input.role() == Role.PARAMETER ? 0 : unit * size(input);
        double[] own = Arrays.copyOfRange(values.get(input), from, from + size(input));
        return switch (input.rank()) {
            case 0 -> own[0];
            case 1 -> own;
            default -> {
                double[][] rows = new double[ROWS][];
                Arrays.setAll(rows, i -> Arrays.copyOfRange(own, i * COLUMNS, (i + 1) * COLUMNS));
                yield rows;
            }
        };
    }

    private static int[] ints(double[] entries) {
        return Arrays.stream(entries).mapToInt(x -> (int) x).toArray();
    }

    private static float[] floats(double[] entries) {
        float[] floats = new float[entries.length];
        for (int i = 0; i < entries.length; i++) {
            floats[i] = (float) entries[i];
        }
        return floats;
    }

    private String qualified(String name) {
        return formula.packageName().isEmpty() ? name : formula.packageName() + "." + name;
    }

    /** A nested class stands behind a dollar sign. */
    private String binaryName() {
        return formula.declaringClass().replace('.', '$');
    }
}
