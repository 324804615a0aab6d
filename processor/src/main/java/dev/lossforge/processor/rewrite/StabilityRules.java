package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.isConstant;
import static dev.lossforge.processor.rewrite.Patterns.logOfSumOfExp;
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

/** Rules that keep a formula away from overflow, cancellation and {@code 0 · ∞}. Earlier rules go first. */
final class StabilityRules {

    static final List<Rule> ALL = List.of(
            new Rule("log-exp", "log(eˣ)", "x", LIMIT, (e, x) -> operand(UnaryOp.EXP, operand(UnaryOp.LOG, e))),
            new Rule(
                    "log-sum-exp",
                    "log(Σ eˣ)",
                    "logΣexp x",
                    LIMIT,
                    (e, x) -> logOfSumOfExp(operand(UnaryOp.LOG, e), x)),
            new Rule("log-softmax", "log(eˣ / y)", "x − log y", LIMIT, StabilityRules::logOfExpQuotient),
            new Rule("log-sum-exp-2", "log(eˣ + eʸ)", "logΣexp of x and y", LIMIT, StabilityRules::logOfTwoExps),
            new Rule("softmax", "eˣ / Σ eʸ", "e^(x − logΣexp y)", LIMIT, StabilityRules::softmax),
            new Rule("sigmoid", "1 / (1 + e⁻ˣ)", "σ(x)", LIMIT, StabilityRules::sigmoid),
            new Rule("sigmoid-exp", "eˣ / (1 + eˣ)", "σ(x)", LIMIT, StabilityRules::sigmoidOfExp),
            new Rule("one-minus-sigmoid", "1 − σ(x)", "σ(−x)", EXACT, StabilityRules::oneMinusSigmoid),
            new Rule("log-sigmoid", "log σ(x)", "−softplus(−x)", LIMIT, StabilityRules::logOfSigmoid),
            new Rule("softplus", "log(1 + eˣ)", "softplus(x)", LIMIT, StabilityRules::softplus),
            new Rule("log-1-minus-exp", "log(1 − eˣ)", "log1mExp(x)", EXACT, StabilityRules::log1mExp),
            new Rule("expm1", "eˣ − 1", "expm1(x)", EXACT, StabilityRules::expm1),
            new Rule("log1p", "log(1 ± x)", "log1p(±x)", EXACT, StabilityRules::log1p),
            new Rule(
                    "log-cosh",
                    "log(cosh x)",
                    "logCosh(x)",
                    LIMIT,
                    (e, x) -> map(operand(UnaryOp.COSH, operand(UnaryOp.LOG, e)), c -> x.unary(UnaryOp.LOG_COSH, c))),
            new Rule("hypot", "√(x² + y²)", "hypot(x, y)", LIMIT, StabilityRules::hypot),
            new Rule("relative-entropy", "x·log(x / y)", "x·log x − x·log y", LIMIT, StabilityRules::relativeEntropy),
            new Rule("x-log-y", "x·log y", "0 at x = 0, y = 0", LIMIT, StabilityRules::xLogY),
            new Rule("x-log1p-y", "x·log(1 + y)", "0 at x = 0, y = −1", LIMIT, StabilityRules::xLog1pY));

    private StabilityRules() {}

    private interface Build {
        Expr of(Expr x);
    }

    private static @Nullable Expr map(@Nullable Expr x, Build build) {
        return x == null ? null : build.of(x);
    }

