package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logarithms of two sums of exponentials, one of which has all terms of the other: {@code log(eˣ + eʸ) − log(eˣ +
 * eʸ + eᶻ)}. Where the further terms are small, the difference of the logarithms is little but rounding.
 */
final class LogSumExpDifference {

    static final Rule RULE = new Rule(
            "difference-of-log-sum-exps",
            "logΣexp(x, y) − logΣexp(x, y, z)",
            "−softplus(z − logΣexp(x, y))",
            Rule.Assumption.LIMIT,
            LogSumExpDifference::rewrite);

    private static final int MAX_TERMS = 8;

    private LogSumExpDifference() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null) {
            return null;
        }
        Expr more = excess(difference.left(), difference.right(), e);
        Expr less = excess(difference.right(), difference.left(), e);
        return less != null ? e.unary(UnaryOp.NEGATE, less) : more;
    }

    /** {@code whole − part}, or null. */
    private static @Nullable Expr excess(Expr whole, Expr part, Exprs e) {
        List<SignedTerm> others = terms(whole, e);
        List<SignedTerm> terms = terms(part, e);
        boolean isPart = terms.size() > 1
                && others.size() <= MAX_TERMS
                && terms.stream().allMatch(others::remove)
                && !others.isEmpty();
        return isPart ? e.unary(UnaryOp.SOFTPLUS, e.binary(BinaryOp.SUBTRACT, sum(others, e), part)) : null;
    }

    private static List<SignedTerm> terms(Expr node, Exprs e) {
        List<SignedTerm> terms = new ArrayList<>();
        collect(node, terms, e);
        return terms;
    }

    private static void collect(Expr node, List<SignedTerm> terms, Exprs e) {
        if (node instanceof Expr.Reduce r
                && r.op() == ReduceOp.LOG_SUM_EXP
                && r.index().extent() instanceof Expr.IntConstant two
                && two.value() == 2
                && r.body() instanceof Expr.Select s
                && s.condition() instanceof Expr.Compare c
                && c.op() == Comparison.EQUAL
                && c.left() == r.index()
                && !e.freeIndices(s.whenTrue()).contains(r.index())
                && !e.freeIndices(s.whenFalse()).contains(r.index())
                && terms.size() <= MAX_TERMS) {
            collect(s.whenTrue(), terms, e);
            collect(s.whenFalse(), terms, e);
        } else {
            terms.add(new SignedTerm(node, false));
        }
    }

    private static Expr sum(List<SignedTerm> exponents, Exprs e) {
        return exponents.stream()
                .map(SignedTerm::value)
                .reduce((x, y) -> Logarithms.logSumExp(x, y, e))
                .orElseThrow();
    }
}
