package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import org.jspecify.annotations.Nullable;

/**
 * A named rewrite.
 *
 * @param name what it is called in notes and tests, e.g. {@code log-sum-exp}
 * @param from the pattern, as mathematics
 * @param to the replacement, as mathematics
 * @param ofValue whether only the value needs the replacement, and the derivative is better taken of the pattern
 * @param rewrite the replacement of a node whose operands are rewritten already, or null where the pattern does not
 *     match
 */
public record Rule(String name, String from, String to, Assumption assumption, boolean ofValue, Rewrite rewrite) {

    /** A rule for value and derivative. */
    public Rule(String name, String from, String to, Assumption assumption, Rewrite rewrite) {
        this(name, from, to, assumption, false, rewrite);
    }

    /** Under what condition the two sides of a rule are the same. */
    public enum Assumption {
        /** Always, in real arithmetic and for infinities and NaN; the floating-point result is as good or better. */
        EXACT,
        /** Where no intermediate result of the original is infinite or NaN; elsewhere the replacement is the limit. */
        LIMIT,
        /** In real arithmetic; another order of operations may round differently. */
        REASSOCIATES
    }

    /** The work of a rule. */
    @FunctionalInterface
    public interface Rewrite {
        @Nullable
        Expr apply(Expr node, Exprs exprs);
    }
}