    private static @Nullable Expr logOfExpQuotient(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, operand(UnaryOp.LOG, node));
        if (quotient == null) {
            return null;
        }
        Expr exponent = operand(UnaryOp.EXP, quotient.left());
        return exponent == null ? null : e.binary(BinaryOp.SUBTRACT, exponent, e.unary(UnaryOp.LOG, quotient.right()));
    }

    private static @Nullable Expr logOfTwoExps(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, operand(UnaryOp.LOG, node));
        Expr x = sum == null ? null : operand(UnaryOp.EXP, sum.left());
        Expr y = sum == null ? null : operand(UnaryOp.EXP, sum.right());
        if (x == null || y == null) {
            return null;
        }
        return e.reduce(
                ReduceOp.LOG_SUM_EXP,
                e.constant(2),
                i -> e.select(e.compare(Comparison.EQUAL, i, e.constant(0)), x, y));
    }

    private static @Nullable Expr softmax(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (quotient == null) {
            return null;
        }
        Expr exponent = operand(UnaryOp.EXP, quotient.left());
        Expr total = logOfSumOfExp(quotient.right(), e);
        return exponent == null || total == null
                ? null
                : e.unary(UnaryOp.EXP, e.binary(BinaryOp.SUBTRACT, exponent, total));
    }

    private static @Nullable Expr sigmoid(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (quotient == null || !isConstant(quotient.left(), 1)) {
            return null;
        }
        return map(operand(UnaryOp.EXP, onePlus(quotient.right())), x -> e.unary(UnaryOp.SIGMOID, negated(x, e)));
    }

    private static @Nullable Expr sigmoidOfExp(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (quotient == null) {
            return null;
        }
        Expr exponent = operand(UnaryOp.EXP, quotient.left());
        return exponent != null && operand(UnaryOp.EXP, onePlus(quotient.right())) == exponent
                ? e.unary(UnaryOp.SIGMOID, exponent)
                : null;
    }

    private static @Nullable Expr oneMinusSigmoid(Expr node, Exprs e) {
        return map(operand(UnaryOp.SIGMOID, oneMinus(node)), x -> e.unary(UnaryOp.SIGMOID, negated(x, e)));
    }

    private static @Nullable Expr logOfSigmoid(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.LOG_SIGMOID, node);
        return map(
                x != null ? x : operand(UnaryOp.SIGMOID, operand(UnaryOp.LOG, node)),
                z -> e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, negated(z, e))));
    }

    private static @Nullable Expr softplus(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.EXP, onePlus(operand(UnaryOp.LOG, node)));
        return map(
                x != null ? x : operand(UnaryOp.EXP, operand(UnaryOp.LOG1P, node)), z -> e.unary(UnaryOp.SOFTPLUS, z));
    }

    private static @Nullable Expr log1mExp(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.EXP, oneMinus(operand(UnaryOp.LOG, node)));
        return map(
                x != null ? x : operand(UnaryOp.EXP, operand(UnaryOp.NEGATE, operand(UnaryOp.LOG1P, node))),
                z -> e.unary(UnaryOp.LOG1M_EXP, z));
    }

    private static @Nullable Expr expm1(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        return difference != null && isConstant(difference.right(), 1)
                ? map(operand(UnaryOp.EXP, difference.left()), x -> e.unary(UnaryOp.EXPM1, x))
                : null;
    }

    private static @Nullable Expr log1p(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr plus = onePlus(argument);
        return plus != null
                ? e.unary(UnaryOp.LOG1P, plus)
                : map(oneMinus(argument), x -> e.unary(UnaryOp.LOG1P, negated(x, e)));
    }

    private static @Nullable Expr hypot(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, operand(UnaryOp.SQRT, node));
        Expr x = sum == null ? null : operand(UnaryOp.SQUARE, sum.left());
        Expr y = sum == null ? null : operand(UnaryOp.SQUARE, sum.right());
        return x == null || y == null ? null : e.binary(BinaryOp.HYPOT, x, y);
    }

    /**
     * {@code x·log x − x·log y} where x is declared not to be negative: no quotient that overflows or is 0 / 0.
     * Elsewhere the sign of x may cancel that of y, and {@code 0 / 0} taken as 0 keeps the product 0 at x = 0.
     */
    private static @Nullable Expr relativeEntropy(Expr node, Exprs e) {
        Expr.Binary product = binary(BinaryOp.XLOGY, node);
        Expr.Binary quotient = product == null ? null : binary(BinaryOp.DIVIDE, product.right());
        if (product == null || quotient == null || quotient.left() != product.left()) {
            return null;
        }
        Expr x = product.left();
        if (x instanceof Expr.Load load && load.input().min() >= 0) {
            return e.binary(
                    BinaryOp.SUBTRACT, e.binary(BinaryOp.XLOGY, x, x), e.binary(BinaryOp.XLOGY, x, quotient.right()));
        }
        return e.binary(BinaryOp.XLOGY, x, e.binary(BinaryOp.XDIVY, x, quotient.right()));
    }

    private static @Nullable Expr xLogY(Expr node, Exprs e) {
        return product(node, UnaryOp.LOG, (x, y) -> e.binary(BinaryOp.XLOGY, x, y));
    }

    private static @Nullable Expr xLog1pY(Expr node, Exprs e) {
        return product(node, UnaryOp.LOG1P, (x, y) -> e.binary(BinaryOp.XLOG1PY, x, y));
    }

    private interface Pair {
        @Nullable
        Expr of(Expr x, Expr y);
    }

    /** Matches {@code x · op(y)} and {@code op(y) · x}, unless x is a constant: only a variable can be zero. */
    private static @Nullable Expr product(Expr node, UnaryOp op, Pair build) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null) {
            return null;
        }
        Expr right = operand(op, product.right());
        if (right != null && !(product.left() instanceof Expr.Constant)) {
            return build.of(product.left(), right);
        }
        Expr left = operand(op, product.left());
        return left != null && !(product.right() instanceof Expr.Constant) ? build.of(product.right(), left) : null;
    }
}
