package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A formula with its derivatives: what one kernel computes.
 *
 * @param gradient the gradient with respect to each differentiated input, as a sum of contributions
 * @param hessian the diagonal second derivative with respect to each prediction, empty unless requested
 */
public record Derivatives(Formula formula, List<Contribution> gradient, List<Contribution> hessian) {

    /** The expression of the loss itself. */
    public Expr value() {
        return formula.value();
    }

    /** All expressions: the loss, and the indices and values of all contributions. */
    public List<Expr> expressions() {
        List<Expr> all = new ArrayList<>(List.of(value()));
        for (List<Contribution> derivative : List.of(gradient, hessian)) {
            derivative.forEach(c -> {
                all.addAll(c.indices());
                all.add(c.value());
            });
        }
        return all;
    }
}
