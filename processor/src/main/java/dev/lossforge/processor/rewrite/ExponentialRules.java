package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.map;
import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.onePlus;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for exponentials: their products and quotients, and the functions that are written with them by hand. */
final class ExponentialRules {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "divided-by-powers",
                    "y / (Σ eˣ)², y / (z·Σ eˣ), (Σ eˣ)⁻ⁿ",
                    "(y / Σ eˣ) / Σ eˣ, (y / z) / Σ eˣ, (1 / Σ eˣ)ⁿ",
                    LIMIT,
                    ExponentialRules::dividedByPowers),
            new Rule("sigmoid", "y / (1 + e⁻ˣ)", "y·σ(x)", LIMIT, ExponentialRules::sigmoid),
            new Rule("sigmoid-exp", "eˣ / (eˣ + eʸ)", "σ(x − y)", LIMIT, ExponentialRules::sigmoidOfExps),
            new Rule("one-minus-sigmoid", "1 − σ(x), σ(x) − 1", "σ(−x), −σ(−x)", EXACT, ExponentialRules::minusSigmoid),
            new Rule(
                    "sigmoid-of-softplus",
                    "e^(−softplus(x)), log1mExp(−softplus(x))",
                    "σ(−x), −softplus(−x)",
                    LIMIT,
                    ExponentialRules::ofSoftplus),
            new Rule(
                    "one-minus-sigmoid-squared",
                    "1 − σ(x)²",
                    "σ(−x)·(1 + σ(x))",
                    EXACT,
                    ExponentialRules::minusSquaredSigmoid),
            new Rule("softmax", "eˣ / Σ eʸ", "e^(x − logΣexp y)", LIMIT, ExponentialRules::softmax),
            new Rule("sum-by-exp", "(eˣ + y) / eᶻ", "e^(x − z) + y / eᶻ", LIMIT, ExponentialRules::sumByExp),
            new Rule("exp-product", "eˣ·eʸ, y / eˣ", "e^(x + y), y·e⁻ˣ", LIMIT, ExponentialRules::product),
            new Rule("exp-of-no-multiple", "e^(0·x)", "1 + 0·x", EXACT, ExponentialRules::ofNoMultiple),
            new Rule("expm1", "eˣ − 1, 1 − eˣ", "±expm1(x)", EXACT, ExponentialRules::expm1),
            new Rule("complement-of-expm1", "1 + expm1(x)", "eˣ", EXACT, ExponentialRules::complement),
            new Rule("softplus-minus", "softplus(x) − x", "softplus(−x)", LIMIT, ExponentialRules::softplusMinus),
            new Rule(
                    "softplus-parts",
                    "max(x, 0) + softplus(−|x|)",
                    "softplus(x)",
                    EXACT,
                    ExponentialRules::softplusOfParts),
            LogSumExpShift.RULE,
            LogSumExpDifference.RULE,
            new Rule("shift-cancels", "(x − m) − (y − m), (x − m) + m", "x − y, x", LIMIT, ExponentialRules::cancel));

    /** Up to this exponent factors are divided by one at a time. */
    private static final int MAX_POWER = 8;

    /** A longer sum is divided as a whole. */
    private static final int MAX_TERMS = 4;

    private ExponentialRules() {}

    /** What quotients of equal exponentials leave, to be NaN where x is. */
    private static @Nullable Expr ofNoMultiple(Expr node, Exprs e) {
        Expr.Binary multiple = binary(BinaryOp.MULTIPLY, operand(UnaryOp.EXP, node));
        return multiple != null && isConstant(multiple.left(), 0)
                ? e.binary(BinaryOp.ADD, e.constant(1.0), multiple)
                : null;
    }

    /** Divides by one sum of exponentials after the other: their product overflows where each quotient has a limit. */
    private static @Nullable Expr dividedByPowers(Expr node, Exprs e) {
        Expr.Binary power = binary(BinaryOp.POW, node);
        if (power != null && power.right() instanceof Expr.Constant c && c.value() < 0) {
            return isSum(power.left(), e) ? inversePower(power.left(), e.constant(-c.value()), e) : null;
        }
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (quotient == null) {
            return null;
        }
        Expr squared = operand(UnaryOp.SQUARE, quotient.right());
        if (squared != null && isSum(squared, e)) {
            return e.binary(BinaryOp.DIVIDE, e.binary(BinaryOp.DIVIDE, quotient.left(), squared), squared);
        }
        Expr.Binary product = binary(BinaryOp.MULTIPLY, quotient.right());
        if (product != null && (isSum(product.left(), e) || isSum(product.right(), e))) {
            Expr first = e.binary(BinaryOp.DIVIDE, quotient.left(), product.left());
            return e.binary(BinaryOp.DIVIDE, first, product.right());
        }
        Expr.Binary divisor = binary(BinaryOp.POW, quotient.right());
        if (divisor == null || !isSum(divisor.left(), e)) {
            return null;
        }
        Expr sum = divisor.left();
        if (divisor.right() instanceof Expr.Constant c && c.value() > 1 && c.value() <= MAX_POWER) {
            Expr rest = e.binary(BinaryOp.POW, sum, e.constant(c.value() - 1));
            return e.binary(BinaryOp.DIVIDE, e.binary(BinaryOp.DIVIDE, quotient.left(), sum), rest);
        }
        return e.binary(BinaryOp.MULTIPLY, quotient.left(), inversePower(sum, divisor.right(), e));
    }

    private static Expr inversePower(Expr sum, Expr exponent, Exprs e) {
        return e.binary(BinaryOp.POW, e.binary(BinaryOp.DIVIDE, e.constant(1.0), sum), exponent);
    }

    /** Whether a value is a sum of exponentials, perhaps with other terms that are not negative. */
    private static boolean isSum(Expr node, Exprs e) {
        return logarithmOfSum(node, e) != null;
    }

    /** The logarithm of such a sum, or null. */
    private static @Nullable Expr logarithmOfSum(Expr node, Exprs e) {
        boolean sum = node instanceof Expr.Reduce r && r.op() == ReduceOp.SUM || binary(BinaryOp.ADD, node) != null;
        return sum ? Logarithms.ofExponential(node, e) : null;
    }

    private static @Nullable Expr sigmoid(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr x = quotient == null ? null : operand(UnaryOp.EXP, onePlus(quotient.right()));
        if (quotient == null || x == null) {
            return null;
        }
        ExponentialProduct numerator = ExponentialProduct.of(quotient.left(), e);
        boolean same = numerator.exponent() == x;
        if (numerator.exponent() != null && !same || operand(UnaryOp.EXPM1, numerator.rest()) != null) {
            return null;
        }
        Expr sigmoid = e.unary(UnaryOp.SIGMOID, same ? x : negated(x, e));
        return numerator.rest() == null || isConstant(numerator.rest(), 1)
                ? sigmoid
                : e.binary(BinaryOp.MULTIPLY, numerator.rest(), sigmoid);
    }

    private static @Nullable Expr sigmoidOfExps(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr.Binary sum = quotient == null ? null : binary(BinaryOp.ADD, quotient.right());
        Expr x = quotient == null ? null : operand(UnaryOp.EXP, quotient.left());
        Expr first = sum == null ? null : operand(UnaryOp.EXP, sum.left());
        Expr second = sum == null ? null : operand(UnaryOp.EXP, sum.right());
        if (x == null || first == null || second == null || x != first && x != second) {
            return null;
        }
        return e.unary(UnaryOp.SIGMOID, e.binary(BinaryOp.SUBTRACT, x, x == first ? second : first));
    }

    private static @Nullable Expr minusSigmoid(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.SIGMOID, oneMinus(node));
        if (x != null) {
            return e.unary(UnaryOp.SIGMOID, negated(x, e));
        }
        return map(
                operand(UnaryOp.SIGMOID, Patterns.minusOne(node)),
                y -> e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SIGMOID, negated(y, e))));
    }

    /** A probability that is computed from its logarithm. */
    private static @Nullable Expr ofSoftplus(Expr node, Exprs e) {
        Expr x = softplusOf(operand(UnaryOp.EXP, node));
        Expr y = softplusOf(operand(UnaryOp.EXPM1, node));
        Expr z = softplusOf(operand(UnaryOp.LOG1M_EXP, node));
        return x != null
                ? e.unary(UnaryOp.SIGMOID, negated(x, e))
                : y != null
                        ? e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SIGMOID, y))
                        : map(z, w -> e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, negated(w, e))));
    }

    /** The x of {@code −softplus(x)}. */
    private static @Nullable Expr softplusOf(@Nullable Expr node) {
        return operand(UnaryOp.SOFTPLUS, operand(UnaryOp.NEGATE, node));
    }

    private static @Nullable Expr minusSquaredSigmoid(Expr node, Exprs e) {
        Expr share = operand(UnaryOp.SQUARE, oneMinus(node));
        Expr x = operand(UnaryOp.SIGMOID, share);
        if (share == null || x == null) {
            return null;
        }
        Expr rest = e.unary(UnaryOp.SIGMOID, negated(x, e));
        return e.binary(BinaryOp.MULTIPLY, rest, e.binary(BinaryOp.ADD, e.constant(1.0), share));
    }

    /** Divides by a sum of exponentials through its logarithm; inside the sum, where the dividend is one. */
    private static @Nullable Expr softmax(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr total = quotient == null ? null : logarithmOfSum(quotient.right(), e);
        if (quotient == null || total == null) {
            return null;
        }
        if (quotient.left() instanceof Expr.Reduce r && r.op() == ReduceOp.SUM) {
            ExponentialProduct term = ExponentialProduct.of(r.body(), e);
            return term.exponent() == null ? null : e.reduce(ReduceOp.SUM, r.index(), term.shifted(total, e));
        }
        return ExponentialProduct.of(quotient.left(), e).shifted(total, e);
    }

    /** The sum may overflow, and the divisor vanish, where their quotient is of ordinary size. */
    private static @Nullable Expr sumByExp(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (quotient == null || operand(UnaryOp.EXP, quotient.right()) == null) {
            return null;
        }
        List<SignedTerm> terms = SignedTerm.of(quotient.left());
        if (terms.size() > MAX_TERMS
                || terms.stream()
                        .noneMatch(t -> ExponentialProduct.of(t.value(), e).exponent() != null)) {
            return null;
        }
        Expr divisor = quotient.right();
        return SignedTerm.sum(terms.stream().map(t -> t.over(divisor, e)).toList(), e);
    }

    private static @Nullable Expr product(Expr node, Exprs e) {
        boolean divides = node instanceof Expr.Binary b
                && b.op() == BinaryOp.DIVIDE
                && ExponentialProduct.of(b.right(), e).exponent() != null;
        ExponentialProduct product = node instanceof Expr.Binary ? ExponentialProduct.of(node, e) : null;
        Expr exponent = product == null ? null : product.exponent();
        if (product == null || exponent == null || !divides && product.powers() < 2) {
            return null;
        }
        Expr power = e.unary(UnaryOp.EXP, exponent);
        return product.rest() == null ? power : e.binary(BinaryOp.MULTIPLY, product.rest(), power);
    }

    private static @Nullable Expr expm1(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.EXP, Patterns.minusOne(node));
        if (x != null) {
            return e.unary(UnaryOp.EXPM1, x);
        }
        Expr.Binary linear = binary(BinaryOp.SUBTRACT, Patterns.minusOne(node));
        Expr y = linear == null ? null : operand(UnaryOp.EXP, linear.left());
        if (linear != null && y != null) {
            return e.binary(BinaryOp.SUBTRACT, e.unary(UnaryOp.EXPM1, y), linear.right());
        }
        return map(operand(UnaryOp.EXP, oneMinus(node)), z -> e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.EXPM1, z)));
    }

    /** What remains of a probability {@code 1 − eˣ}. */
    private static @Nullable Expr complement(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.EXPM1, onePlus(node));
        Expr y = operand(UnaryOp.EXPM1, operand(UnaryOp.NEGATE, oneMinus(node)));
        return map(x != null ? x : y, z -> e.unary(UnaryOp.EXP, z));
    }

    private static @Nullable Expr softplusMinus(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null) {
            return null;
        }
        Expr left = operand(UnaryOp.SOFTPLUS, difference.left());
        Expr right = operand(UnaryOp.SOFTPLUS, difference.right());
        if (left != null && right != null && negated(left, e) == right) {
            return left;
        }
        if (left != null && left == difference.right()) {
            return e.unary(UnaryOp.SOFTPLUS, negated(left, e));
        }
        return right != null && right == difference.left()
                ? e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, negated(right, e)))
                : null;
    }

    private static @Nullable Expr softplusOfParts(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        Expr tail = sum == null ? null : operand(UnaryOp.SOFTPLUS, sum.right());
        Expr x = operand(UnaryOp.ABS, operand(UnaryOp.NEGATE, tail));
        if (sum == null || x == null) {
            return null;
        }
        if (Patterns.positivePart(sum.left()) == x) {
            return e.unary(UnaryOp.SOFTPLUS, x);
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, sum.left());
        return difference != null && Patterns.positivePart(difference.left()) == x
                ? e.binary(BinaryOp.SUBTRACT, e.unary(UnaryOp.SOFTPLUS, x), difference.right())
                : null;
    }

    private static @Nullable Expr cancel(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference != null) {
            Expr.Binary x = binary(BinaryOp.SUBTRACT, difference.left());
            Expr.Binary y = binary(BinaryOp.SUBTRACT, difference.right());
            return x != null && y != null && x.right() == y.right()
                    ? e.binary(BinaryOp.SUBTRACT, x.left(), y.left())
                    : null;
        }
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        Expr.Binary left = sum == null ? null : binary(BinaryOp.SUBTRACT, sum.left());
        Expr.Binary right = sum == null ? null : binary(BinaryOp.SUBTRACT, sum.right());
        if (sum != null && left != null && left.right() == sum.right()) {
            return left.left();
        }
        return sum != null && right != null && right.right() == sum.left() ? right.left() : null;
    }
}
