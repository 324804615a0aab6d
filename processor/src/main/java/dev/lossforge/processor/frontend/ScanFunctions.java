package dev.lossforge.processor.frontend;

import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The meaning of {@code scan} and {@code fold} in the IR: the states of a scan, read at each step or at the last. */
final class ScanFunctions {

    private final Values values;

    ScanFunctions(Values values) {
        this.values = values;
    }

    Map<String, Function<List<Value>, Value>> all() {
        return Map.of(
                "scan(int,float,FloatStep)", a -> of(a, s -> new Vector(Type.FLOAT, 1, s.count(), i -> after(s, i))),
                "fold(int,float,FloatStep)", a -> of(a, s -> state(s, s.last(exprs()), List.of())),
                "scan(int,float[],VectorStep)",
                        a -> of(a, s -> new Vector(Type.FLOAT, 2, s.count(), i -> vector(s, after(i)))),
                "fold(int,float[],VectorStep)", a -> of(a, s -> vector(s, s.last(exprs()))));
    }

    private Exprs exprs() {
        return values.exprs();
    }

    private Value of(List<Value> arguments, Function<Steps, Value> result) {
        Expr.Index index = exprs().freshIndex(((Scalar) arguments.getFirst()).expr());
        BiFunction<Expr, Value, Value> body = ((Value.Step) arguments.get(2)).body();
        Optional<Steps> steps = arguments.get(1) instanceof Vector start
                ? ofVector(index, start, body)
                : ofNumber(index, ((Scalar) arguments.get(1)).expr(), body);
        return steps.map(result).orElseGet(Value.Unreadable::new);
    }

    private Optional<Steps> ofNumber(Expr.Index index, Expr start, BiFunction<Expr, Value, Value> body) {
        return body.apply(index, new Scalar(exprs().state(index, List.of()))) instanceof Scalar(Expr next)
                ? Optional.of(values.steps(index, List.of(), start, next))
                : Optional.empty();
    }

    private Optional<Steps> ofVector(Expr.Index index, Vector start, BiFunction<Expr, Value, Value> body) {
        Expr.Index entry = exprs().freshIndex(start.length());
        Vector state = new Vector(Type.FLOAT, 1, start.length(), i -> new Scalar(exprs().state(index, List.of(i))));
        return body.apply(index, state) instanceof Vector next
                ? Optional.of(
                        values.steps(index, List.of(entry), values.entry(start, entry), values.entry(next, entry)))
                : Optional.empty();
    }

    /** The position after a step. */
    private Expr after(Expr step) {
        return step instanceof Expr.IntConstant c
                ? exprs().constant(c.value() + 1)
                : exprs().binary(BinaryOp.ADD, step, exprs().constant(1));
    }

    private Value after(Steps steps, Expr step) {
        return state(steps, after(step), List.of());
    }

    private Value state(Steps steps, Expr position, List<Expr> entry) {
        return new Scalar(exprs().scan(steps, position, entry));
    }

    private Value vector(Steps steps, Expr position) {
        Expr length = steps.axes().getFirst().extent();
        return new Vector(Type.FLOAT, 1, length, i -> state(steps, position, List.of(i)));
    }
}
