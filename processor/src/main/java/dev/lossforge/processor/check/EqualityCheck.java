package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;

/**
 * Warns of {@code ==} between floats that are computed from predictions: rounding decides whether they are equal.
 * Equality of targets, which are not computed, is common and correct.
 */
final class EqualityCheck {

    private EqualityCheck() {}

    static void run(Formula formula, Reporter<Position> reporter) {
        Activity activity = new Activity(Input::differentiated);
        for (Expr node : Nodes.below(formula.exprs(), formula.roots())) {
            if (node instanceof Expr.Compare c
                    && (c.op() == Comparison.EQUAL || c.op() == Comparison.NOT_EQUAL)
                    && (activity.isActive(c.left()) || activity.isActive(c.right()))) {
                formula.positions().of(node).forEach(p -> reporter.report(p, Message.FLOAT_EQUALITY));
            }
        }
    }
}
