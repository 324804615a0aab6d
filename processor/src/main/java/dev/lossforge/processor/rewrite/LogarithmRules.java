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
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for logarithms: of exponentials, of their sums and products, of quotients, of what is near 1. */
final class LogarithmRules {

    static final List<Rule> ALL = List.of(
            new Rule("log-of-sech", "log(1 − tanh² x)", "−2·logCosh(x)", EXACT, LogarithmRules::logOfSech),
            new Rule("log-exp", "log(eˣ)", "x", LIMIT, (n, e) -> operand(UnaryOp.EXP, operand(UnaryOp.LOG, n))),
            new Rule("log-sigmoid", "log σ(x)", "−softplus(−x)", LIMIT, LogarithmRules::logOfSigmoid),
            new Rule("softplus", "log(1 + eˣ)", "softplus(x)", LIMIT, LogarithmRules::softplus),
            new Rule("log-sum-exp", "log(Σ eˣ)", "logΣexp x", LIMIT, (n, e) -> reduction(n, ReduceOp.SUM, e)),
            new Rule("log-of-product", "log(Π x)", "Σ log x", LIMIT, (n, e) -> reduction(n, ReduceOp.PRODUCT, e)),
            new Rule("log-sum-exp-2", "log(eˣ + eʸ)", "logΣexp of x and y", LIMIT, LogarithmRules::logOfTwoExps),
            PowersInLogarithms.RULE,
            new Rule(
                    "log-share-of-whole",
                    "log(eˣ / (eˣ + y))",
                    "−log1p(y / eˣ) for |y| < eˣ / 2",
                    LIMIT,
                    (n, e) -> PartsOfWholes.logOfQuotient(n, e, LogarithmRules::ofFactor)),
            new Rule("log-softmax", "log(eˣ / y)", "x − log y", LIMIT, (n, e) -> product(n, BinaryOp.DIVIDE, e)),
            new Rule("log-product", "log(eˣ·y)", "x + log y", LIMIT, (n, e) -> product(n, BinaryOp.MULTIPLY, e)),
            new Rule("log-power", "log(√eˣ), log((eˣ)²)", "x / 2, 2x", LIMIT, LogarithmRules::power),
            new Rule("log-1-minus-exp", "log(1 − eˣ)", "log1mExp(x)", EXACT, LogarithmRules::log1mExp),
            new Rule(
                    "log-difference-sigmoid",
                    "log(σ(x) − σ(y))",
                    "log1mExp(y − x) − softplus(−x) − softplus(y)",
                    LIMIT,
                    LogarithmRules::differenceOfSigmoids),
            new Rule(
                    "log-difference-expm1",
                    "log(expm1(x) − expm1(y))",
                    "x + log1mExp(y − x)",
                    LIMIT,
                    LogarithmRules::differenceLessOne),
            new Rule("log-expm1", "log(eˣ − 1)", "x + log1mExp(−x)", LIMIT, LogarithmRules::logExpm1),
            new Rule("log-sinh", "log(sinh x)", "x + log1mExp(−2x) − log 2", LIMIT, LogarithmRules::logSinh),
            new Rule("log-softplus", "log(softplus(x))", "x − eˣ / 2 for x ≤ −17", LIMIT, LogarithmRules::logSoftplus),
            new Rule(
                    "log-1-minus-exp-of-exp",
                    "log1mExp(−eˣ), log1mExp(−Σ softplus(x))",
                    "x − eˣ / 2 for x < −16, logΣexp x where the sum is tiny",
                    LIMIT,
                    LogarithmRules::log1mExpOfExponential),
            new Rule("log-difference-exp", "log(eˣ − eʸ)", "x + log1mExp(y − x)", LIMIT, LogarithmRules::difference),
            new Rule(
                    "log-cosh",
                    "log(cosh x)",
                    "logCosh(x)",
                    LIMIT,
                    (n, e) -> map(operand(UnaryOp.COSH, operand(UnaryOp.LOG, n)), x -> e.unary(UnaryOp.LOG_COSH, x))),
            new Rule(
                    "log-weighted-sum-exp",
                    "log(Σ w·eˣ)",
                    "m + log(Σ w·e^(x − m))",
                    LIMIT,
                    (n, e) -> map(operand(UnaryOp.LOG, n), a -> WeightedExponentials.logOf(a, e))),
            LogsOfSquares.RULE,
            new Rule("log1p", "log(1 ± x)", "log1p(±x)", EXACT, LogarithmRules::log1p),
            new Rule("log-of-inverse", "log(c / y)", "log c − log y", LIMIT, LogarithmRules::inverse),
            new Rule("log-quotient", "log(x / y)", "logQuotient(x, y)", EXACT, LogarithmRules::quotient));

