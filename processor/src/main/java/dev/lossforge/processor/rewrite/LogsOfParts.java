package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code x·log x − (x + y)·log(x + m)}, as in the likelihood of a negative binomial distribution: where x is large, its
 * logarithms cancel, times x, and {@code m + x·(log1p(m / x) − m / x)} is what they differ by.
 */
final class LogsOfParts {

    static final Rule RULE = new Rule(
            "logs-of-part-and-whole",
            "x·log x − (x + y)·log(x + m)",
            "−(m + x·log1pRest(m / x)) − y·log(x + m) for |m| < x / 2",
            Rule.Assumption.REASSOCIATES,
            LogsOfParts::rewrite);

    private static final int MAX_TERMS = 12;

    private LogsOfParts() {}

    /** A term {@code w·log x}. */
    private record Log(SignedTerm term, Expr weight, Expr x) {

        static @Nullable Log of(SignedTerm term) {
            Expr.Binary guarded = binary(BinaryOp.XLOGY, term.value());
            if (guarded != null) {
                return new Log(term, guarded.left(), guarded.right());
            }
            Expr.Binary product = binary(BinaryOp.MULTIPLY, term.value());
            Expr left = product == null ? null : operand(UnaryOp.LOG, product.left());
            Expr right = product == null ? null : operand(UnaryOp.LOG, product.right());
            if (product != null && right != null) {
                return new Log(term, product.left(), right);
            }
            return product != null && left != null ? new Log(term, product.right(), left) : null;
        }
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        List<Log> logs = new ArrayList<>();
        for (SignedTerm term : terms) {
            Log log = Log.of(term);
            if (log != null) {
                logs.add(log);
            }
        }
        for (Log part : logs) {
            for (Log whole : logs) {
                if (part.weight == part.x && part.term.isNegative() != whole.term.isNegative()) {
                    Expr apart = apart(terms, part, whole, node, e);
                    if (apart != null) {
                        return apart;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable Expr apart(List<SignedTerm> terms, Log part, Log whole, Expr node, Exprs e) {
        Expr x = part.x;
        Expr m = PartsOfWholes.rest(x, whole.x, e);
        Expr y = whole.weight == x ? null : PartsOfWholes.rest(x, whole.weight, e);
        if (m == null || y == null && whole.weight != x) {
            return null;
        }
        boolean isNegative = whole.term.isNegative();
        Expr rest = e.unary(UnaryOp.LOG1P_REST, e.binary(BinaryOp.DIVIDE, m, x));
        List<SignedTerm> all = new ArrayList<>(terms);
        all.remove(part.term);
        all.remove(whole.term);
        all.add(new SignedTerm(m, isNegative));
        all.add(new SignedTerm(e.binary(BinaryOp.MULTIPLY, x, rest), isNegative));
        if (y != null) {
            all.add(new SignedTerm(e.binary(BinaryOp.MULTIPLY, y, e.unary(UnaryOp.LOG, whole.x)), isNegative));
        }
        return e.select(PartsOfWholes.isMost(x, m, e), SignedTerm.sum(all, e), node);
    }
}
