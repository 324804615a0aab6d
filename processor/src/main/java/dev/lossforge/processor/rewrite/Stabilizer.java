package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces what is numerically fragile in a formula by stable operations, before it is differentiated. Appears:
 * {@code LOG_SUM_EXP, SIGMOID, SOFTPLUS, EXPM1, LOG1P, LOG1M_EXP, LOG_COSH, HYPOT, XLOGY, XLOG1PY, XDIVY} in the place
 * of their spelt-out forms.
 */
public final class Stabilizer {

    private Stabilizer() {}

    /** A formula in stable form and what was done to get there. */
    public record Result(Formula formula, List<Application> applications) {}

    public static Result rewrite(Formula formula) {
        List<Rule> rules = new ArrayList<>(AlgebraRules.ALL);
        rules.addAll(StabilityRules.ALL);
        Rewriter rewriter = new Rewriter(formula.exprs(), rules);
        Expr value = rewriter.rewrite(formula.value());
        Formula stable = formula.with(value, formula.positions().after(rewriter::result));
        return new Result(
                stable,
                rewriter.applications().stream()
                        .filter(a -> StabilityRules.ALL.contains(a.rule()))
                        .toList());
    }
}
