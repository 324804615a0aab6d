package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.UnaryOp;

/** Refuses what would need the derivative of trigamma, the last of its family that the language has. */
final class DerivativeCheck {

    private DerivativeCheck() {}

    static void run(Formula formula, Reporter<Position> reporter) {
        Activity activity = new Activity(Input::differentiated);
        for (Expr node : Nodes.below(formula.exprs(), formula.value())) {
            if (node instanceof Expr.Unary u && (activity.isActive(u) || hasState(formula, u))) {
                if (u.op() == UnaryOp.TRIGAMMA) {
                    report(formula, u, "first", reporter);
                } else if (u.op() == UnaryOp.DIGAMMA && formula.diagonalHessian()) {
                    report(formula, u, "second", reporter);
                }
            }
        }
    }

    /** Whether a value depends on a state, which may vary with anything. */
    private static boolean hasState(Formula formula, Expr node) {
        return Nodes.below(formula.exprs(), node).stream().anyMatch(n -> n instanceof Expr.State);
    }

    private static void report(Formula formula, Expr.Unary node, String order, Reporter<Position> reporter) {
        formula.positions().of(node).stream()
                .findFirst()
                .ifPresent(p -> reporter.report(p, Message.NO_DERIVATIVE, order, OperationNames.of(node.op())));
    }
}
