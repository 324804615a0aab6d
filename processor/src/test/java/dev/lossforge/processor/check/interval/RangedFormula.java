package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A random formula of one row, of any operations, over inputs with random declared ranges. */
final class RangedFormula {

    static final int COLUMNS = 3;

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double[][] RANGES = {
        {0, 1}, {-1, 1}, {0, INFINITY}, {-INFINITY, INFINITY}, {1, 2}, {-INFINITY, 0}, {1e-3, INFINITY}, {-0.5, 3}
    };
    private static final List<UnaryOp> FUNCTIONS = List.of(UnaryOp.values()).stream()
            .filter(op -> op != UnaryOp.NOT && op != UnaryOp.TO_FLOAT && op != UnaryOp.TO_INT)
            .toList();
    private static final List<BinaryOp> OPERATIONS = List.of(BinaryOp.values()).stream()
            .filter(op -> op != BinaryOp.AND && op != BinaryOp.OR && op != BinaryOp.ROOT_OF_SQUARES)
            .toList();

    private final RandomGenerator random;
    private final Exprs exprs = new Exprs();
    private final List<Input> floats = new ArrayList<>();
    private final Input label;
    private final Expr value;

    RangedFormula(RandomGenerator random) {
        this.random = random;
        for (int i = 0; i < 4; i++) {
            double[] range = RANGES[random.nextInt(RANGES.length)];
            Role role = i < 2 ? Role.PREDICTION : i < 3 ? Role.TARGET : Role.PARAMETER;
            floats.add(new Input(
                    i,
                    "pqyc".substring(i, i + 1),
                    role,
                    Type.FLOAT,
                    i < 3 ? 1 : 0,
                    Optional.empty(),
                    range[0],
                    range[1],
                    false));
        }
        label = new Input(4, "label", Role.TARGET, Type.INT, 0, Optional.empty(), 0, COLUMNS - 1, false);
        value = number(2 + random.nextInt(4), List.of());
    }

    Exprs exprs() {
        return exprs;
    }

    Expr value() {
        return value;
    }

    /** Values in the ranges, often at their ends. */
    Map<String, Object> draw() {
        Map<String, Object> values = new HashMap<>();
        for (Input input : floats) {
            double[] row = new double[COLUMNS];
            for (int i = 0; i < COLUMNS; i++) {
                row[i] = draw(Math.max(input.min(), -3), Math.min(input.max(), 3));
            }
            values.put(input.name(), input.rank() == 0 ? (Object) row[0] : row);
        }
        values.put("label", random.nextInt(COLUMNS));
        return values;
    }

    private double draw(double low, double high) {
        return switch (random.nextInt(6)) {
            case 0 -> low;
            case 1 -> high;
            case 2 -> Math.clamp(0.0, low, high);
            case 3 -> Math.clamp(1.0, low, high);
            default -> random.nextDouble(low, high);
        };
    }

    private Expr number(int depth, List<Expr.Index> indices) {
        if (depth <= 0) {
            return leaf(indices);
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> exprs.unary(pick(FUNCTIONS), number(depth - 1, indices));
            case 3, 4, 5 -> exprs.binary(pick(OPERATIONS), number(depth - 1, indices), number(depth - 1, indices));
            case 6, 7 ->
                exprs.select(condition(depth - 1, indices), number(depth - 1, indices), number(depth - 1, indices));
            default -> indices.size() < 2 ? reduction(depth, indices) : leaf(indices);
        };
    }

    private Expr reduction(int depth, List<Expr.Index> indices) {
        Expr length = exprs.extent(floats.getFirst(), 0);
        Expr extent = random.nextInt(4) == 0 ? exprs.binary(BinaryOp.SUBTRACT, length, exprs.constant(1)) : length;
        List<ReduceOp> ops =
                List.of(ReduceOp.SUM, ReduceOp.SUM, ReduceOp.PRODUCT, ReduceOp.MAX, ReduceOp.MIN, ReduceOp.LOG_SUM_EXP);
        Expr reduced = exprs.reduce(pick(ops), extent, i -> {
            List<Expr.Index> inner = new ArrayList<>(indices);
            inner.add(i);
            return number(depth - 1, inner);
        });
        return switch (random.nextInt(4)) {
            case 0 -> exprs.binary(BinaryOp.DIVIDE, reduced, exprs.unary(UnaryOp.TO_FLOAT, extent));
            case 1 -> exprs.binary(BinaryOp.SUBTRACT, reduced, leaf(indices));
            default -> reduced;
        };
    }

    private Expr condition(int depth, List<Expr.Index> indices) {
        return switch (random.nextInt(5)) {
            case 0 -> exprs.unary(UnaryOp.NOT, condition(depth - 1, indices));
            case 1 ->
                exprs.binary(
                        random.nextBoolean() ? BinaryOp.AND : BinaryOp.OR,
                        condition(depth - 1, indices),
                        condition(depth - 1, indices));
            default ->
                exprs.compare(
                        pick(List.of(Comparison.values())),
                        number(Math.min(depth - 1, 2), indices),
                        random.nextBoolean() ? leaf(indices) : number(Math.min(depth - 1, 1), indices));
        };
    }

    private Expr leaf(List<Expr.Index> indices) {
        return switch (random.nextInt(5)) {
            case 0 -> exprs.constant(pick(List.of(-1.0, 0.0, 0.5, 1.0, 2.0)));
            case 1 -> exprs.load(floats.get(3), List.of());
            default -> exprs.load(floats.get(random.nextInt(3)), List.of(position(indices)));
        };
    }

    private Expr position(List<Expr.Index> indices) {
        return switch (random.nextInt(4)) {
            case 0 -> exprs.constant(random.nextInt(COLUMNS));
            case 1 -> exprs.load(label, List.of());
            default -> indices.isEmpty() ? exprs.constant(0) : pick(indices);
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
