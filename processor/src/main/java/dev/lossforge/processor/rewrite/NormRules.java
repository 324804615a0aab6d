package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Norms relative to their greatest entry: in float32 the square of 2e19 overflows and that of 1e-23 is 0. */
final class NormRules {

    static final List<Rule> ALL =
            List.of(new Rule("scaled-norm", "‖x‖", "m·√(Σ (x / m)²), m = max |x|", REASSOCIATES, NormRules::scale));

    private NormRules() {}

    private static @Nullable Expr scale(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce norm) || norm.op() != ReduceOp.NORM) {
            return null;
        }
        Expr greatest = e.reduce(ReduceOp.MAX, norm.index(), e.unary(UnaryOp.ABS, norm.body()));
        Expr scale = usable(greatest, e);
        Expr share = e.unary(UnaryOp.SQUARE, e.binary(BinaryOp.DIVIDE, norm.body(), scale));
        return e.binary(BinaryOp.MULTIPLY, scale, e.unary(UnaryOp.SQRT, e.reduce(ReduceOp.SUM, norm.index(), share)));
    }

    /** A greatest magnitude where one can divide by it, 1 elsewhere. */
    static Expr usable(Expr greatest, Exprs e) {
        Expr isUsable = e.binary(
                BinaryOp.AND,
                e.compare(Comparison.GREATER, greatest, e.constant(0.0)),
                e.compare(Comparison.LESS_OR_EQUAL, greatest, e.constant((double) Float.MAX_VALUE)));
        return e.select(isUsable, greatest, e.constant(1.0));
    }
}
