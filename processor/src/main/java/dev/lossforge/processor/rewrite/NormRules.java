package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
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

    /** For vector loops, which leave to scalar code what is too large or too small to be squared. */
    static final List<Rule> IN_VECTORS = List.of(
            new Rule("squared-norm", "‖x‖", "√(Σ x²) within ordinary magnitudes", REASSOCIATES, NormRules::squared),
            new Rule("no-scale", "m = max |x|", "1 within ordinary magnitudes", REASSOCIATES, NormRules::noScale),
            new Rule("by-no-scale", "y / 1", "y", EXACT, NormRules::byNoScale),
            new Rule(
                    "norm-beside-constant",
                    "hypot(‖x‖, c)",
                    "√(Σ x² + c²) within ordinary magnitudes",
                    REASSOCIATES,
                    NormRules::besideConstant));

    /** Constants whose squares hide those that vanish. */
    private static final double MIN_LEG = 0x1p-50;

    private static final double MAX_LEG = 0x1p50;

    private NormRules() {}

    /** Whether rules for norms may apply to a node. */
    static boolean mayBeNorm(Expr node) {
        return node instanceof Expr.Reduce r && r.op() == ReduceOp.NORM || operand(UnaryOp.STOP_GRADIENT, node) != null;
    }

    /** One loop finds the sum and the greatest magnitude; and nothing is divided. */
    private static @Nullable Expr squared(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce norm) || norm.op() != ReduceOp.NORM) {
            return null;
        }
        Expr squares = e.reduce(ReduceOp.SUM, norm.index(), e.unary(UnaryOp.SQUARE, norm.body()));
        return e.binary(BinaryOp.ROOT_OF_SQUARES, squares, greatest(norm, e));
    }

    /** What {@link RootRules} scales the mean of squares by; a product with it stays, for its check. */
    private static @Nullable Expr noScale(Expr node, Exprs e) {
        return operand(UnaryOp.STOP_GRADIENT, node) instanceof Expr.Select s && s == usable(s.whenTrue(), e)
                ? e.binary(BinaryOp.ROOT_OF_SQUARES, e.constant(1.0), s.whenTrue())
                : null;
    }

    private static @Nullable Expr byNoScale(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr.Binary scale = quotient == null ? null : binary(BinaryOp.ROOT_OF_SQUARES, quotient.right());
        return quotient != null && scale != null && isConstant(scale.left(), 1) ? quotient.left() : null;
    }

    /**
     * Squares that vanish do no harm beside that of a constant, and ones that overflow show in the sum, so that nobody
     * has to look for the greatest magnitude.
     */
    private static @Nullable Expr besideConstant(Expr node, Exprs e) {
        Expr.Binary hypot = binary(BinaryOp.HYPOT, node);
        if (hypot == null) {
            return null;
        }
        Expr root = besideConstant(hypot.left(), hypot.right(), e);
        return root != null ? root : besideConstant(hypot.right(), hypot.left(), e);
    }

    private static @Nullable Expr besideConstant(Expr norm, Expr leg, Exprs e) {
        Expr squares = squaresOf(norm);
        if (squares == null || !(leg instanceof Expr.Constant c)) {
            return null;
        }
        double magnitude = Math.abs(c.value());
        if (magnitude < MIN_LEG || magnitude > MAX_LEG) {
            return null;
        }
        Expr sum = e.binary(BinaryOp.ADD, squares, e.constant(magnitude * magnitude));
        return e.binary(BinaryOp.ROOT_OF_SQUARES, sum, e.unary(UnaryOp.SQRT, sum));
    }

    /** The sum or mean of squares of which a value is the root. */
    private static @Nullable Expr squaresOf(Expr node) {
        Expr.Binary root = binary(BinaryOp.ROOT_OF_SQUARES, node);
        if (root != null) {
            return root.left();
        }
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        Expr.Binary scale = product == null ? null : binary(BinaryOp.ROOT_OF_SQUARES, product.left());
        return product != null && scale != null && isConstant(scale.left(), 1)
                ? operand(UnaryOp.SQRT, product.right())
                : null;
    }

    private static Expr greatest(Expr.Reduce norm, Exprs e) {
        return e.reduce(ReduceOp.MAX, norm.index(), e.unary(UnaryOp.ABS, norm.body()));
    }

    private static @Nullable Expr scale(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce norm) || norm.op() != ReduceOp.NORM) {
            return null;
        }
        Expr scale = usable(greatest(norm, e), e);
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
