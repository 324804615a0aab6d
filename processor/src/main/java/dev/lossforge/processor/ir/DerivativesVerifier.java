package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks what every stage before lowering must keep true of a formula and its derivatives. A violation is a defect of a
 * stage, which would otherwise become wrong code, or a failure far from its cause. Types need no check here, because
 * {@link Exprs} refuses operands of a wrong type.
 *
 * <ul>
 *   <li>Every input that is read belongs to the formula, and is read at as many indices as it has axes.
 *   <li>No index is free in the value, and no state occurs outside its scan.
 *   <li>Only differentiated inputs have derivatives.
 *   <li>{@link Expr.Local}, which lowering introduces, does not occur.
 * </ul>
 */
public final class DerivativesVerifier {

    private final Derivatives derivatives;
    private final Set<Input> inputs;

    private DerivativesVerifier(Derivatives derivatives) {
        this.derivatives = derivatives;
        this.inputs = new HashSet<>(derivatives.formula().inputs());
    }

    /**
     * Returns its argument.
     *
     * @throws MalformedException if it is not well formed
     */
    public static Derivatives verified(Derivatives derivatives) {
        new DerivativesVerifier(derivatives).run();
        return derivatives;
    }

    /**
     * Returns its argument.
     *
     * @throws MalformedException if it is not well formed
     */
    public static Formula verified(Formula formula) {
        return verified(new Derivatives(formula, List.of(), List.of())).formula();
    }

    private void run() {
        Formula formula = derivatives.formula();
        for (Expr root : formula.roots()) {
            if (!formula.exprs().freeIndices(root).isEmpty()) {
                throw new MalformedException("an index or a state is free in '%s'", ExprText.brief(root));
            }
        }
        derivatives.gradient().forEach(this::check);
        derivatives.hessian().forEach(this::check);
        List<Expr> roots = new ArrayList<>(formula.roots());
        roots.addAll(derivatives.expressions());
        ExprNodes.of(roots).forEach(this::check);
    }

    private void check(Contribution contribution) {
        Input input = contribution.input();
        if (!inputs.contains(input) || !input.differentiated()) {
            throw new MalformedException("a derivative with respect to the constant '%s'", input.name());
        }
        checkIndices(input, contribution.indices());
        if (contribution.value().type() != Type.FLOAT) {
            throw new MalformedException(
                    "a derivative with respect to '%s' is %s",
                    input.name(), contribution.value().type());
        }
    }

    private void check(Expr node) {
        switch (node) {
            case Expr.Load load -> {
                if (!inputs.contains(load.input())) {
                    throw new MalformedException(
                            "'%s' is not an input of the formula", load.input().name());
                }
                checkIndices(load.input(), load.indices());
            }
            case Expr.Extent extent
            when extent.axis() >= extent.input().rank() ->
                throw new MalformedException(
                        "'%s' has no axis %d", extent.input().name(), extent.axis());
            case Expr.Local local -> throw new MalformedException("local '%s' before lowering", local.name());
            default -> {}
        }
    }

    private static void checkIndices(Input input, List<Expr> indices) {
        if (indices.size() != input.rank() || indices.stream().anyMatch(i -> i.type() != Type.INT)) {
            throw new MalformedException(
                    "'%s' has %d axes, but an entry at %s",
                    input.name(),
                    input.rank(),
                    indices.stream().map(ExprText::brief).toList());
        }
    }
}
