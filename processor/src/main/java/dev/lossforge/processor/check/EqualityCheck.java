package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Warns of {@code ==} between floats that are computed from predictions: rounding decides whether they are equal.
 * Equality of targets, which are not computed, is common and correct.
 */
final class EqualityCheck {

    private EqualityCheck() {}

    static void run(Formula formula, Reporter<Position> reporter) {
        Activity activity = new Activity(Input::differentiated);
        Set<Expr> divisors = divisors(formula);
        for (Expr node : Nodes.below(formula.exprs(), formula.roots())) {
            if (node instanceof Expr.Compare c
                    && (c.op() == Comparison.EQUAL || c.op() == Comparison.NOT_EQUAL)
                    && (activity.isActive(c.left()) || activity.isActive(c.right()))
                    && !isGuard(c, divisors)) {
                formula.positions().of(node).forEach(p -> reporter.report(p, Message.FLOAT_EQUALITY));
            }
        }
    }

    private static Set<Expr> divisors(Formula formula) {
        Set<Expr> divisors = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Expr node : Nodes.below(formula.exprs(), formula.roots())) {
            if (node instanceof Expr.Binary b && b.op() == BinaryOp.DIVIDE) {
                divisors.add(b.right());
            }
        }
        return divisors;
    }

    /** A comparison with 0 of what the formula divides by: that alone is infinite, and no number beside it. */
    private static boolean isGuard(Expr.Compare comparison, Set<Expr> divisors) {
        return isZero(comparison.right()) && divisors.contains(comparison.left())
                || isZero(comparison.left()) && divisors.contains(comparison.right());
    }

    private static boolean isZero(Expr node) {
        return node instanceof Expr.Constant c && c.value() == 0;
    }
}
