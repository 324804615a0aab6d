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
 * Warns of values that may be NaN, lack a finite derivative, or are always the same, given the declared ranges of the
 * inputs. It checks the stable form, because the kernel computes this: {@code log(Σ eˣ)} is fragile as written, and
 * safe as {@code logΣexp}.
 */
public final class RangeChecks {

    private RangeChecks() {}

    /**
     * Reports doubtful values; it does not change the formula.
     *
     * @param formula the formula in stable form, with the positions of its original form
     * @param declaration the method's declaration
     */
    public static void run(Formula formula, Position declaration, Reporter<Position> reporter) {
        KinkCheck kinks = new KinkCheck(new Places(formula, declaration), reporter);
        Interval result = analyse(formula, declaration, reporter, kinks::report);
        ConstantCheck.run(formula, result, declaration, reporter);
    }

    /**
     * Reports doubtful values of a part of a formula, in addition to those of the formula. A part has no derivative and
     * may be constant.
     *
     * @param part the part in stable form, like {@code formula} above
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
