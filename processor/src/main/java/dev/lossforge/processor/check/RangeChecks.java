package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.List;
import java.util.function.BiConsumer;

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
        KinkCheck kinks = new KinkCheck(new Places(formula, declaration), reporter);
        Interval result = analyse(formula, declaration, reporter, kinks::report);
        ConstantCheck.run(formula, result, declaration, reporter);
    }

    /**
     * Reports what is doubtful about a part of a formula beside what is about the formula itself. A part has no
     * derivative and may be constant.
     *
     * @param part in stable form, as {@code formula} above
     */
    public static void runOnPart(Formula part, Position declaration, Reporter<Position> reporter) {
        analyse(part, declaration, reporter, (slope, path) -> {});
    }

    private static Interval analyse(
            Formula formula,
            Position declaration,
            Reporter<Position> reporter,
            BiConsumer<Risk.VerticalSlope, List<Expr>> slopes) {
        DomainCheck domains = new DomainCheck(new Places(formula, declaration), reporter);
        IntervalAnalysis analysis = new IntervalAnalysis(formula.exprs(), (risk, path) -> {
            if (risk instanceof Risk.VerticalSlope slope) {
                slopes.accept(slope, path);
            } else {
                domains.report(risk, path);
            }
        });
        return analysis.of(formula.value());
    }
}
