package dev.lossforge.processor.frontend;

import dev.lossforge.processor.frontend.Value.DoubleConstant;
import dev.lossforge.processor.frontend.Value.Scalar;
import dev.lossforge.processor.frontend.Value.Vector;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Java's operations on values: promotion of int to float, conversion, choice between two values, reduction. */
final class Values {

    private final Reading reading;

    Values(Reading reading) {
        this.reading = reading;
    }

    Exprs exprs() {
        return reading.exprs();
    }

    Value constant(double value) {
        return new Scalar(exprs().constant(value));
    }

    /** An int as a float; a float as it is. */
    Expr toFloat(Expr expr) {
        return switch (expr) {
            case Expr.IntConstant c -> exprs().constant((double) (float) c.value());
            case Expr e when e.type() == Type.INT -> exprs().unary(UnaryOp.TO_FLOAT, e);
            default -> expr;
        };
    }

    /** The value as one of the type, by Java's implicit conversion; unreadable if there is none. */
    Value convert(Value value, Type type) {
        if (value instanceof Scalar(Expr expr)) {
            if (type == Type.FLOAT && expr.type() == Type.INT) {
                return new Scalar(toFloat(expr));
            }
            return expr.type() == type ? value : reading.unreadable();
        }
        return reading.unreadable();
    }

    /** The value cast to a type. */
    Value cast(Value value, Type type) {
        return switch (value) {
            case DoubleConstant c when type == Type.FLOAT -> constant((float) c.value());
            case DoubleConstant c when type == Type.INT -> new Scalar(exprs().constant((int) c.value()));
            case Scalar(Expr.Constant c) when type == Type.INT -> new Scalar(exprs().constant((int) c.value()));
            case Scalar(Expr e)
            when type == Type.INT && e.type() == Type.FLOAT -> new Scalar(exprs().unary(UnaryOp.TO_INT, e));
            default -> convert(value, type);
        };
    }

    Value unary(UnaryOp op, Expr operand) {
        return new Scalar(exprs().unary(op, operand));
    }

    Value negate(Expr operand) {
        return switch (operand) {
            case Expr.Constant c -> constant(-c.value());
            case Expr.IntConstant c -> new Scalar(exprs().constant(-c.value()));
            default -> unary(UnaryOp.NEGATE, operand);
        };
    }

    /** {@code +}, {@code max} and the like, on floats if either operand is one. */
    Value binary(BinaryOp op, Expr left, Expr right) {
        boolean floats = left.type() == Type.FLOAT || right.type() == Type.FLOAT;
        return new Scalar(floats ? exprs().binary(op, toFloat(left), toFloat(right)) : exprs().binary(op, left, right));
    }

    Value compare(Comparison op, Expr left, Expr right) {
        boolean floats = left.type() == Type.FLOAT || right.type() == Type.FLOAT;
        return new Scalar(
                floats ? exprs().compare(op, toFloat(left), toFloat(right)) : exprs().compare(op, left, right));
    }

    Expr not(Expr condition) {
        return exprs().unary(UnaryOp.NOT, condition);
    }

    Expr and(Expr left, Expr right) {
        return exprs().binary(BinaryOp.AND, left, right);
    }

    /** {@code condition ? whenTrue : whenFalse}, entry by entry for vectors. */
    Value select(Expr condition, Value whenTrue, Value whenFalse) {
        if (whenTrue instanceof Scalar(Expr a) && whenFalse instanceof Scalar(Expr b)) {
            return selectScalar(condition, a, b);
        }
        if (whenTrue instanceof Vector a && whenFalse instanceof Vector b && isSameType(a, b)) {
            Expr length = a.length() == b.length() ? a.length() : exprs().select(condition, a.length(), b.length());
            return new Vector(a.elementType(), a.rank(), length, i -> select(condition, a.at(i), b.at(i)));
        }
        return reading.unreadable();
    }

    private static boolean isSameType(Vector a, Vector b) {
        return a.rank() == b.rank() && a.elementType() == b.elementType();
    }

    private Value selectScalar(Expr condition, Expr whenTrue, Expr whenFalse) {
        boolean numbers = whenTrue.type() != Type.BOOLEAN && whenFalse.type() != Type.BOOLEAN;
        if (whenTrue.type() == whenFalse.type()) {
            return new Scalar(exprs().select(condition, whenTrue, whenFalse));
        }
        return numbers
                ? new Scalar(exprs().select(condition, toFloat(whenTrue), toFloat(whenFalse)))
                : reading.unreadable();
    }

    /** A reduction over the entries of a vector. */
    Value reduce(ReduceOp op, Vector vector) {
        return new Scalar(reduce(op, vector.length(), i -> entry(vector, i)));
    }

    /** A reduction. What is read of its body is where it was written. */
    Expr reduce(ReduceOp op, Expr extent, Function<Expr, Expr> entry) {
        Expr.Index index = exprs().freshIndex(extent);
        Expr body = entry.apply(index);
        Expr reduction = exprs().reduce(op, index, body);
        reading.positions().addRenamed(body, ((Expr.Reduce) reduction).body());
        return reduction;
    }

    /** Some steps of a scan, in the same way. */
    Steps steps(Expr.Index index, List<Expr.Index> axes, Expr start, Expr next) {
        Steps steps = exprs().steps(false, index, axes, start, next);
        reading.positions().addRenamed(next, steps.next());
        return steps;
    }

    /** The permutation that puts the entries of a vector into ascending order, or its inverse. */
    Vector order(OrderOp op, Vector vector) {
        Expr.Index index = exprs().freshIndex(vector.length());
        Expr key = entry(vector, index);
        return new Vector(Type.INT, 1, vector.length(), at -> new Scalar(orderEntry(op, index, key, at)));
    }

    private Expr orderEntry(OrderOp op, Expr.Index index, Expr key, Expr at) {
        Expr entry = exprs().orderEntry(op, index, key, at);
        if (entry instanceof Expr.Order order) {
            reading.positions().addRenamed(key, order.key());
        }
        return entry;
    }

    /** The entries of a vector in ascending order. */
    Vector sorted(Vector vector) {
        Vector order = order(OrderOp.ARG_SORT, vector);
        return new Vector(
                Type.FLOAT, 1, vector.length(), k -> new Scalar(entry(vector, ((Scalar) order.at(k)).expr())));
    }

    /** The vector whose entries are a function of the entries of another. */
    Vector map(Vector vector, Function<Expr, Expr> function) {
        return new Vector(Type.FLOAT, 1, vector.length(), i -> new Scalar(function.apply(entry(vector, i))));
    }

    /** An entry as a float. Any value may replace an unreadable one, because the formula is refused. */
    Expr entry(Vector vector, Expr index) {
        return vector.at(index) instanceof Scalar(Expr expr) && expr.type() != Type.BOOLEAN
                ? toFloat(expr)
                : exprs().constant(Double.NaN);
    }

    /** The value of a constant; empty for a variable. */
    static OptionalDouble constantOf(Value value) {
        return switch (value) {
            case DoubleConstant c -> OptionalDouble.of(c.value());
            case Scalar(Expr.Constant c) -> OptionalDouble.of(c.value());
            case Scalar(Expr.IntConstant c) -> OptionalDouble.of(c.value());
            default -> OptionalDouble.empty();
        };
    }
}
