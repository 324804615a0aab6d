package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The squared side of a triangle by the other two and the angle between them, as in the density of a wrapped Cauchy
 * distribution. Where the sides are nearly equal and the angle is small, all its digits cancel.
 */
final class LawOfCosines {

    static final Rule RULE = new Rule(
            "law-of-cosines",
            "a² + b² − 2·a·b·cos x, c − c·cos x",
            "(a − b)² + 4·a·b·sin²(x / 2), 2·c·sin²(x / 2)",
            Rule.Assumption.REASSOCIATES,
            LawOfCosines::rewrite);

    private LawOfCosines() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() != 2 && terms.size() != 3) {
            return null;
        }
        List<Monomial> others = new ArrayList<>(terms.stream().map(Monomial::of).toList());
        for (Monomial term : List.copyOf(others)) {
            for (Monomial.Power power : term.powers()) {
                Expr angle = power.exponent() == 1 ? operand(UnaryOp.COS, power.value()) : null;
                if (angle != null && others.remove(term)) {
                    return side(others, term.over(Monomial.of(power)).times(-1), angle, e);
                }
            }
        }
        return null;
    }

    private static @Nullable Expr side(List<Monomial> others, Monomial twice, Expr angle, Exprs e) {
        Expr half = e.unary(UnaryOp.SIN, e.binary(BinaryOp.MULTIPLY, e.constant(0.5), angle));
        Expr chord = twice.times(2).times(e.unary(UnaryOp.SQUARE, half), e);
        if (others.size() == 1) {
            return others.getFirst().isSame(twice) ? chord : null;
        }
        Monomial a = root(others.getFirst());
        Monomial b = root(others.getLast());
        if (a == null || b == null || !a.times(b).times(2).isSame(twice)) {
            return null;
        }
        Expr one = e.constant(1.0);
        Expr difference = e.binary(BinaryOp.SUBTRACT, a.times(one, e), b.times(one, e));
        return e.binary(BinaryOp.ADD, e.unary(UnaryOp.SQUARE, difference), chord);
    }

    /** The product of which another is the square, or null. */
    private static @Nullable Monomial root(Monomial square) {
        boolean isSquare = square.factor() > 0
                && square.powers().stream().allMatch(power -> power.exponent() > 0 && power.exponent() % 2 == 0);
        return isSquare
                ? new Monomial(
                        Math.sqrt(square.factor()),
                        square.powers().stream()
                                .map(power -> new Monomial.Power(power.value(), power.exponent() / 2))
                                .toList())
                : null;
    }
}
