package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import java.util.List;

/** Applies rules to the value and to every derivative of a formula. */
final class DerivativesRewriter {

    private final Rewriter rewriter;

    private DerivativesRewriter(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    static Derivatives rewrite(Derivatives derivatives, List<Rule> rules) {
        Rewriter rewriter = new Rewriter(derivatives.formula().exprs(), rules);
        return new DerivativesRewriter(rewriter).rewrite(derivatives);
    }

    private Derivatives rewrite(Derivatives derivatives) {
        return new Derivatives(
                derivatives.formula().withValue(rewriter.rewrite(derivatives.value())),
                rewrite(derivatives.gradient()),
                rewrite(derivatives.hessian()));
    }

    private List<Contribution> rewrite(List<Contribution> contributions) {
        return contributions.stream()
                .map(c -> new Contribution(
                        c.input(), c.indices().stream().map(rewriter::rewrite).toList(), rewriter.rewrite(c.value())))
                .toList();
    }
}
