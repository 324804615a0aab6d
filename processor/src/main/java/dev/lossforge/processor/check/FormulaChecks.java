package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;

/** The last place where an error of the user can arise. The formula stays as it is. */
public final class FormulaChecks {

    private FormulaChecks() {}

    /** Reports what is wrong with the meaning of a formula, and what is doubtful; false if something is wrong. */
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
