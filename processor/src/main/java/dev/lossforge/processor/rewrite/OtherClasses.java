package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm of what a softmax leaves to the other classes, or a mean of sigmoids to the other side. A difference
 * from 1 loses it, and its slope is multiplied by the inverse of what is left: where one class is certain, the gradient
 * by that class would be any number.
 */
final class OtherClasses {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "log-of-other-classes",
                    "log(1 − softmax(x)[k])",
                    "logΣexp of x but for k, less logΣexp x, where that is less than half",
                    Rule.Assumption.LIMIT,
                    OtherClasses::butForOne),
            new Rule(
                    "log-of-later-classes",
                    "log(1 − Σ[i < m] softmax(x)[i])",
                    "logΣexp of x from m on, less logΣexp x, where that is less than half",
                    Rule.Assumption.LIMIT,
                    OtherClasses::fromOneOn),
            new Rule(
                    "log-of-opposite-sigmoids",
                    "log(1 − Σ w·σ(x)), Σ w = 1",
                    "log Σ w·σ(−x), where that is less than half",
                    Rule.Assumption.LIMIT,
                    OtherClasses::ofOpposites));

    private OtherClasses() {}

    /** Of a class that a target names; for all classes in turn this would take quadratic time. */
    private static @Nullable Expr butForOne(Expr node, Exprs e) {
        Expr.Binary share = binary(BinaryOp.SUBTRACT, operand(UnaryOp.LOG1M_EXP, node));
        Expr.Reduce all = share == null ? null : logSumExp(share.right());
        Expr label = share == null || all == null ? null : label(share.left(), all, e);
        return share == null || label == null || all == null
                ? null
                : e.select(
                        e.compare(Comparison.GREATER, share, e.constant(-Math.log(2))),
                        without(all, i -> e.compare(Comparison.EQUAL, i, label), e),
                        node);
    }

    private static Expr.@Nullable Reduce logSumExp(Expr node) {
        return node instanceof Expr.Reduce r && r.op() == ReduceOp.LOG_SUM_EXP ? r : null;
    }

    /** The target at which the terms of a reduction are the given one, or null. */
    private static @Nullable Expr label(Expr term, Expr.Reduce all, Exprs e) {
        return ExprNodes.of(term).stream()
                .filter(n -> n instanceof Expr.Load load && load.type() == Type.INT)
                .filter(n -> Substitution.of(e, all.index(), n).apply(all.body()) == term)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Expr fromOneOn(Expr node, Exprs e) {
        Expr first = oneMinus(operand(UnaryOp.LOG, node));
        if (!(first instanceof Expr.Reduce sum) || sum.op() != ReduceOp.SUM) {
            return null;
        }
        Expr count = sum.index().extent();
        Expr.Binary share = binary(BinaryOp.SUBTRACT, operand(UnaryOp.EXP, sum.body()));
        Expr.Reduce all = share == null ? null : logSumExp(share.right());
        if (share == null
                || all == null
                || !e.freeIndices(count).isEmpty()
                || share.left() != Substitution.of(e, all.index(), sum.index()).apply(all.body())) {
            return null;
        }
        Expr isWithin = e.compare(Comparison.LESS_OR_EQUAL, count, all.index().extent());
        Expr isMost = e.compare(Comparison.GREATER, sum, e.constant(0.5));
        return e.select(
                e.binary(BinaryOp.AND, isWithin, isMost),
                without(all, i -> e.compare(Comparison.LESS, i, count), e),
                node);
    }

    /** Of a mean of sigmoids, or one weighted by a softmax, as several instances or judges of one label have. */
    private static @Nullable Expr ofOpposites(Expr node, Exprs e) {
        Expr.Binary share = binary(BinaryOp.SUBTRACT, operand(UnaryOp.LOG1M_EXP, node));
        Expr.Reduce all = share == null ? null : logSumExp(share.left());
        Expr opposite = share == null || all == null ? null : opposite(all, share.right(), e);
        return share == null || all == null || opposite == null
                ? null
                : e.select(
                        e.compare(Comparison.GREATER, share, e.constant(-Math.log(2))),
                        e.binary(
                                BinaryOp.SUBTRACT,
                                e.reduce(ReduceOp.LOG_SUM_EXP, all.index(), opposite),
                                share.right()),
                        node);
    }

    /** {@code log w + log σ(−x)} of a log-sum-exp of {@code log w + log σ(x)} with weights that are 1 together. */
    private static @Nullable Expr opposite(Expr.Reduce all, Expr sumOfWeights, Exprs e) {
        Expr alone = operand(UnaryOp.SOFTPLUS, operand(UnaryOp.NEGATE, all.body()));
        if (alone != null) {
            Expr count = operand(UnaryOp.TO_FLOAT, operand(UnaryOp.LOG, sumOfWeights));
            return count == all.index().extent()
                    ? e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, negated(alone, e)))
                    : null;
        }
        Expr.Binary weighted = binary(BinaryOp.SUBTRACT, all.body());
        Expr x = weighted == null ? null : operand(UnaryOp.SOFTPLUS, weighted.right());
        if (weighted == null || x == null) {
            return null;
        }
        Expr weight = weighted.left();
        return Patterns.bodyOver(all.index(), ReduceOp.LOG_SUM_EXP, sumOfWeights, e) == weight
                ? e.binary(BinaryOp.SUBTRACT, weight, e.unary(UnaryOp.SOFTPLUS, negated(x, e)))
                : null;
    }

    private static Expr without(Expr.Reduce all, Function<Expr.Index, Expr> isLeftOut, Exprs e) {
        Expr nothing = e.constant(Double.NEGATIVE_INFINITY);
        Expr others = e.reduce(
                ReduceOp.LOG_SUM_EXP, all.index(), e.select(isLeftOut.apply(all.index()), nothing, all.body()));
        return e.binary(BinaryOp.SUBTRACT, others, all);
    }
}
