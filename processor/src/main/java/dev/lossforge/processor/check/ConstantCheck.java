package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;

/** Warns of a result that turns out not to vary, with anything or with one prediction, though it seems to. */
final class ConstantCheck {

    private ConstantCheck() {}

    /**
     * @param formula in stable form
     * @param result what its value can be
     */
    static void run(Formula formula, Interval result, Position declaration, Reporter<Position> reporter) {
        if (result.isPoint()) {
            reporter.report(declaration, Message.RESULT_CONSTANT, Interval.text(result.low()));
            return;
        }
        formula.inputs().stream()
                .filter(Input::differentiated)
                .filter(i -> !new Activity(i::equals).isActive(formula.value()))
                .forEach(i -> reporter.report(
                        formula.positions().declarationOf(i).orElse(declaration),
                        Message.INFLUENCE_SIMPLIFIED_AWAY,
                        i.name()));
    }
}
