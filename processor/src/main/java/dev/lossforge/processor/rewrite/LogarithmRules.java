package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
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

/** Rules for logarithms: of exponentials, of their sums and products, of quotients, of what is near 1. */
final class LogarithmRules {

    static final List<Rule> ALL = List.of(
            new Rule("log-exp", "log(eˣ)", "x", LIMIT, (n, e) -> operand(UnaryOp.EXP, operand(UnaryOp.LOG, n))),
            new Rule("log-sigmoid", "log σ(x)", "−softplus(−x)", LIMIT, LogarithmRules::logOfSigmoid),
            new Rule("softplus", "log(1 + eˣ)", "softplus(x)", LIMIT, LogarithmRules::softplus),
            new Rule("log-sum-exp", "log(Σ eˣ)", "logΣexp x", LIMIT, (n, e) -> reduction(n, ReduceOp.SUM, e)),
            new Rule("log-of-product", "log(Π x)", "Σ log x", LIMIT, (n, e) -> reduction(n, ReduceOp.PRODUCT, e)),
            new Rule("log-sum-exp-2", "log(eˣ + eʸ)", "logΣexp of x and y", LIMIT, LogarithmRules::logOfTwoExps),
            new Rule("log-softmax", "log(eˣ / y)", "x − log y", LIMIT, (n, e) -> product(n, BinaryOp.DIVIDE, e)),
            new Rule("log-product", "log(eˣ·y)", "x + log y", LIMIT, (n, e) -> product(n, BinaryOp.MULTIPLY, e)),
            new Rule("log-power", "log(√eˣ), log((eˣ)²)", "x / 2, 2x", LIMIT, LogarithmRules::power),
            new Rule("log-1-minus-exp", "log(1 − eˣ)", "log1mExp(x)", EXACT, LogarithmRules::log1mExp),
            new Rule("log-difference-exp", "log(eˣ − eʸ)", "x + log1mExp(y − x)", LIMIT, LogarithmRules::difference),
            new Rule(
                    "log-weighted-sum-exp",
                    "log(Σ w·eˣ)",
                    "m + log(Σ w·e^(x − m))",
                    LIMIT,
                    (n, e) -> map(operand(UnaryOp.LOG, n), a -> WeightedExponentials.logOf(a, e))),
            new Rule("log1p", "log(1 ± x)", "log1p(±x)", EXACT, LogarithmRules::log1p),
            new Rule(
                    "log-cosh",
                    "log(cosh x)",
                    "logCosh(x)",
                    LIMIT,
                    (n, e) -> map(operand(UnaryOp.COSH, operand(UnaryOp.LOG, n)), x -> e.unary(UnaryOp.LOG_COSH, x))),
            new Rule("log-quotient", "log(x / y)", "logQuotient(x, y)", EXACT, LogarithmRules::quotient));

    private LogarithmRules() {}

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

    /** The logarithm of a product or quotient with an exponential in it. */
    private static @Nullable Expr product(Expr node, BinaryOp op, Exprs e) {
        Expr.Binary argument = binary(op, operand(UnaryOp.LOG, node));
        if (argument == null) {
            return null;
        }
        Expr left = Logarithms.ofExponential(argument.left(), e);
        Expr right = Logarithms.ofExponential(argument.right(), e);
        if (left == null && right == null) {
            return null;
        }
        return e.binary(
                op == BinaryOp.MULTIPLY ? BinaryOp.ADD : BinaryOp.SUBTRACT,
                left == null ? e.unary(UnaryOp.LOG, argument.left()) : left,
                right == null ? e.unary(UnaryOp.LOG, argument.right()) : right);
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

    private static @Nullable Expr log1p(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr plus = onePlus(argument);
        return plus != null
                ? e.unary(UnaryOp.LOG1P, plus)
                : map(oneMinus(argument), x -> e.unary(UnaryOp.LOG1P, negated(x, e)));
    }

    /** Neither the quotient nor its derivatives overflow; a division by a constant of ordinary size does not anyway. */
    private static @Nullable Expr quotient(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, operand(UnaryOp.LOG, node));
        return quotient == null || Patterns.isOrdinary(quotient.left()) || Patterns.isOrdinary(quotient.right())
                ? null
                : e.binary(BinaryOp.LOG_QUOTIENT, quotient.left(), quotient.right());
    }
}
