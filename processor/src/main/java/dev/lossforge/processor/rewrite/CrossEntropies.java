package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a focal loss weighs by: the probability of the wrong class, {@code 1 − e^(−binary cross-entropy)}. Written for
 * labels of any value, it rounds to 0 where the right class is certain; for the labels 0 and 1 it is a sigmoid.
 */
final class CrossEntropies {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "probability-of-wrong-class",
                    "1 − e^(x·y − softplus(x))",
                    "σ((1 − 2·y)·x) for y = 0 and y = 1",
                    Rule.Assumption.LIMIT,
                    CrossEntropies::ofLikelihood),
            new Rule(
                    "power-of-wrong-class",
                    "(y·σ(−x) + (1 − y)·σ(x))ᶻ",
                    "σ((1 − 2·y)·x)ᶻ for y = 0 and y = 1",
                    Rule.Assumption.LIMIT,
                    CrossEntropies::ofMixture));

    private CrossEntropies() {}

    private static @Nullable Expr ofLikelihood(Expr node, Exprs e) {
        Expr log = operand(UnaryOp.EXPM1, operand(UnaryOp.NEGATE, node));
        Expr.Binary opposite = error(operand(UnaryOp.NEGATE, log), e);
        Expr.Binary difference = error(log, e);
        Expr x = operand(UnaryOp.SOFTPLUS, opposite != null ? opposite.left() : right(difference));
        Expr.Binary product = binary(BinaryOp.MULTIPLY, opposite != null ? opposite.right() : left(difference));
        if (x == null || product == null || product.left() != x && product.right() != x) {
            return null;
        }
        Expr y = product.left() == x ? product.right() : product.left();
        return Patterns.isDifferentiated(y) ? null : e.select(isLabel(y, e), wrong(x, y, e), node);
    }

    /** A difference, as written before {@link LogisticErrors} was. */
    private static Expr.@Nullable Binary error(@Nullable Expr node, Exprs e) {
        return node == null
                ? null
                : binary(BinaryOp.SUBTRACT, e.differentiatedAs(node).orElse(node));
    }

    private static @Nullable Expr left(Expr.@Nullable Binary node) {
        return node == null ? null : node.left();
    }

    private static @Nullable Expr right(Expr.@Nullable Binary node) {
        return node == null ? null : node.right();
    }

    private static @Nullable Expr ofMixture(Expr node, Exprs e) {
        Expr.Binary power = binary(BinaryOp.POW, node);
        Expr.Binary sum = power == null ? null : binary(BinaryOp.ADD, power.left());
        Expr.Binary first = sum == null ? null : binary(BinaryOp.MULTIPLY, sum.left());
        Expr.Binary second = sum == null ? null : binary(BinaryOp.MULTIPLY, sum.right());
        if (power == null || first == null || second == null) {
            return null;
        }
        Expr u = share(first);
        Expr v = share(second);
        if (u == null || v == null || !Opposites.are(u, v) || Patterns.isDifferentiated(weight(first))) {
            return null;
        }
        Expr y = weight(first);
        Expr rest = weight(second);
        boolean inOrder = Patterns.complementOf(rest, e) == y;
        if (!inOrder && Patterns.complementOf(y, e) != rest) {
            return null;
        }
        Expr sigmoid = inOrder ? wrong(v, y, e) : wrong(u, rest, e);
        return e.select(isLabel(inOrder ? y : rest, e), e.binary(BinaryOp.POW, sigmoid, power.right()), node);
    }

    /** The x of {@code y·σ(x)}. */
    private static @Nullable Expr share(Expr.Binary product) {
        Expr right = operand(UnaryOp.SIGMOID, product.right());
        return right != null ? right : operand(UnaryOp.SIGMOID, product.left());
    }

    private static Expr weight(Expr.Binary product) {
        return operand(UnaryOp.SIGMOID, product.right()) != null ? product.left() : product.right();
    }

    private static Expr isLabel(Expr y, Exprs e) {
        return e.binary(
                BinaryOp.OR,
                e.compare(Comparison.EQUAL, y, e.constant(0.0)),
                e.compare(Comparison.EQUAL, y, e.constant(1.0)));
    }

    /** {@code σ((1 − 2·y)·x)}. */
    private static Expr wrong(Expr x, Expr y, Exprs e) {
        Expr sign = e.binary(BinaryOp.SUBTRACT, e.constant(1.0), e.binary(BinaryOp.MULTIPLY, e.constant(2.0), y));
        return e.unary(UnaryOp.SIGMOID, e.binary(BinaryOp.MULTIPLY, sign, x));
    }
}