    /** From here on {@code softplus(x) = eˣ − e²ˣ / 2} to all digits. */
    private static final double MIN_SOFTPLUS = -17;

    /** Below {@code log(1 − e^(−eˣ)) = x − eˣ / 2} to all digits. */
    private static final double MIN_EXPONENT = -16;

    private LogarithmRules() {}

    /** The slope of tanh is {@code 4·σ(2·x)·σ(−2·x)} by another rule; near 0 it is 1 but for rounding. */
    private static @Nullable Expr logOfSech(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.TANH, operand(UnaryOp.SQUARE, operand(UnaryOp.NEGATE, operand(UnaryOp.LOG1P, node))));
        Expr.Binary slope = binary(BinaryOp.MULTIPLY, operand(UnaryOp.LOG, node));
        Expr.Binary shares =
                slope == null || !isConstant(slope.left(), 4) ? null : binary(BinaryOp.MULTIPLY, slope.right());
        Expr y = shares == null ? null : operand(UnaryOp.SIGMOID, shares.left());
        Expr z = shares == null ? null : operand(UnaryOp.SIGMOID, shares.right());
        return map(
                y != null && z != null && Opposites.are(y, z) ? e.binary(BinaryOp.MULTIPLY, e.constant(0.5), y) : x,
                w -> e.binary(BinaryOp.MULTIPLY, e.constant(-2.0), e.unary(UnaryOp.LOG_COSH, w)));
    }

    private static @Nullable Expr logOfSigmoid(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.LOG_SIGMOID, node);
        return map(
                x != null ? x : operand(UnaryOp.SIGMOID, operand(UnaryOp.LOG, node)),
                z -> e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, negated(z, e))));
    }

    private static @Nullable Expr softplus(Expr node, Exprs e) {
        Expr x = onePlus(operand(UnaryOp.LOG, node));
        return map(
                Logarithms.ofExponential(x != null ? x : operand(UnaryOp.LOG1P, node), e),
                z -> e.unary(UnaryOp.SOFTPLUS, z));
    }

    private static @Nullable Expr reduction(Expr node, ReduceOp op, Exprs e) {
        return operand(UnaryOp.LOG, node) instanceof Expr.Reduce r && r.op() == op
                ? Logarithms.ofExponential(r, e)
                : null;
    }

    private static @Nullable Expr logOfTwoExps(Expr node, Exprs e) {
        return map(binary(BinaryOp.ADD, operand(UnaryOp.LOG, node)), s -> Logarithms.ofExponential(s, e));
    }

    /** The logarithm of a product or quotient with an exponential in it; its sign is that of the other factor. */
    private static @Nullable Expr product(Expr node, BinaryOp op, Exprs e) {
        Expr positive = operand(UnaryOp.LOG, node);
        Expr opposite = operand(UnaryOp.NEGATE, positive);
        Expr.Binary argument = binary(op, opposite == null ? positive : opposite);
        if (argument == null) {
            return null;
        }
        Expr left = ofFactor(argument.left(), e);
        Expr right = ofFactor(argument.right(), e);
        if (left == null && right == null || opposite != null && left != null && right != null) {
            return null;
        }
        return e.binary(
                op == BinaryOp.MULTIPLY ? BinaryOp.ADD : BinaryOp.SUBTRACT,
                left == null ? logOfOther(argument.left(), opposite, e) : left,
                right == null ? logOfOther(argument.right(), opposite, e) : right);
    }

    private static Expr logOfOther(Expr factor, @Nullable Expr opposite, Exprs e) {
        return e.unary(UnaryOp.LOG, opposite == null ? factor : negated(factor, e));
    }

    private static @Nullable Expr ofFactor(Expr node, Exprs e) {
        return hasOwnLogarithm(node) ? e.unary(UnaryOp.LOG, node) : Logarithms.ofExponential(node, e);
    }

    /** Whether a positive function has a logarithm that is finite where it is 0 in float32. */
    private static boolean hasOwnLogarithm(Expr node) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        return operand(UnaryOp.SOFTPLUS, node) != null
                || operand(UnaryOp.ERFC, node) != null
                || operand(UnaryOp.NORMAL_CDF, node) != null
                || product != null
                        && product.left() instanceof Expr.Constant c
                        && c.value() > 0
                        && hasOwnLogarithm(product.right());
    }

    private static @Nullable Expr power(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        boolean power = operand(UnaryOp.SQRT, argument) != null
                || operand(UnaryOp.SQUARE, argument) != null
                || binary(BinaryOp.POW, argument) != null;
        return power ? Logarithms.ofExponential(argument, e) : null;
    }

    private static @Nullable Expr log1mExp(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.EXPM1, operand(UnaryOp.NEGATE, operand(UnaryOp.LOG, node)));
        Expr one = x != null ? null : oneMinus(operand(UnaryOp.LOG, node));
        Expr power = one != null ? one : operand(UnaryOp.NEGATE, operand(UnaryOp.LOG1P, node));
        return map(x != null ? x : Logarithms.ofExponential(power, e), z -> e.unary(UnaryOp.LOG1M_EXP, z));
    }

    private static @Nullable Expr difference(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, operand(UnaryOp.LOG, node));
        if (difference == null) {
            return null;
        }
        Expr x = Logarithms.ofExponential(difference.left(), e);
        Expr y = Logarithms.ofExponential(difference.right(), e);
        return x == null || y == null
                ? null
                : e.binary(BinaryOp.ADD, x, e.unary(UnaryOp.LOG1M_EXP, e.binary(BinaryOp.SUBTRACT, y, x)));
    }

    /** Less 1 each, two exponentials are both −1 where something is left of their difference. */
    private static @Nullable Expr differenceLessOne(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, operand(UnaryOp.LOG, node));
        Expr x = difference == null ? null : operand(UnaryOp.EXPM1, difference.left());
        Expr y = difference == null ? null : operand(UnaryOp.EXPM1, difference.right());
        return x == null || y == null
                ? null
                : e.binary(BinaryOp.ADD, x, e.unary(UnaryOp.LOG1M_EXP, e.binary(BinaryOp.SUBTRACT, y, x)));
    }

    /** Right of 0 as well as left: {@code σ(x) − σ(y) = σ(x)·σ(−y)·(1 − e^(y − x))}. */
    private static @Nullable Expr differenceOfSigmoids(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, operand(UnaryOp.LOG, node));
        Expr x = difference == null ? null : operand(UnaryOp.SIGMOID, difference.left());
        Expr y = difference == null ? null : operand(UnaryOp.SIGMOID, difference.right());
        if (x == null || y == null) {
            return null;
        }
        Expr tails = e.binary(BinaryOp.ADD, e.unary(UnaryOp.SOFTPLUS, negated(x, e)), e.unary(UnaryOp.SOFTPLUS, y));
        Expr gap = e.unary(UnaryOp.LOG1M_EXP, e.binary(BinaryOp.SUBTRACT, y, x));
        return e.binary(BinaryOp.SUBTRACT, gap, tails);
    }

    private static @Nullable Expr logExpm1(Expr node, Exprs e) {
        return map(
                operand(UnaryOp.EXPM1, operand(UnaryOp.LOG, node)),
                x -> e.binary(BinaryOp.ADD, x, e.unary(UnaryOp.LOG1M_EXP, negated(x, e))));
    }

    private static @Nullable Expr logSinh(Expr node, Exprs e) {
        return map(operand(UnaryOp.SINH, operand(UnaryOp.LOG, node)), x -> {
            Expr twice = e.binary(BinaryOp.MULTIPLY, e.constant(-2.0), x);
            Expr half = e.binary(BinaryOp.SUBTRACT, x, e.constant(Math.log(2)));
            return e.binary(BinaryOp.ADD, half, e.unary(UnaryOp.LOG1M_EXP, twice));
        });
    }

    /** Where eˣ is tiny, {@code 1 − e^(−eˣ) = eˣ − e²ˣ / 2} to all digits; below −104 it is 0 in float32. */
    private static @Nullable Expr log1mExpOfExponential(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG1M_EXP, node);
        if (argument == null) {
            return null;
        }
        Expr ofSoftplus = SmallSums.logOfOpposite(argument, e);
        if (ofSoftplus != null) {
            Expr isTiny = e.compare(Comparison.GREATER, argument, e.constant(-SmallSums.MAX));
            return e.select(isTiny, ofSoftplus, node);
        }
        Expr power = opposite(argument, e);
        return map(logOfPower(power, e), x -> {
            Expr tail = e.binary(BinaryOp.SUBTRACT, x, e.binary(BinaryOp.MULTIPLY, e.constant(0.5), power));
            return e.select(e.compare(Comparison.LESS, x, e.constant(MIN_EXPONENT)), tail, node);
        });
    }

    private static Expr opposite(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        return difference == null
                ? negated(node, e)
                : e.binary(BinaryOp.SUBTRACT, difference.right(), difference.left());
    }

    /** Also of {@code eʸ − eˣ}, as between the bounds of an interval. */
    private static @Nullable Expr logOfPower(Expr power, Exprs e) {
        Expr log = Logarithms.ofExponential(power, e);
        return log != null ? log : difference(e.unary(UnaryOp.LOG, power), e);
    }

    /** Left of a bound softplus is {@code eˣ} in float32, and below −104 it is 0. */
    private static @Nullable Expr logSoftplus(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.SOFTPLUS, operand(UnaryOp.LOG, node));
        Expr.Binary bounded = binary(BinaryOp.MAX, x);
        if (x == null || bounded != null && isConstant(bounded.right(), MIN_SOFTPLUS)) {
            return null;
        }
        Expr least = e.constant(MIN_SOFTPLUS);
        Expr tail = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), e.unary(UnaryOp.EXP, x));
        return e.select(
                e.compare(Comparison.LESS_OR_EQUAL, x, least),
                e.binary(BinaryOp.SUBTRACT, x, tail),
                e.unary(UnaryOp.LOG, e.unary(UnaryOp.SOFTPLUS, e.binary(BinaryOp.MAX, x, least))));
    }

    private static @Nullable Expr log1p(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr plus = onePlus(argument);
        return plus != null
                ? e.unary(UnaryOp.LOG1P, plus)
                : map(oneMinus(argument), x -> e.unary(UnaryOp.LOG1P, negated(x, e)));
    }

    /** Also {@code log(x / Σ y²)}: the logarithm of squares has a form of its own. */
    private static @Nullable Expr inverse(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, operand(UnaryOp.LOG, node));
        if (quotient == null || quotient.right() instanceof Expr.Constant) {
            return null;
        }
        boolean isInverse = quotient.left() instanceof Expr.Constant c && c.value() > 0;
        boolean isOverSquares = quotient.right() instanceof Expr.Binary sum
                && sum.op() == BinaryOp.ADD
                && RootRules.of(sum, e) != null
                && RootRules.of(quotient.left(), e) == null;
        return isInverse || isOverSquares
                ? e.binary(
                        BinaryOp.SUBTRACT,
                        e.unary(UnaryOp.LOG, quotient.left()),
                        e.unary(UnaryOp.LOG, quotient.right()))
                : null;
    }

    /** Neither the quotient nor its derivatives overflow; a division by a constant of ordinary size does not anyway. */
    private static @Nullable Expr quotient(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, operand(UnaryOp.LOG, node));
        return quotient == null || Patterns.isOrdinary(quotient.left()) || Patterns.isOrdinary(quotient.right())
                ? null
                : e.binary(BinaryOp.LOG_QUOTIENT, quotient.left(), quotient.right());
    }
}
