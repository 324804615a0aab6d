package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws batches: sizes around the ends of blocks, floats on a coarse grid or extreme, labels that fit. */
public final class RandomBatch {

    private static final List<Double> EXTREMES = List.of(
            0.0,
            -0.0,
            (double) Float.MIN_VALUE,
            -(double) Float.MIN_VALUE,
            1e-40,
            (double) Float.MIN_NORMAL,
            1e-30,
            -1e-30,
            1e-10,
            1.0,
            -1.0,
            0.5,
            20.0,
            -20.0,
            88.0,
            -88.0,
            100.0,
            -104.0,
            1000.0,
            -1000.0,
            1e10,
            -1e10,
            1e19,
            -1e20,
            1e30,
            -1e30,
            (double) Float.MAX_VALUE,
            -(double) Float.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN);

    private static final List<Integer> BLOCKS = List.of(1, 2, 15, 16, 17, 511, 512, 513, 1025);
    private static final List<Integer> LONG_ROWS =
            List.of(1, 2, 3, 5, 10, 15, 16, 17, 18, 20, 31, 63, 64, 65, 66, 100, 513, 1000);
    private static final List<Integer> ROWS = List.of(1, 2, 3, 4, 5, 5, 17, 17, 66);
    private static final List<Integer> SHORT_ROWS = List.of(1, 2, 3, 4, 5, 6);
    private static final List<Integer> TINY_ROWS = List.of(1, 2, 3);

    private final RandomGenerator random;
    private final Formula formula;
    private final boolean extreme;
    private final int rows;
    private final int columns;
    private final int others;

    private RandomBatch(RandomGenerator random, Formula formula, boolean extreme) {
        this.random = random;
        this.formula = formula;
        this.extreme = extreme;
        int nesting = nesting(formula.value(), new IdentityHashMap<>()) + (formula.diagonalHessian() ? 1 : 0);
        List<Integer> lengths = switch (nesting) {
            case 0, 1 -> LONG_ROWS;
            case 2 -> ROWS;
            case 3 -> SHORT_ROWS;
            default -> TINY_ROWS;
        };
        this.columns = pick(lengths);
        this.rows = Math.min(pick(lengths), 17);
        this.others = pick(SHORT_ROWS);
    }

    /** Units of a formula; {@code extreme} ones contain zeros of both signs, subnormals, huge numbers, ±∞ and NaN. */
    public static Batch of(Formula formula, RandomGenerator random, boolean extreme) {
        return new RandomBatch(random, formula, extreme).draw();
    }

    private Batch draw() {
        int units = switch (formula.scope()) {
            case ELEMENT -> pick(BLOCKS);
            case SAMPLE -> columns > 100 ? 3 : pick(List.of(1, 2, 7, 16, 17, 70));
            case BATCH -> 1;
        };
        int tuples = Math.min(units, columns > 60 ? 2 : extreme ? 5 : 3);
        Map<String, Object> parameters = new LinkedHashMap<>();
        formula.inputs().stream()
                .filter(i -> i.role() == Role.PARAMETER)
                .forEach(i -> parameters.put(i.name(), value(i, false)));
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (int i = 0; i < tuples; i++) {
            Map<String, Object> unit = new LinkedHashMap<>(parameters);
            formula.inputs().forEach(input -> unit.computeIfAbsent(input.name(), n -> value(input, extreme)));
            drawn.add(unit);
        }
        return new Batch(formula, units, drawn);
    }

    private Object value(Input input, boolean wild) {
        int length = switch (input.name()) {
            case "other" -> others;
            default -> isOfRows(input) ? rows : columns;
        };
        return switch (input.rank()) {
            case 0 -> (Object) number(input, wild);
            case 1 -> row(input, length, wild);
            default -> {
                double[][] matrix = new double[rows][];
                for (int i = 0; i < rows; i++) {
                    matrix[i] = row(input, columns, wild);
                }
                yield matrix;
            }
        };
    }

    /** Whether there is an entry for each row: for a sample that is a matrix, in what is called {@code row…}. */
    private boolean isOfRows(Input input) {
        return input.role() != Role.PARAMETER
                && switch (formula.scope()) {
                    case ELEMENT -> false;
                    case SAMPLE -> input.name().startsWith("row");
                    case BATCH -> input.rank() == 1;
                };
    }

    private double[] row(Input input, int length, boolean wild) {
        double[] row = new double[length];
        for (int i = 0; i < length; i++) {
            row[i] = number(input, wild && random.nextInt(3) == 0);
        }
        return row;
    }

    private double number(Input input, boolean wild) {
        if (input.type() == Type.INT) {
            boolean ofRow = input.rank() == 0 && isOfRows(input);
            return random.nextInt(formula.scope() == Scope.ELEMENT ? Math.min(columns, 4) : ofRow ? rows : columns);
        }
        if (wild && random.nextInt(4) > 0) {
            return (float) (double) pick(EXTREMES);
        }
        double low = Math.max(input.min(), -2);
        double high = Math.min(input.max(), 2);
        double at = random.nextInt(3) == 0 ? random.nextInt(17) / 16.0 : random.nextDouble();
        return (float) (low + (high - low) * at);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** How many reductions stand inside each other. */
    private static int nesting(Expr node, Map<Expr, Integer> known) {
        Integer depth = known.get(node);
        if (depth == null) {
            depth = node instanceof Expr.Reduce ? 1 : 0;
            int below = 0;
            for (Expr operand : Exprs.operands(node)) {
                below = Math.max(below, nesting(operand, known));
            }
            depth += below;
            known.put(node, depth);
        }
        return depth;
    }
}
