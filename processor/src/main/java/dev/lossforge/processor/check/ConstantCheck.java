package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;

/** Warns of a result that seems to depend on its inputs, or on a prediction, but is constant. */
final class ConstantCheck {

    private ConstantCheck() {}

    /**
     * @param formula the formula in stable form
     * @param result the interval of its values
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
