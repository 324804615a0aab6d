package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A term of a sum, and whether it is subtracted. Two are equal if their values are one node. */
record SignedTerm(Expr value, boolean isNegative) {

    /** The terms of a sum or difference, looked through to the last; none of what is neither or too long. */
    static List<SignedTerm> of(Expr sum) {
        List<SignedTerm> terms = new ArrayList<>();
        if (isSum(sum) && Patterns.isShort(sum)) {
            collect(sum, false, terms);
        }
        return terms;
    }

    /** The two operands of a sum or difference as they stand; none of what is neither. */
    static List<SignedTerm> operandsOf(Expr sum) {
        return isSum(sum) && sum instanceof Expr.Binary b
                ? List.of(new SignedTerm(b.left(), false), new SignedTerm(b.right(), b.op() == BinaryOp.SUBTRACT))
                : List.of();
    }

    /** The terms of a sum or difference, or a value as the only one. */
    static List<SignedTerm> ofAny(Expr value) {
        List<SignedTerm> terms = of(value);
        return terms.isEmpty() ? List.of(new SignedTerm(value, false)) : terms;
    }

    /** The terms of the opposite sum. */
    static List<SignedTerm> opposites(List<SignedTerm> terms) {
        return terms.stream()
                .map(term -> new SignedTerm(term.value(), !term.isNegative()))
                .toList();
    }

    private static boolean isSum(Expr node) {
        return node instanceof Expr.Binary b && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT);
    }

    private static void collect(Expr node, boolean isNegative, List<SignedTerm> terms) {
        Expr opposite = operand(UnaryOp.NEGATE, node);
        if (node instanceof Expr.Binary b && isSum(b)) {
            collect(b.left(), isNegative, terms);
            collect(b.right(), isNegative != (b.op() == BinaryOp.SUBTRACT), terms);
        } else if (opposite != null) {
            collect(opposite, !isNegative, terms);
        } else {
            terms.add(new SignedTerm(node, isNegative));
        }
    }

    /** The sum of some terms, of which there is one at least. */
    static Expr sum(List<SignedTerm> terms, Exprs e) {
        SignedTerm first = terms.getFirst();
        Expr sum = first.isNegative() ? e.unary(UnaryOp.NEGATE, first.value()) : first.value();
        for (SignedTerm term : terms.subList(1, terms.size())) {
            sum = e.binary(term.isNegative() ? BinaryOp.SUBTRACT : BinaryOp.ADD, sum, term.value());
        }
        return sum;
    }

    /** What is left of a sum without some of its terms; null if it lacks one of them. */
    static @Nullable List<SignedTerm> without(List<SignedTerm> terms, List<SignedTerm> some) {
        List<SignedTerm> left = new ArrayList<>(terms);
        for (SignedTerm term : some) {
            if (!left.remove(term)) {
                return null;
            }
        }
        return left;
    }

    SignedTerm over(Expr divisor, Exprs e) {
        return new SignedTerm(e.binary(BinaryOp.DIVIDE, value, divisor), isNegative);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedTerm term && term.value == value && term.isNegative == isNegative;
    }

    @Override
    public int hashCode() {
        return 2 * System.identityHashCode(value) + (isNegative ? 1 : 0);
    }
}
