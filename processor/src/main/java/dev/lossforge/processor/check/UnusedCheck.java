package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.HashSet;
import java.util.Set;

/** Warns of targets and hyperparameters that the result does not depend on at all; for predictions that is an error. */
final class UnusedCheck {

    private UnusedCheck() {}

    static void run(Formula formula, Reporter<Position> reporter) {
        Set<Input> used = new HashSet<>();
        for (Expr node : Nodes.below(formula.exprs(), formula.roots())) {
            if (node instanceof Expr.Load load) {
                used.add(load.input());
            } else if (node instanceof Expr.Extent extent) {
                used.add(extent.input());
            }
        }
        formula.inputs().stream()
                .filter(i -> !i.differentiated() && !used.contains(i))
                .forEach(i -> formula.positions()
                        .declarationOf(i)
                        .ifPresent(p -> reporter.report(p, Message.INPUT_UNUSED, i.name())));
    }
}
