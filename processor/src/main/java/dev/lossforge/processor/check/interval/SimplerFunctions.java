package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;

/** Functions of two numbers by simpler ones, whose intervals are theirs. */
final class SimplerFunctions {
    private final Exprs exprs;

    SimplerFunctions(Exprs exprs) {
        this.exprs = exprs;
    }

    /** {@code log(x / y)}. */
    Expr logQuotient(Expr.Binary node) {
        return exprs.unary(UnaryOp.LOG, binary(BinaryOp.DIVIDE, node));
    }

    /** {@code x·log(x / y)}; of an x that is not negative {@code x·log x − x·log y}, which needs no quotient. */
    Expr relativeEntropy(Expr.Binary node, boolean isNotNegative) {
        Expr x = node.left();
        return isNotNegative
                ? exprs.binary(
                        BinaryOp.SUBTRACT,
                        exprs.binary(BinaryOp.XLOGY, x, x),
                        exprs.binary(BinaryOp.XLOGY, x, node.right()))
                : exprs.binary(BinaryOp.XLOGY, x, binary(BinaryOp.XDIVY, node));
    }

    /** A difference of values of the gamma family, as it is defined. */
    Expr gammas(Expr.Binary node) {
        UnaryOp op = switch (node.op()) {
            case DIGAMMA_DIFFERENCE -> UnaryOp.DIGAMMA;
            case TRIGAMMA_DIFFERENCE -> UnaryOp.TRIGAMMA;
            default -> UnaryOp.LGAMMA;
        };
        Expr x = exprs.unary(op, node.left());
        Expr sum = exprs.unary(op, binary(BinaryOp.ADD, node));
        return node.op() == BinaryOp.LBETA
                ? exprs.binary(BinaryOp.ADD, x, exprs.binary(BinaryOp.SUBTRACT, exprs.unary(op, node.right()), sum))
                : exprs.binary(BinaryOp.SUBTRACT, sum, x);
    }

    private Expr binary(BinaryOp op, Expr.Binary node) {
        return exprs.binary(op, node.left(), node.right());
    }
}
