package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Powers under a logarithm, as in a density that is written out: {@code log(a·x^(a − 1)·e^(−x))}. A power is 0 or
 * infinite long before its logarithm is. As an exponential it is known to all rules for logarithms of those.
 */
final class PowersInLogarithms {

    static final Rule RULE = new Rule(
            "log-of-power",
            "log(y·xᶻ), log(1 ± xᶻ)",
            "the same with e^(z·log x)",
            Rule.Assumption.LIMIT,
            PowersInLogarithms::rewrite);

    private final Exprs e;

    /** The bases of which it is not known that they are positive. */
    private final List<Expr> bases = new ArrayList<>();

    private PowersInLogarithms(Exprs e) {
        this.e = e;
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr excess = operand(UnaryOp.LOG1P, node);
        Expr of = argument != null || excess == null ? argument : e.binary(BinaryOp.ADD, e.constant(1.0), excess);
        if (of == null || !Patterns.isShort(of)) {
            return null;
        }
        PowersInLogarithms powers = new PowersInLogarithms(e);
        Expr exponentials = powers.asExponentials(of);
        if (exponentials == of) {
            return null;
        }
        Expr log = e.unary(UnaryOp.LOG, exponentials);
        Expr zero = e.constant(0.0);
        return powers.bases.stream()
                .map(base -> e.compare(Comparison.GREATER, base, zero))
                .reduce((x, y) -> e.binary(BinaryOp.AND, x, y))
                .map(arePositive -> e.select(arePositive, log, node))
                .orElse(log);
    }

    private Expr asExponentials(Expr node) {
        return switch (node) {
            case Expr.Unary u
            when u.op() == UnaryOp.SQRT || u.op() == UnaryOp.SQUARE -> e.unary(u.op(), asExponentials(u.operand()));
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT, MULTIPLY, DIVIDE ->
                        e.binary(b.op(), asExponentials(b.left()), asExponentials(b.right()));
                    case POW -> b.right() instanceof Expr.Constant ? b : asExponential(b);
                    default -> b;
                };
            default -> node;
        };
    }

    private Expr asExponential(Expr.Binary power) {
        if (!isPositive(power.left()) && bases.stream().noneMatch(base -> base == power.left())) {
            bases.add(power.left());
        }
        return e.unary(UnaryOp.EXP, e.binary(BinaryOp.MULTIPLY, power.right(), e.unary(UnaryOp.LOG, power.left())));
    }

    private static boolean isPositive(Expr node) {
        return switch (node) {
            case Expr.Constant c -> c.value() > 0;
            case Expr.Load l -> l.input().min() > 0;
            case Expr.Unary u ->
                switch (u.op()) {
                    case EXP, SIGMOID, SOFTPLUS -> true;
                    default -> false;
                };
            case Expr.Binary b ->
                (b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE)
                        && isPositive(b.left())
                        && isPositive(b.right());
            default -> false;
        };
    }
}
