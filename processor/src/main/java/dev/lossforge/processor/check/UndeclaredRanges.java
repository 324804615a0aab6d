package dev.lossforge.processor.check;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The hyperparameters without a declared range that a warning has named. Everything computed from them alone, such as
 * {@code 1 − p} and {@code 2 − p}, would get a warning with the same cause and the same remedy; one is enough.
 */
final class UndeclaredRanges {

    private final Set<Input> named = new HashSet<>();

    /** Whether a value depends on nothing but hyperparameters that have been named; they are from now on. */
    boolean areNamed(Expr value) {
        List<Input> inputs = ExprNodes.of(value).stream()
                .filter(n -> n instanceof Expr.Load)
                .map(n -> ((Expr.Load) n).input())
                .toList();
        boolean undeclared = !inputs.isEmpty() && inputs.stream().allMatch(UndeclaredRanges::isUndeclared);
        return undeclared && !named.addAll(inputs);
    }

    private static boolean isUndeclared(Input input) {
        return input.role() == Role.PARAMETER
                && input.min() == Double.NEGATIVE_INFINITY
                && input.max() == Double.POSITIVE_INFINITY;
    }
}
