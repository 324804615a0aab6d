package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.bodyOver;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.map;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for differences that are provably small against their operands, which cancel where these are large. */
final class DifferenceRules {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "variance",
                    "E[x·y] − E[x]·E[y]",
                    "E[(x − E[x])·(y − E[y])]",
                    REASSOCIATES,
                    DifferenceRules::variance),
            new Rule("sum-of-squares", "Σ x² − (Σ x)² / n", "Σ (x − E[x])²", REASSOCIATES, DifferenceRules::deviations),
            new Rule(
                    "squared-distance",
                    "Σ x² + Σ y² − 2·Σ x·y",
                    "Σ (x − y)²",
                    REASSOCIATES,
                    DifferenceRules::squaredDistance),
            HyperbolicSum.RULE,
            new Rule("one-minus-tanh-squared", "1 − tanh² x", "4·σ(2x)·σ(−2x)", EXACT, DifferenceRules::slopeOfTanh),
            new Rule("one-plus-tanh", "1 ± tanh x", "2·σ(±2·x)", EXACT, DifferenceRules::complementOfTanh),
            new Rule("one-minus-cosine", "1 − cos x, cos x − 1", "±2·sin²(x / 2)", EXACT, DifferenceRules::versine),
            LawOfCosines.RULE);

    private DifferenceRules() {}

    /** The sum of a mean over an index. */
    private static Expr.@Nullable Reduce meanSum(@Nullable Expr node) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        return quotient != null
                        && quotient.left() instanceof Expr.Reduce r
                        && r.op() == ReduceOp.SUM
                        && operand(UnaryOp.TO_FLOAT, quotient.right())
                                == r.index().extent()
                ? r
                : null;
    }

    private static Expr mean(Expr.Reduce like, Expr body, Exprs e) {
        return e.binary(
                BinaryOp.DIVIDE,
                e.reduce(ReduceOp.SUM, like.index(), body),
                e.unary(UnaryOp.TO_FLOAT, like.index().extent()));
    }

    private static @Nullable Expr variance(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Reduce of = difference == null ? null : meanSum(difference.left());
        if (difference == null || of == null) {
            return null;
        }
        Expr x = operand(UnaryOp.SQUARE, of.body());
        Expr squaredMean = operand(UnaryOp.SQUARE, difference.right());
        if (x != null && squaredMean != null && squaredMean == mean(of, x, e)) {
            return mean(of, e.unary(UnaryOp.SQUARE, e.binary(BinaryOp.SUBTRACT, x, squaredMean)), e);
        }
        return covariance(of, binary(BinaryOp.MULTIPLY, of.body()), binary(BinaryOp.MULTIPLY, difference.right()), e);
    }

    private static @Nullable Expr covariance(
            Expr.Reduce of, Expr.@Nullable Binary product, Expr.@Nullable Binary means, Exprs e) {
        if (product == null || means == null) {
            return null;
        }
        Expr left = bodyOver(of.index(), ReduceOp.SUM, meanSum(means.left()), e);
        Expr right = bodyOver(of.index(), ReduceOp.SUM, meanSum(means.right()), e);
        boolean inOrder = left == product.left() && right == product.right();
        if (!inOrder && !(left == product.right() && right == product.left())) {
            return null;
        }
        Expr x = e.binary(BinaryOp.SUBTRACT, product.left(), inOrder ? means.left() : means.right());
        Expr y = e.binary(BinaryOp.SUBTRACT, product.right(), inOrder ? means.right() : means.left());
        return mean(of, e.binary(BinaryOp.MULTIPLY, x, y), e);
    }

    private static @Nullable Expr deviations(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Binary quotient = difference == null ? null : binary(BinaryOp.DIVIDE, difference.right());
        if (difference == null
                || quotient == null
                || !(difference.left() instanceof Expr.Reduce squares)
                || squares.op() != ReduceOp.SUM) {
            return null;
        }
        Expr x = operand(UnaryOp.SQUARE, squares.body());
        Expr total = operand(UnaryOp.SQUARE, quotient.left());
        if (x == null
                || total != e.reduce(ReduceOp.SUM, squares.index(), x)
                || operand(UnaryOp.TO_FLOAT, quotient.right())
                        != squares.index().extent()) {
            return null;
        }
        Expr deviation = e.binary(BinaryOp.SUBTRACT, x, mean(squares, x, e));
        return e.reduce(ReduceOp.SUM, squares.index(), e.unary(UnaryOp.SQUARE, deviation));
    }

    /** Matches {@code (Σ x² + Σ y²) − 2·Σ x·y} and {@code (Σ x² − 2·Σ x·y) + Σ y²}. */
    private static @Nullable Expr squaredDistance(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Binary squares = difference == null ? null : binary(BinaryOp.ADD, difference.left());
        if (difference != null && squares != null) {
            return squaredDistance(squares.left(), squares.right(), difference.right(), e);
        }
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        Expr.Binary left = sum == null ? null : binary(BinaryOp.SUBTRACT, sum.left());
        return sum != null && left != null ? squaredDistance(left.left(), sum.right(), left.right(), e) : null;
    }

    private static @Nullable Expr squaredDistance(Expr first, Expr second, Expr twice, Exprs e) {
        Expr.Binary doubled = binary(BinaryOp.MULTIPLY, twice);
        if (doubled == null
                || !isConstant(doubled.left(), 2)
                || !(doubled.right() instanceof Expr.Reduce dot)
                || dot.op() != ReduceOp.SUM
                || !(dot.body() instanceof Expr.Binary product)
                || product.op() != BinaryOp.MULTIPLY) {
            return null;
        }
        Expr x = operand(UnaryOp.SQUARE, bodyOver(dot.index(), ReduceOp.SUM, first, e));
        Expr y = operand(UnaryOp.SQUARE, bodyOver(dot.index(), ReduceOp.SUM, second, e));
        if (!(x == product.left() && y == product.right() || x == product.right() && y == product.left())) {
            return null;
        }
        Expr distance = e.binary(BinaryOp.SUBTRACT, product.left(), product.right());
        return e.reduce(ReduceOp.SUM, dot.index(), e.unary(UnaryOp.SQUARE, distance));
    }

    private static @Nullable Expr slopeOfTanh(Expr node, Exprs e) {
        return map(operand(UnaryOp.TANH, operand(UnaryOp.SQUARE, oneMinus(node))), x -> {
            Expr twice = e.binary(BinaryOp.MULTIPLY, e.constant(2.0), x);
            Expr opposite = e.unary(UnaryOp.NEGATE, twice);
            Expr slope =
                    e.binary(BinaryOp.MULTIPLY, e.unary(UnaryOp.SIGMOID, twice), e.unary(UnaryOp.SIGMOID, opposite));
            return e.binary(BinaryOp.MULTIPLY, e.constant(4.0), slope);
        });
    }

    private static @Nullable Expr complementOfTanh(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.TANH, Patterns.onePlus(node));
        return x != null
                ? twiceSigmoid(2, x, e)
                : map(operand(UnaryOp.TANH, oneMinus(node)), y -> twiceSigmoid(-2, y, e));
    }

    private static Expr twiceSigmoid(double factor, Expr x, Exprs e) {
        Expr sigmoid = e.unary(UnaryOp.SIGMOID, e.binary(BinaryOp.MULTIPLY, e.constant(factor), x));
        return e.binary(BinaryOp.MULTIPLY, e.constant(2.0), sigmoid);
    }

    private static @Nullable Expr versine(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.COS, oneMinus(node));
        return x != null
                ? versineOf(x, 2, e)
                : map(operand(UnaryOp.COS, Patterns.minusOne(node)), y -> versineOf(y, -2, e));
    }

    private static Expr versineOf(Expr x, double factor, Exprs e) {
        Expr half = e.unary(UnaryOp.SIN, e.binary(BinaryOp.MULTIPLY, e.constant(0.5), x));
        return e.binary(BinaryOp.MULTIPLY, e.constant(factor), e.unary(UnaryOp.SQUARE, half));
    }
}
