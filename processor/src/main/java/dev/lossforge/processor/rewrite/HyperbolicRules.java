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
            new Rule("hyperbolic-divisor", "y / cosh x", "y·e^(−log cosh x)", LIMIT, HyperbolicRules::overCosine),
            new Rule("sinh-cosh", "(eˣ ∓ e⁻ˣ) / 2", "sinh x, cosh x", EXACT, HyperbolicRules::half),
            new Rule("asinh", "log(√(1 + x²) ± x)", "±asinh x", LIMIT, HyperbolicRules::inverseSine),
            new Rule("atanh", "log((1 + x) / (1 − x))", "2·atanh x", LIMIT, HyperbolicRules::inverseTangent),
            new Rule("inverse", "atanh(tanh x), asinh(sinh x), sinh(asinh x)", "x", LIMIT, HyperbolicRules::inverse),
            new Rule("atanh-of-two", "log1p(x) − log1p(−x)", "2·atanh x", LIMIT, HyperbolicRules::inverseTangentOfTwo));

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
        if (x == null) {
            return overTangent(quotient, e);
        }
        return y != null && (x == y || Opposites.are(x, y)) ? e.unary(UnaryOp.TANH, x) : null;
    }

    /** {@code y·cosh x / sinh x} is {@code y / tanh x}. */
    private static @Nullable Expr overTangent(Expr.Binary quotient, Exprs e) {
        Expr x = operand(UnaryOp.SINH, quotient.right());
        Expr factor = x == null ? null : without(UnaryOp.COSH, x, quotient.left(), e);
        return x == null || factor == null ? null : e.binary(BinaryOp.DIVIDE, factor, e.unary(UnaryOp.TANH, x));
    }

    /** The divisor overflows, and its slope too, whose quotient is then NaN. */
    private static @Nullable Expr overCosine(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr x = quotient == null ? null : operand(UnaryOp.COSH, quotient.right());
        if (quotient == null || x == null) {
            return null;
        }
        Expr factor = without(UnaryOp.SINH, x, quotient.left(), e);
        Expr inverse = e.unary(UnaryOp.EXP, e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.LOG_COSH, x)));
        return factor == null
                ? e.binary(BinaryOp.MULTIPLY, quotient.left(), inverse)
                : e.binary(BinaryOp.MULTIPLY, factor, e.unary(UnaryOp.TANH, x));
    }

    /** The y of {@code y·op(x)}, or null. */
    private static @Nullable Expr without(UnaryOp op, Expr x, Expr product, Exprs e) {
        if (operand(op, product) == x) {
            return e.constant(1.0);
        }
        Expr.Binary factors = binary(BinaryOp.MULTIPLY, product);
        return factors == null
                ? null
                : operand(op, factors.left()) == x
                        ? factors.right()
                        : operand(op, factors.right()) == x ? factors.left() : null;
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

    private static @Nullable Expr inverseSine(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr.Binary sum = binary(BinaryOp.ADD, argument);
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, argument);
        if (sum != null) {
            return isRootOver(sum.right(), sum.left())
                    ? e.unary(UnaryOp.ASINH, sum.left())
                    : isRootOver(sum.left(), sum.right()) ? e.unary(UnaryOp.ASINH, sum.right()) : null;
        }
        return difference != null && isRootOver(difference.left(), difference.right())
                ? e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.ASINH, difference.right()))
                : null;
    }

    /** Whether a value is {@code √(1 + x²)}. */
    private static boolean isRootOver(Expr node, Expr x) {
        Expr.Binary hypot = binary(BinaryOp.HYPOT, node);
        return hypot != null
                && (isConstant(hypot.left(), 1) && hypot.right() == x
                        || isConstant(hypot.right(), 1) && hypot.left() == x);
    }

    /** Both sums are rounded, and near 0 the quotient is 1 but for that. */
    private static @Nullable Expr inverseTangent(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.LOG_QUOTIENT, node);
        Expr x = quotient == null ? null : onePlus(quotient.left());
        Expr y = quotient == null ? null : oneMinus(quotient.right());
        Expr z = quotient == null ? null : oneMinus(quotient.left());
        Expr w = quotient == null ? null : onePlus(quotient.right());
        return x != null && x == y
                ? twice(e.unary(UnaryOp.ATANH, x), e)
                : z != null && z == w ? e.unary(UnaryOp.NEGATE, twice(e.unary(UnaryOp.ATANH, z), e)) : null;
    }

    private static @Nullable Expr inverse(Expr node, Exprs e) {
        return node instanceof Expr.Unary u
                ? switch (u.op()) {
                    case ATANH -> operand(UnaryOp.TANH, u.operand());
                    case ASINH -> operand(UnaryOp.SINH, u.operand());
                    case SINH -> operand(UnaryOp.ASINH, u.operand());
                    default -> null;
                }
                : null;
    }

    private static Expr twice(Expr x, Exprs e) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(2.0), x);
    }

    private static @Nullable Expr inverseTangentOfTwo(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr x = difference == null ? null : operand(UnaryOp.LOG1P, difference.left());
        Expr y = difference == null ? null : operand(UnaryOp.LOG1P, difference.right());
        return x != null && y != null && Opposites.are(x, y) ? twice(e.unary(UnaryOp.ATANH, x), e) : null;
    }
}
