package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.onePlus;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for hyperbolic functions that are written with exponentials: these overflow, and cancel near 0. */
final class HyperbolicRules {

    static final List<Rule> ALL = List.of(
            new Rule("tanh", "(eˣ − 1) / (eˣ + 1), 2·σ(x) − 1", "tanh(x / 2)", LIMIT, HyperbolicRules::ofHalf),
            new Rule(
                    "tanh-quotient",
                    "sinh x / cosh x, (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)",
                    "tanh x",
                    LIMIT,
                    HyperbolicRules::quotient),
            new Rule("sinh-cosh", "(eˣ ∓ e⁻ˣ) / 2", "sinh x, cosh x", EXACT, HyperbolicRules::half));

    private HyperbolicRules() {}

    private static @Nullable Expr ofHalf(Expr node, Exprs e) {
        Expr x = twiceSigmoid(Patterns.minusOne(node));
        Expr y = twiceSigmoid(oneMinus(node));
        if (x != null) {
            return tanhOfHalf(x, e);
        }
        if (y != null) {
            return e.unary(UnaryOp.NEGATE, tanhOfHalf(y, e));
        }
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr u = quotient == null ? null : operand(UnaryOp.EXPM1, quotient.left());
        if (quotient != null && u != null && operand(UnaryOp.EXP, onePlus(quotient.right())) == u) {
            return tanhOfHalf(u, e);
        }
        return null;
    }

    private static @Nullable Expr quotient(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (quotient == null) {
            return null;
        }
        Expr sinh = operand(UnaryOp.SINH, quotient.left());
        Expr cosh = operand(UnaryOp.COSH, quotient.right());
        Expr x = sinh != null ? sinh : oppositeExponents(BinaryOp.SUBTRACT, quotient.left());
        Expr y = sinh != null ? cosh : oppositeExponents(BinaryOp.ADD, quotient.right());
        return x != null && y != null && (x == y || Opposites.are(x, y)) ? e.unary(UnaryOp.TANH, x) : null;
    }

    private static @Nullable Expr twiceSigmoid(@Nullable Expr node) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        return product != null && isConstant(product.left(), 2) ? operand(UnaryOp.SIGMOID, product.right()) : null;
    }

    private static Expr tanhOfHalf(Expr x, Exprs e) {
        return e.unary(UnaryOp.TANH, e.binary(BinaryOp.MULTIPLY, e.constant(0.5), x));
    }

    /** The x of {@code eˣ op e⁻ˣ}. */
    private static @Nullable Expr oppositeExponents(BinaryOp op, Expr node) {
        Expr.Binary pair = binary(op, node);
        Expr x = pair == null ? null : operand(UnaryOp.EXP, pair.left());
        Expr y = pair == null ? null : operand(UnaryOp.EXP, pair.right());
        return x != null && y != null && Opposites.are(x, y) ? x : null;
    }

    private static @Nullable Expr half(Expr node, Exprs e) {
        Expr.Binary half = Patterns.half(node);
        Expr pair = half == null ? null : half.op() == BinaryOp.DIVIDE ? half.left() : half.right();
        if (pair == null) {
            return null;
        }
        Expr x = oppositeExponents(BinaryOp.SUBTRACT, pair);
        return x != null
                ? e.unary(UnaryOp.SINH, x)
                : Patterns.map(oppositeExponents(BinaryOp.ADD, pair), y -> e.unary(UnaryOp.COSH, y));
    }
}
