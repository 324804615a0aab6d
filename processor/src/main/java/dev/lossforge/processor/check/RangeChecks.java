package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Warns of values that may be NaN, lack a finite derivative, or are always the same, given the declared ranges of the
 * inputs. It checks the stable form, because the kernel computes this: {@code log(Σ eˣ)} is fragile as written, and
 * safe as {@code logΣexp}. What it finds there, it tells of the {@linkplain WrittenForm form as written}.
 */
public final class RangeChecks {

    private final Formula formula;
    private final DomainCheck domains;
    private final KinkCheck kinks;
    private final WrittenForm written;
    private final UndeclaredRanges undeclared;
    private final List<Finding> found = new ArrayList<>();

    private RangeChecks(Formula formula, Position declaration, Reporter<Position> reporter) {
        Places places = new Places(formula, declaration);
        this.formula = formula;
        this.domains = new DomainCheck(places, reporter);
        this.kinks = new KinkCheck(places, reporter);
        this.written = new WrittenForm(formula);
        this.undeclared = UndeclaredRanges.of(formula);
    }

    /**
     * Reports doubtful values; it does not change the formula.
     *
     * @param formula the formula in stable form, with the positions of its original form
     * @param declaration the method's declaration
     */
    public static void run(Formula formula, Position declaration, Reporter<Position> reporter) {
        RangeChecks checks = new RangeChecks(formula, declaration, reporter);
        Interval result = checks.analyse();
        checks.reportKinks();
        checks.reportDomains();
        checks.reportHyperparameters();
        ConstantCheck.run(formula, result, declaration, reporter);
    }

    /**
     * Reports doubtful values of a part of a formula, in addition to those of the formula. A part has no derivative and
     * may be constant, and the formula's hyperparameters have been reported.
     *
     * @param part the part in stable form, like {@code formula} above
     */
    public static void runOnPart(Formula part, Position declaration, Reporter<Position> reporter) {
        RangeChecks checks = new RangeChecks(part, declaration, reporter);
        checks.analyse();
        checks.reportDomains();
    }

    /** Reports exponentials that can overflow. No range is declared in most formulas, so this is only on request. */
    public static void runOnOverflow(Formula formula, Position declaration, Reporter<Position> reporter) {
        RangeChecks checks = new RangeChecks(formula, declaration, reporter);
        OverflowCheck overflows = new OverflowCheck(new Places(formula, declaration), reporter);
        checks.analyse();
        checks.found.stream()
                .filter(f -> f.risk() instanceof Risk.Overflow)
                .flatMap(f -> checks.written.of(f).stream().filter(f::isOfKind))
                .forEach(overflows::report);
    }

    private Interval analyse() {
        return new IntervalAnalysis(formula.exprs(), (risk, path) -> found.add(new Finding(risk, path)))
                .of(formula.value());
    }

    private void reportKinks() {
        found.stream()
                .filter(f -> f.risk() instanceof Risk.VerticalSlope)
                .filter(kinks::matters)
                .forEach(f -> written.of(f).stream()
                        .filter(f::isOfKind)
                        .filter(kinks::matters)
                        .findFirst()
                        .ifPresentOrElse(kinks::report, () -> kinks.report(f)));
    }

    private void reportDomains() {
        found.stream()
                .filter(f -> f.isOfDomain() && !undeclared.cause(f))
                .flatMap(f -> written.of(f).stream())
                .forEach(domains::report);
    }

    /** Reports the first of what is there for want of hyperparameters' ranges, with the remedy for all. */
    private void reportHyperparameters() {
        List<Finding> caused = found.stream()
                .filter(f -> f.isOfDomain() && undeclared.cause(f))
                .toList();
        List<Finding> asWritten =
                caused.stream().flatMap(f -> written.of(f).stream()).distinct().toList();
        if (asWritten.size() == 1) {
            domains.report(asWritten.getFirst());
        } else if (!asWritten.isEmpty()) {
            boolean removed = caused.stream().allMatch(undeclared::isRemovedByRange);
            domains.report(asWritten.getFirst(), undeclared.causing(caused), removed);
        }
    }
}
