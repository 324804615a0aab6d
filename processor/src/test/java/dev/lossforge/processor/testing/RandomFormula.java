package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A random formula of any scope with random input values, smooth almost everywhere and bounded, so that a central
 * difference is a fair judge of its gradient.
 */
public final class RandomFormula {

    private static final List<UnaryOp> BOUNDED =
            List.of(UnaryOp.TANH, UnaryOp.SIN, UnaryOp.COS, UnaryOp.SIGMOID, UnaryOp.ATAN, UnaryOp.ERF);
    private static final List<UnaryOp> GENTLE = List.of(
            UnaryOp.SOFTPLUS, UnaryOp.LOG_COSH, UnaryOp.ASINH, UnaryOp.ABS, UnaryOp.NEGATE, UnaryOp.LOG_SIGMOID);
    private static final List<UnaryOp> OF_POSITIVE = List.of(UnaryOp.SQRT, UnaryOp.LOG, UnaryOp.LOG1P, UnaryOp.LGAMMA);
    private static final List<ReduceOp> REDUCTIONS =
            List.of(ReduceOp.SUM, ReduceOp.SUM, ReduceOp.MAX, ReduceOp.MIN, ReduceOp.LOG_SUM_EXP, ReduceOp.PRODUCT);

    private final RandomGenerator random;
    private final Exprs exprs = new Exprs();
    private final Scope scope;
    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final List<Expr> pool = new ArrayList<>();
    private final Formula formula;

    public RandomFormula(RandomGenerator random, boolean hessian) {
        this.random = random;
        this.scope = Scope.ofRank(random.nextInt(hessian ? 2 : 3));
        int rank = scope.rank();
        inputs.add(Input.of(0, "p", Role.PREDICTION, Type.FLOAT, rank));
        inputs.add(Input.of(1, "q", Role.PREDICTION, Type.FLOAT, rank));
        inputs.add(Input.of(2, "y", Role.TARGET, Type.FLOAT, rank));
        inputs.add(Input.of(3, "label", Role.TARGET, Type.INT, Math.max(rank - 1, 0)));
        inputs.add(Input.of(4, "delta", Role.PARAMETER, Type.FLOAT, 0));
        drawValues(rank);
        Expr value = exprs.binary(BinaryOp.ADD, expression(6, List.of()), expression(5, List.of()));
        this.formula = Formulas.of(exprs, scope, inputs, value, hessian);
    }

    public Formula formula() {
        return formula;
    }

    public Map<String, Object> values() {
        return values;
    }

    public InputValues inputValues() {
        return InputValues.of(values);
    }

    private void drawValues(int rank) {
        int columns = 2 + random.nextInt(3);
        int rows = 2 + random.nextInt(2);
        for (String name : List.of("p", "q", "y")) {
            values.put(
                    name,
                    switch (rank) {
                        case 0 -> (Object) draw();
                        case 1 -> row(columns);
                        default -> {
                            double[][] matrix = new double[rows][];
                            for (int i = 0; i < rows; i++) {
                                matrix[i] = row(columns);
                            }
                            yield matrix;
                        }
                    });
        }
        values.put(
                "label",
                rank < 2
                        ? (Object) random.nextInt(columns)
                        : random.ints(rows, 0, columns).asDoubleStream().toArray());
        values.put("delta", 0.5 + random.nextDouble());
    }

