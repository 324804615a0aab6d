package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what differentiation leaves behind: factors of one, double negations, constant arithmetic.
 * {@code LOG_SUM_EXP} disappears; {@code LOG_SUM_EXP_EXCESS} appears.
 */
public final class Simplifier {

    private final Rewriter rewriter;

    private Simplifier(Derivatives derivatives) {
        this.rewriter = new Rewriter(derivatives.formula().exprs(), rules());
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(AlgebraRules.ALL);
        rules.addAll(LogSumExpRules.ALL);
        return rules;
    }

    public static Derivatives rewrite(Derivatives derivatives) {
        return new Simplifier(derivatives).run(derivatives);
    }

    private Derivatives run(Derivatives derivatives) {
        return new Derivatives(
                derivatives.formula().withValue(rewriter.rewrite(derivatives.value())),
                simplify(derivatives.gradient()),
                simplify(derivatives.hessian()));
    }

    private List<Contribution> simplify(List<Contribution> contributions) {
        return contributions.stream()
                .map(c -> new Contribution(
                        c.input(), c.indices().stream().map(rewriter::rewrite).toList(), rewriter.rewrite(c.value())))
                .toList();
    }
}
