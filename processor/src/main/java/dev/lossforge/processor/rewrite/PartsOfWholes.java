package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part and the whole that it belongs to. Where it is nearly all of that, what tells them apart is the rest. */
final class PartsOfWholes {

    private PartsOfWholes() {}

    /** The y of {@code whole = part + y}, by the terms of both; or null. */
    static @Nullable Expr rest(Expr part, Expr whole, Exprs e) {
        List<SignedTerm> rest = SignedTerm.without(SignedTerm.of(whole), SignedTerm.ofAny(part));
        return rest == null || rest.isEmpty() ? null : SignedTerm.sum(rest, e);
    }

    /** Whether so little is missing that the logarithm of the part's share loses digits. */
    static Expr isMost(Expr part, Expr rest, Exprs e) {
        Expr half = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), part);
        return e.compare(Comparison.LESS, e.unary(UnaryOp.ABS, rest), half);
    }

    /** {@code log(whole / part)}. */
    static Expr logOfWhole(Expr part, Expr rest, Exprs e) {
        return e.unary(UnaryOp.LOG1P, e.binary(BinaryOp.DIVIDE, rest, part));
    }

    /**
     * Of a quotient whose logarithm is taken apart, because that of one side has a form of its own, or that of the rest
     * has: {@code log(r / (r + eˣ))}.
     *
     * @param logOf that logarithm, or null
     */
    static @Nullable Expr logOfQuotient(Expr node, Exprs e, Rule.Rewrite logOf) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, operand(UnaryOp.LOG, node));
        if (quotient == null) {
            return null;
        }
        Expr x = quotient.left();
        Expr y = quotient.right();
        Expr restOfDivisor = rest(x, y, e);
        Expr restOfDividend = rest(y, x, e);
        if (restOfDivisor != null && logOf.apply(x, e) != null) {
            Expr log = e.unary(UnaryOp.NEGATE, logOfWhole(x, restOfDivisor, e));
            return e.select(isMost(x, restOfDivisor, e), log, difference(x, y, e));
        }
        Expr scaled = restOfDivisor == null || logOf.apply(restOfDivisor, e) == null
                ? null
                : WeightedExponentials.logOf(quotient, e);
        if (restOfDivisor != null && scaled != null) {
            Expr log = e.unary(UnaryOp.NEGATE, logOfWhole(x, restOfDivisor, e));
            return e.select(isMost(x, restOfDivisor, e), log, scaled);
        }
        return restOfDividend != null && logOf.apply(y, e) != null
                ? e.select(isMost(y, restOfDividend, e), logOfWhole(y, restOfDividend, e), difference(x, y, e))
                : null;
    }

    private static Expr difference(Expr x, Expr y, Exprs e) {
        return e.binary(BinaryOp.SUBTRACT, e.unary(UnaryOp.LOG, x), e.unary(UnaryOp.LOG, y));
    }
}
