package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;

/** The last stage that can find an error of the user. It does not change the formula. */
public final class FormulaChecks {

    private FormulaChecks() {}

    /** Reports errors and doubtful places in the meaning of a formula; returns false if there is an error. */
    public static boolean run(Formula formula, Reporter<Position> reporter) {
        int errors = reporter.errors();
        InfluenceCheck.run(formula, reporter);
        IndexCheck.run(formula, reporter);
        ScanCheck.run(formula, reporter);
        EqualityCheck.run(formula, reporter);
        UnusedCheck.run(formula, reporter);
        return reporter.errors() == errors;
    }
}
