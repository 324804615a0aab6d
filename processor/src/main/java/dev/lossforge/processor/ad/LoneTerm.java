package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The only unmasked term of a short sum: {@code Σₖ (k == 1 ? ct(k) : 0)} over k &lt; 3 is {@code ct(1)}. The cases of
 * {@code logSumExp(3, k -> k == 0 ? a : k == 1 ? b : c)} get such sums.
 */
final class LoneTerm {

    /** The maximum number of terms; a longer sum remains a loop. */
    private static final int MAX_TERMS = 8;

    private final Expr.Index index;

    private LoneTerm(Expr.Index index) {
        this.index = index;
    }

    /** The sum of a cotangent over an index, if at most one term is not masked. */
    static Optional<Expr> of(Expr.Index index, Expr ct, Exprs exprs) {
        if (!(index.extent() instanceof Expr.IntConstant count) || count.value() > MAX_TERMS) {
            return Optional.empty();
        }
        LoneTerm term = new LoneTerm(index);
        int[] live = IntStream.range(0, count.value())
                .filter(k -> !term.isZero(ct, k))
                .toArray();
        return switch (live.length) {
            case 0 -> Optional.of(exprs.constant(0.0));
            case 1 ->
                Optional.of(
                        Substitution.of(exprs, index, exprs.constant(live[0])).apply(term.taken(ct, live[0])));
            default -> Optional.empty();
        };
    }

    private boolean isZero(Expr ct, int k) {
        Expr taken = taken(ct, k);
        return Cotangents.isZero(taken)
                || taken instanceof Expr.Select s && isZero(s.whenTrue(), k) && isZero(s.whenFalse(), k);
    }

    /** The cotangent without the masks that a value of the index decides. */
    private Expr taken(Expr ct, int k) {
        Expr taken = ct;
        while (taken instanceof Expr.Select s && decided(s.condition(), k).isPresent()) {
            taken = decided(s.condition(), k).orElseThrow() ? s.whenTrue() : s.whenFalse();
        }
        return taken;
    }

    private Optional<Boolean> decided(Expr condition, int k) {
        return condition instanceof Expr.Compare c
                        && c.op() == Comparison.EQUAL
                        && c.left() == index
                        && c.right() instanceof Expr.IntConstant at
                ? Optional.of(at.value() == k)
                : Optional.empty();
    }
}
