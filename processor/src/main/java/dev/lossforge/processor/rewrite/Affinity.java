package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the affinity of two softmaxes, {@code Σ √(p·q)}, is less than 1: half the squared distance of their roots. */
final class Affinity {

    static final Rule RULE = new Rule(
            "affinity", "1 − Σ √(p·q)", "½·Σ (√p − √q)²", Rule.Assumption.REASSOCIATES, true, Affinity::rewrite);

    private Affinity() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        if (!(Patterns.oneMinus(node) instanceof Expr.Reduce sum) || sum.op() != ReduceOp.SUM) {
            return null;
        }
        Expr exponent = operand(UnaryOp.EXP, operand(UnaryOp.SQRT, sum.body()));
        List<Expr> shares = exponent == null ? List.of() : logShares(SignedTerm.of(exponent), sum.index(), e);
        if (shares.size() != 2) {
            return null;
        }
        Expr gap = times(0.5, e.binary(BinaryOp.SUBTRACT, shares.get(0), shares.get(1)), e);
        Expr first = e.unary(UnaryOp.EXP, times(0.5, shares.get(0), e));
        Expr second = e.unary(UnaryOp.EXP, times(0.5, shares.get(1), e));
        Expr near = e.binary(BinaryOp.MULTIPLY, second, e.unary(UnaryOp.EXPM1, gap));
        Expr difference = e.select(OddSeries.isBelow(gap, 1, e), near, e.binary(BinaryOp.SUBTRACT, first, second));
        return times(0.5, e.reduce(ReduceOp.SUM, sum.index(), e.unary(UnaryOp.SQUARE, difference)), e);
    }

    /** The terms in pairs {@code x − logΣexp x}; fewer if some are left over. */
    private static List<Expr> logShares(List<SignedTerm> terms, Expr.Index index, Exprs e) {
        List<Expr> shares = new ArrayList<>();
        List<SignedTerm> left = new ArrayList<>(terms);
        for (SignedTerm term : terms) {
            Expr entry = term.isNegative() ? Patterns.bodyOver(index, ReduceOp.LOG_SUM_EXP, term.value(), e) : null;
            if (entry != null && left.remove(new SignedTerm(entry, false)) && left.remove(term)) {
                shares.add(e.binary(BinaryOp.SUBTRACT, entry, term.value()));
            }
        }
        return left.isEmpty() ? shares : List.of();
    }

    private static Expr times(double c, Expr x, Exprs e) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(c), x);
    }
}