    private double[] row(int columns) {
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = draw();
        }
        return row;
    }

    private double draw() {
        return random.nextDouble(-2, 2);
    }

    private Expr expression(int depth, List<Expr.Index> indices) {
        if (!pool.isEmpty() && random.nextInt(5) == 0) {
            Expr shared = pool.get(random.nextInt(pool.size()));
            if (indices.containsAll(exprs.freeIndices(shared))) {
                return shared;
            }
        }
        Expr made = depth <= 0 ? leaf(indices) : node(depth, indices);
        pool.add(made);
        return made;
    }

    private Expr node(int depth, List<Expr.Index> indices) {
        return switch (random.nextInt(scope == Scope.ELEMENT ? 6 : 9)) {
            case 0 -> exprs.unary(pick(BOUNDED), expression(depth - 1, indices));
            case 1 -> exprs.unary(pick(GENTLE), expression(depth - 1, indices));
            case 2 -> exprs.unary(pick(OF_POSITIVE), positive(depth - 1, indices));
            case 3 ->
                binary(
                        pick(List.of(BinaryOp.ADD, BinaryOp.SUBTRACT, BinaryOp.MULTIPLY, BinaryOp.MAX, BinaryOp.MIN)),
                        depth,
                        indices);
            case 4 ->
                exprs.binary(
                        pick(List.of(BinaryOp.DIVIDE, BinaryOp.HYPOT, BinaryOp.XDIVY)),
                        expression(depth - 1, indices),
                        positive(depth - 1, indices));
            case 5 ->
                exprs.select(
                        exprs.compare(Comparison.LESS, expression(depth - 2, indices), expression(depth - 2, indices)),
                        expression(depth - 1, indices),
                        expression(depth - 1, indices));
            default -> reduction(depth, indices);
        };
    }

    private Expr reduction(int depth, List<Expr.Index> indices) {
        if (indices.size() >= 3 || depth < 2) {
            return leaf(indices);
        }
        Expr extent = scope == Scope.SAMPLE
                ? exprs.extent(inputs.get(random.nextInt(3)), 0)
                : exprs.extent(inputs.get(random.nextInt(3)), random.nextInt(2));
        ReduceOp op = pick(REDUCTIONS);
        return exprs.reduce(op, extent, index -> {
            List<Expr.Index> inner = new ArrayList<>(indices);
            inner.add(index);
            Expr body = expression(depth - 2, inner);
            return op == ReduceOp.PRODUCT ? exprs.unary(UnaryOp.SIGMOID, body) : body;
        });
    }

    private Expr binary(BinaryOp op, int depth, List<Expr.Index> indices) {
        return exprs.binary(op, expression(depth - 1, indices), expression(depth - 1, indices));
    }

    private Expr positive(int depth, List<Expr.Index> indices) {
        Expr square = exprs.unary(UnaryOp.SQUARE, exprs.unary(UnaryOp.TANH, expression(Math.max(depth, 0), indices)));
        return exprs.binary(BinaryOp.ADD, square, exprs.constant(0.5));
    }

    private Expr leaf(List<Expr.Index> indices) {
        return switch (random.nextInt(6)) {
            case 0 -> exprs.constant(random.nextInt(-3, 4) / 2.0);
            case 1 -> exprs.load(inputs.get(4), List.of());
            default -> load(inputs.get(random.nextInt(3)), indices);
        };
    }

    private Expr load(Input input, List<Expr.Index> indices) {
        List<Expr> at = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            at.add(position(axis, indices));
        }
        return exprs.load(input, at);
    }

    /** An index of the axis, a constant one, a neighbour, or the label. */
    private Expr position(int axis, List<Expr.Index> indices) {
        int last = scope == Scope.SAMPLE ? 0 : 1;
        List<Expr.Index> fitting = indices.stream()
                .filter(i -> i.extent() instanceof Expr.Extent e && e.axis() == axis)
                .toList();
        if (fitting.isEmpty() || random.nextInt(8) == 0) {
            if (axis != last || random.nextBoolean()) {
                return exprs.constant(random.nextInt(2));
            }
            return label(indices);
        }
        Expr.Index index = fitting.get(random.nextInt(fitting.size()));
        if (random.nextInt(8) == 0) {
            Expr reversed = exprs.binary(BinaryOp.SUBTRACT, index.extent(), exprs.constant(1));
            return random.nextBoolean()
                    ? exprs.binary(BinaryOp.SUBTRACT, reversed, index)
                    : exprs.binary(
                            BinaryOp.REMAINDER, exprs.binary(BinaryOp.ADD, index, exprs.constant(1)), index.extent());
        }
        return index;
    }

    private Expr label(List<Expr.Index> indices) {
        Input label = inputs.get(3);
        if (label.rank() == 0) {
            return exprs.load(label, List.of());
        }
        List<Expr.Index> rows = indices.stream()
                .filter(i -> i.extent() instanceof Expr.Extent e && e.axis() == 0)
                .toList();
        return exprs.load(label, List.of(rows.isEmpty() ? exprs.constant(0) : rows.getFirst()));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
