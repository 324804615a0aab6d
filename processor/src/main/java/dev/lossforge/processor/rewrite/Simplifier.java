package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Derivatives;

/** Removes what differentiation leaves behind: factors of one, double negations, constant arithmetic. */
public final class Simplifier {

    private Simplifier() {}

    public static Derivatives rewrite(Derivatives derivatives) {
        return DerivativesRewriter.rewrite(derivatives, AlgebraRules.ALL);
    }
}
