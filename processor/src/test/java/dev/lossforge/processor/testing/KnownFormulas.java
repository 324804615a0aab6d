package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.SourceMap;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.Optional;

/** Formulas that everybody knows, made without a source file. */
public final class KnownFormulas {
    private KnownFormulas() {}

    /** {@code (p − y)²}. */
    public static Formula squaredError() {
        Exprs e = new Exprs();
        Input p = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 0);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 0);
        Expr difference = e.binary(BinaryOp.SUBTRACT, e.load(p, List.of()), e.load(y, List.of()));
        return formula(e, "squaredError", Scope.ELEMENT, List.of(p, y), e.unary(UnaryOp.SQUARE, difference));
    }

    /** {@code r ≤ δ ? ½r² : δ(r − ½δ)} with {@code r = |p − y|} and {@code δ = 1} by default. */
    public static Formula huber() {
        Exprs e = new Exprs();
        Input p = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 0);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 0);
        Input delta = new Input(
                2, "delta", Role.PARAMETER, Type.FLOAT, 0, Optional.of(1.0), 0, Double.POSITIVE_INFINITY, false);
        Expr d = e.load(delta, List.of());
        Expr half = e.constant(0.5);
        Expr r = e.unary(UnaryOp.ABS, e.binary(BinaryOp.SUBTRACT, e.load(p, List.of()), e.load(y, List.of())));
        Expr near = e.binary(BinaryOp.MULTIPLY, e.binary(BinaryOp.MULTIPLY, half, r), r);
        Expr far = e.binary(BinaryOp.MULTIPLY, d, e.binary(BinaryOp.SUBTRACT, r, e.binary(BinaryOp.MULTIPLY, half, d)));
        Expr value = e.select(e.compare(Comparison.LESS_OR_EQUAL, r, d), near, far);
        return formula(e, "huber", Scope.ELEMENT, List.of(p, y, delta), value);
    }

    /** {@code softplus(x) − x·y}. */
    public static Formula binaryCrossEntropy() {
        Exprs e = new Exprs();
        Input x = Input.of(0, "logit", Role.PREDICTION, Type.FLOAT, 0);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 0);
        Expr logit = e.load(x, List.of());
        Expr value = e.binary(
                BinaryOp.SUBTRACT,
                e.unary(UnaryOp.SOFTPLUS, logit),
                e.binary(BinaryOp.MULTIPLY, logit, e.load(y, List.of())));
        return formula(e, "binaryCrossEntropy", Scope.ELEMENT, List.of(x, y), value);
    }

    /** {@code (p − y)² e⁻ˢ + s} with a trainable s. */
    public static Formula scaledSquaredError() {
        Exprs e = new Exprs();
        Input p = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 0);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 0);
        Input scale = new Input(
                2,
                "scale",
                Role.PARAMETER,
                Type.FLOAT,
                0,
                Optional.empty(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                true);
        Expr s = e.load(scale, List.of());
        Expr square = e.unary(UnaryOp.SQUARE, e.binary(BinaryOp.SUBTRACT, e.load(p, List.of()), e.load(y, List.of())));
        Expr scaled = e.binary(BinaryOp.MULTIPLY, square, e.unary(UnaryOp.EXP, e.unary(UnaryOp.NEGATE, s)));
        return formula(e, "scaledSquaredError", Scope.ELEMENT, List.of(p, y, scale), e.binary(BinaryOp.ADD, scaled, s));
    }

    /** {@code log Σ exp(logits) − logits[label]}. */
    public static Formula softmaxCrossEntropy() {
        Exprs e = new Exprs();
        Input logits = Input.of(0, "logits", Role.PREDICTION, Type.FLOAT, 1);
        Input label = Input.of(1, "label", Role.TARGET, Type.INT, 0);
        Expr logSumExp = e.reduce(ReduceOp.LOG_SUM_EXP, e.extent(logits, 0), i -> e.load(logits, List.of(i)));
        Expr value = e.binary(BinaryOp.SUBTRACT, logSumExp, e.load(logits, List.of(e.load(label, List.of()))));
        return formula(e, "softmaxCrossEntropy", Scope.SAMPLE, List.of(logits, label), value);
    }

    /** {@code Σ (p₍ₖ₎ − y₍ₖ₎)²}, each in ascending order. */
    public static Formula sortedSquaredError() {
        Exprs e = new Exprs();
        Input p = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 1);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 1);
        Expr sum = e.reduce(ReduceOp.SUM, e.extent(p, 0), k -> {
            Expr difference = e.binary(BinaryOp.SUBTRACT, sorted(e, p, k), sorted(e, y, k));
            return e.unary(UnaryOp.SQUARE, difference);
        });
        return formula(e, "sortedSquaredError", Scope.SAMPLE, List.of(p, y), sum);
    }

    private static Expr sorted(Exprs e, Input input, Expr k) {
        Expr.Index i = e.freshIndex(e.extent(input, 0));
        return e.load(input, List.of(e.orderEntry(OrderOp.ARG_SORT, i, e.load(input, List.of(i)), k)));
    }

    /** {@code √(1/n Σ 1/m Σ (p − y)²)}. */
    public static Formula rootMeanSquaredError() {
        Exprs e = new Exprs();
        Input p = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 2);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 2);
        Expr rows = e.extent(p, 0);
        Expr columns = e.extent(p, 1);
        Expr sum = e.reduce(
                ReduceOp.SUM,
                rows,
                i -> mean(e, columns, e.reduce(ReduceOp.SUM, columns, j -> {
                    Expr difference = e.binary(BinaryOp.SUBTRACT, e.load(p, List.of(i, j)), e.load(y, List.of(i, j)));
                    return e.unary(UnaryOp.SQUARE, difference);
                })));
        return formula(
                e, "rootMeanSquaredError", Scope.BATCH, List.of(p, y), e.unary(UnaryOp.SQRT, mean(e, rows, sum)));
    }

    /** {@code Σ (sᵢ − yᵢ)²} with {@code sᵢ = tanh(½ sᵢ₋₁ + pᵢ)}. */
    public static Formula recurrence() {
        Exprs e = new Exprs();
        Input p = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 1);
        Input y = Input.of(1, "y", Role.TARGET, Type.FLOAT, 1);
        Expr.Index step = e.freshIndex(e.extent(p, 0));
        Expr half = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), e.state(step, List.of()));
        Expr next = e.unary(UnaryOp.TANH, e.binary(BinaryOp.ADD, half, e.load(p, List.of(step))));
        Steps steps = e.steps(false, step, List.of(), e.constant(0.0), next);
        Expr value = e.reduce(ReduceOp.SUM, e.extent(p, 0), i -> {
            Expr state = e.scan(steps, e.binary(BinaryOp.ADD, i, e.constant(1)), List.of());
            return e.unary(UnaryOp.SQUARE, e.binary(BinaryOp.SUBTRACT, state, e.load(y, List.of(i))));
        });
        return formula(e, "recurrence", Scope.SAMPLE, List.of(p, y), value);
    }

    private static Expr mean(Exprs e, Expr count, Expr sum) {
        return e.binary(BinaryOp.DIVIDE, sum, e.unary(UnaryOp.TO_FLOAT, count));
    }

    private static Formula formula(Exprs exprs, String name, Scope scope, List<Input> inputs, Expr value) {
        String className = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Loss";
        return new Formula(
                Formula.Kind.LOSS,
                "sample",
                "Losses",
                name,
                className,
                "",
                scope,
                inputs,
                false,
                exprs,
                value,
                List.of(),
                new SourceMap());
    }
}
