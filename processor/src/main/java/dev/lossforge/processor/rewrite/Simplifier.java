package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Derivatives;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what differentiation leaves behind: factors of one, double negations, constant arithmetic, and differences
 * that cancel.
 */
public final class Simplifier {

    private Simplifier() {}

    public static Derivatives rewrite(Derivatives derivatives) {
        List<Rule> rules = new ArrayList<>(AlgebraRules.ALL);
        rules.add(ExponentialComplement.RULE);
        rules.add(LogisticErrors.SLOPE);
        return DerivativesRewriter.rewrite(derivatives, rules);
    }
}
