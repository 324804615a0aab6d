package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;

/**
 * Warns of what a formula's values may be, from the declared ranges of its inputs: no number, without a finite
 * derivative, or always the same. It looks at the stable form, which is what the kernel computes: {@code log(Σ eˣ)} is
 * fragile as written, and safe as {@code logΣexp}.
 */
public final class RangeChecks {

    private RangeChecks() {}

    /**
     * Reports what is doubtful; the formula stays as it is.
     *
     * @param formula in stable form, with the positions of what it was written as
     * @param declaration where the method is declared
     */
    public static void run(Formula formula, Position declaration, Reporter<Position> reporter) {
        Places places = new Places(formula, declaration);
        DomainCheck domains = new DomainCheck(places, reporter);
        KinkCheck kinks = new KinkCheck(places, reporter);
        IntervalAnalysis analysis = new IntervalAnalysis(formula.exprs(), (risk, path) -> {
            if (risk instanceof Risk.VerticalSlope slope) {
                kinks.report(slope, path);
            } else {
                domains.report(risk, path);
            }
        });
        Interval result = analysis.of(formula.value());
        ConstantCheck.run(formula, result, declaration, reporter);
    }
}
