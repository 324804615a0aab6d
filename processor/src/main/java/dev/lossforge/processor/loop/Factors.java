package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A product, split into factors that depend on an index and factors that do not: {@code Σ g(i)·h(j)} over j is
 * {@code g(i)·Σ h(j)}. If the sum has no terms, the factors must not multiply it, because they may be infinite.
 *
 * @param rest the factors that depend on the index
 */
record Factors(Expr rest, List<Expr> multiplied, List<Expr> divided, boolean negative) {

    static Factors of(Expr node) {
        return new Factors(node, List.of(), List.of(), false);
    }

    /** Takes factors that do not depend on the index out of the product, while {@code stranger} occurs in the rest. */
    static Factors without(Exprs exprs, Expr node, Expr.Index index, Expr.Index stranger) {
        List<Expr> multiplied = new ArrayList<>();
        List<Expr> divided = new ArrayList<>();
        boolean negative = false;
        Expr rest = node;
        while (exprs.freeIndices(rest).contains(stranger)) {
            if (rest instanceof Expr.Unary u && u.op() == UnaryOp.NEGATE) {
                negative = !negative;
                rest = u.operand();
            } else if (rest instanceof Expr.Binary b && isFactor(exprs, b, b.right(), index)) {
                (b.op() == BinaryOp.MULTIPLY ? multiplied : divided).add(b.right());
                rest = b.left();
            } else if (rest instanceof Expr.Binary b
                    && b.op() == BinaryOp.MULTIPLY
                    && isFactor(exprs, b, b.left(), index)) {
                multiplied.add(b.left());
                rest = b.right();
            } else {
                break;
            }
        }
        return new Factors(rest, multiplied, divided, negative);
    }

    private static boolean isFactor(Exprs exprs, Expr.Binary product, Expr factor, Expr.Index index) {
        return (product.op() == BinaryOp.MULTIPLY || product.op() == BinaryOp.DIVIDE)
                && !exprs.freeIndices(factor).contains(index);
    }

    boolean isEmpty() {
        return multiplied.isEmpty() && divided.isEmpty() && !negative;
    }

    /** The product of the factors and the sum over the rest. */
    Expr times(Exprs exprs, Expr sum, UnaryOperator<Expr> place) {
        Expr product = negative ? exprs.unary(UnaryOp.NEGATE, sum) : sum;
        for (Expr factor : multiplied) {
            product = exprs.binary(BinaryOp.MULTIPLY, product, place.apply(factor));
        }
        for (Expr divisor : divided) {
            product = exprs.binary(BinaryOp.DIVIDE, product, place.apply(divisor));
        }
        return product;
    }
}
