package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Part;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.Approximation;
import dev.lossforge.processor.testing.BoundedDerivatives;
import dev.lossforge.processor.testing.ErrorBounds;
import dev.lossforge.processor.testing.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a kernel must find for one unit without a weight, and by how much it may miss it: the stable form and its
 * derivatives in double precision, with bounds of what floats make of them. Derivatives by input and position; those
 * that are not there are 0.
 */
record Expectation(
        Approximation value,
        Map<String, Approximation> gradient,
        Map<String, Approximation> hessian,
        Map<String, Approximation> parts) {

    private static final Approximation ZERO = new Approximation(0, 0);

    /**
     * What is expected at some inputs.
     *
     * @param formula as it was read
     * @param precise what its kernel is made from
     * @param floats as the kernel computes with them
     */
    static Expectation of(Formula formula, Derivatives precise, InputValues values, Precision floats) {
        Map<String, Approximation> parts = new LinkedHashMap<>();
        formula.parts().forEach(part -> parts.put(part.name(), bounds(ofPart(formula, part), values, floats)));
        return new Expectation(
                bounds(precise.formula(), values, floats),
                BoundedDerivatives.of(formula.exprs(), precise.gradient(), values, floats),
                BoundedDerivatives.of(formula.exprs(), precise.hessian(), values, floats),
                parts);
    }

    private static Formula ofPart(Formula formula, Part part) {
        Formula stable = Stabilizer.rewrite(formula.ofPart(part)).formula();
        return LogSumExpSplitter.rewrite(Simplifier.rewrite(new Derivatives(stable, List.of(), List.of())))
                .formula();
    }

    private static Approximation bounds(Formula formula, InputValues values, Precision floats) {
        return new ErrorBounds(formula.exprs(), values, floats).of(formula.value(), Map.of());
    }

    /** The entry of a derivative of the first or second order. */
    Approximation derivative(int order, String key) {
        return (order == 1 ? gradient : hessian).getOrDefault(key, ZERO);
    }
}
