package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Logarithms of squares and their sums: a square is infinite where its logarithm is not yet 90. */
final class LogsOfSquares {

    static final Rule RULE = new Rule(
            "log-of-squares",
            "log(Σ x²), log(1 + x²), log(1 + Σ x² / c)",
            "2·log ‖x‖ − log c, where the squares are great or alone",
            Rule.Assumption.LIMIT,
            LogsOfSquares::rewrite);

    /** From here on a constant beside squares is nothing, and neither a square nor a multiple of it has overflowed. */
    private static final double GREAT = 0x1p40;

    /** From here on a constant beside a multiple of squares is nothing, and the square of that has not overflowed. */
    private static final double GREAT_MULTIPLE = 0x1p60;

    /** From here on 1 is nothing beside a root. */
    private static final double GREAT_ROOT = 0x1p25;

    private LogsOfSquares() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        Expr excess = operand(UnaryOp.LOG1P, node);
        Expr argument = excess == null ? operand(UnaryOp.LOG, node) : excess;
        if (argument == null || !Patterns.isShort(argument) || excess == null && Patterns.onePlus(argument) != null) {
            return null; // log1p will be the same with all its digits
        }
        Expr.Binary sum = excess == null ? binary(BinaryOp.ADD, argument) : null;
        boolean isBeside = sum != null && (isConstant(sum.left()) || isConstant(sum.right()));
        Expr squares = sum == null || !isBeside ? argument : isConstant(sum.left()) ? sum.right() : sum.left();
        Multiple multiple = excess != null || isBeside ? Multiple.of(squares, e) : null;
        if (multiple != null) {
            return multiple.besideConstant((Expr.Unary) node, squares, e);
        }
        Expr root = root(squares, e);
        if (root == null) {
            return null;
        }
        if (excess == null && !isBeside) {
            return twiceLog(root, e);
        }
        return isPlain(squares) ? besideConstant(node, squares, root, e) : null;
    }

    /** A multiple of squares by what is one for all elements. */
    private record Multiple(Expr squares, Monomial factor) {

        /** A product that is more than the squares in it. */
        static @Nullable Multiple of(Expr node, Exprs e) {
            Monomial product = isPlain(node) ? Monomial.ONE : Monomial.of(node);
            for (Monomial.Power power : product.powers()) {
                boolean isSquare = power.exponent() == 2;
                Monomial factor = product.over(new Monomial(1, List.of(power)));
                if ((isSquare || power.exponent() == 1 && isPlain(power.value()))
                        && factor.factor() > 0
                        && factor.powers().stream().allMatch(p -> isUniform(p.value()))) {
                    return new Multiple(isSquare ? e.unary(UnaryOp.SQUARE, power.value()) : power.value(), factor);
                }
            }
            return null;
        }

        /**
         * The logarithm of {@code c + k·‖x‖²}, or of its excess. Of the square of one element, which is worth no more
         * operations than it has, it is as written.
         */
        @Nullable
        Expr besideConstant(Expr.Unary node, Expr multiple, Exprs e) {
            if (!isSumOverIndex(squares)) {
                return null;
            }
            Expr root = Objects.requireNonNull(RootRules.of(squares, e));
            Expr isGreat = e.binary(
                    BinaryOp.AND,
                    e.compare(Comparison.GREATER, multiple, e.constant(GREAT_MULTIPLE)),
                    e.compare(Comparison.GREATER, root, e.constant(GREAT_ROOT)));
            return e.select(isGreat, e.binary(BinaryOp.ADD, twiceLog(root, e), logOfFactor(e)), node);
        }

        private Expr logOfFactor(Exprs e) {
            Expr sum = e.constant(Math.log(factor.factor()));
            for (Monomial.Power power : factor.powers()) {
                Expr log = e.unary(UnaryOp.LOG, power.value());
                Expr term = e.binary(BinaryOp.MULTIPLY, e.constant((double) power.exponent()), log);
                sum = e.binary(BinaryOp.ADD, sum, term);
            }
            return sum;
        }
    }

    /** Whether a value depends on nothing but what is one for all elements: hyperparameters and lengths. */
    private static boolean isUniform(Expr node) {
        return !ExprNodes.anyMatch(
                node,
                n -> n instanceof Expr.Load load && load.input().role() != Role.PARAMETER
                        || n instanceof Expr.Index
                        || n instanceof Expr.State);
    }

    private static boolean isSumOverIndex(Expr squares) {
        return ExprNodes.anyMatch(squares, n -> n instanceof Expr.Reduce r && r.op() == ReduceOp.SUM);
    }

    /** Squares and their sums over an index, whose roots are cheap. */
    private static boolean isPlain(Expr node) {
        return switch (node) {
            case Expr.Unary u -> u.op() == UnaryOp.SQUARE;
            case Expr.Reduce r -> isPlain(r.body());
            default -> false;
        };
    }

    private static boolean isConstant(Expr node) {
        return node instanceof Expr.Constant c && c.value() > 0 && Patterns.isOrdinary(c);
    }

    /** The root of squares, also where these are divided by a value that does not vary. */
    private static @Nullable Expr root(Expr squares, Exprs e) {
        Expr root = RootRules.of(squares, e);
        Expr.Binary quotient = root == null ? binary(BinaryOp.DIVIDE, squares) : null;
        if (quotient == null || Patterns.isDifferentiated(quotient.right())) {
            return root;
        }
        return Patterns.map(
                RootRules.of(quotient.left(), e),
                r -> e.binary(BinaryOp.DIVIDE, r, e.unary(UnaryOp.SQRT, quotient.right())));
    }

    private static Expr twiceLog(Expr root, Exprs e) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(2.0), e.unary(UnaryOp.LOG, root));
    }

    /**
     * Of a single square, {@code 2·log1p(r·1)} or {@code log1p(r·r)}: a vector loop has one logarithm for both. Of a
     * sum over a row, the norm's own logarithm, which has no direction at the origin and is not needed there.
     */
    private static Expr besideConstant(Expr node, Expr squares, Expr root, Exprs e) {
        Expr isGreat = e.compare(Comparison.GREATER, root, e.constant(GREAT));
        if (isSumOverIndex(squares)) {
            return e.select(isGreat, twiceLog(root, e), node);
        }
        Expr.Unary log = (Expr.Unary) node;
        Expr one = e.constant(1.0);
        Expr product = e.binary(BinaryOp.MULTIPLY, root, e.select(isGreat, one, root));
        Expr of = squares == log.operand() ? product : beside(log, product, e);
        return e.binary(BinaryOp.MULTIPLY, e.select(isGreat, e.constant(2.0), one), e.unary(log.op(), of));
    }

    /** The sum of another value and the constant of a sum. */
    private static Expr beside(Expr.Unary log, Expr other, Exprs e) {
        Expr.Binary sum = (Expr.Binary) log.operand();
        return e.binary(BinaryOp.ADD, isConstant(sum.left()) ? sum.left() : sum.right(), other);
    }
}
