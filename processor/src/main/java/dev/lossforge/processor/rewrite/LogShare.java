package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm of an entry of a softmax.
 *
 * @param entry what the softmax is of
 * @param total the log-sum-exp of all entries
 */
record LogShare(Expr entry, Expr total) {

    /** Terms {@code x − logΣexp x} over an index, in any order; or null. */
    static @Nullable LogShare of(List<SignedTerm> terms, Expr.Index index, Exprs e) {
        for (SignedTerm term : terms) {
            Expr entry = term.isNegative() ? Patterns.bodyOver(index, ReduceOp.LOG_SUM_EXP, term.value(), e) : null;
            List<SignedTerm> rest = entry == null ? null : SignedTerm.without(terms, List.of(term));
            rest = entry == null || rest == null ? null : SignedTerm.without(rest, SignedTerm.ofAny(entry));
            if (entry != null && rest != null && rest.isEmpty()) {
                return new LogShare(entry, term.value());
            }
        }
        return null;
    }

    /**
     * The difference of two: of the entries, less that of the totals. So an error of the totals is one for all entries,
     * and cancels in sums in which first orders do.
     */
    Expr minus(LogShare other, Exprs e) {
        Expr entries = e.binary(BinaryOp.SUBTRACT, entry, other.entry);
        return e.binary(BinaryOp.SUBTRACT, entries, e.binary(BinaryOp.SUBTRACT, total, other.total));
    }
}
