package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.SourceMap.Position;

/** Notes exponentials whose operand can be so large that they overflow. */
final class OverflowCheck {

    private final Places places;
    private final Reporter<Position> reporter;

    OverflowCheck(Places places, Reporter<Position> reporter) {
        this.places = places;
        this.reporter = reporter;
    }

    void report(Finding finding) {
        Risk.Overflow overflow = (Risk.Overflow) finding.risk();
        reporter.report(
                places.of(finding.path()),
                Message.OVERFLOW,
                overflow.operation() instanceof Expr.Unary u ? OperationNames.of(u.op()) : "pow",
                Places.quoted(overflow.operand(), "its operand"),
                Interval.text(overflow.limit()),
                overflow.found());
    }
}
