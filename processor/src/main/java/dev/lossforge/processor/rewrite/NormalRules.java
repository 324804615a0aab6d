package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.map;
import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for the tails of the normal distribution, where {@code 1 ± erf x} cancels and its logarithm is −∞. */
final class NormalRules {

    static final List<Rule> ALL = List.of(
            new Rule("erfc", "c ± c·erf x", "c·erfc(∓x)", EXACT, NormalRules::complement),
            new Rule("erfc-complement", "2·c − c·erfc x, 1 − Φ(x)", "c·erfc(−x), Φ(−x)", EXACT, NormalRules::opposite),
            new Rule("erf", "2·Φ(x) − 1, erfc(x) − 1", "erf(x / √2), −erf x", EXACT, NormalRules::centred),
            NormalIntervals.RULE,
            ExpectedImprovement.RULE,
            new Rule("log1p-erf", "log1p(±erf x)", "log(erfc(∓x))", EXACT, NormalRules::log1p),
            new Rule("log-erfc", "log(c·erfc x)", "log 2c + log Φ(−√2·x)", LIMIT, NormalRules::logErfc),
            new Rule(
                    "log-normal-cdf",
                    "log Φ(x)",
                    "logΦ(x)",
                    LIMIT,
                    (n, e) -> map(
                            operand(UnaryOp.NORMAL_CDF, operand(UnaryOp.LOG, n)),
                            x -> e.unary(UnaryOp.LOG_NORMAL_CDF, x))));

    private NormalRules() {}

    private static @Nullable Expr complement(Expr node, Exprs e) {
        boolean adds = node instanceof Expr.Binary b && b.op() == BinaryOp.ADD;
        if (!(node instanceof Expr.Binary b) || !adds && b.op() != BinaryOp.SUBTRACT) {
            return null;
        }
        Expr constant = b.left() instanceof Expr.Constant || !adds ? b.left() : b.right();
        Expr term = constant == b.left() ? b.right() : b.left();
        if (!(constant instanceof Expr.Constant c)) {
            return null;
        }
        Expr x = operand(UnaryOp.ERF, overConstant(term, c.value()));
        return map(x, z -> times(c.value(), e.unary(UnaryOp.ERFC, adds ? negated(z, e) : z), e));
    }

    /** The x of {@code c·x}. */
    private static @Nullable Expr overConstant(Expr node, double c) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        if (product != null && Patterns.isConstant(product.left(), c)) {
            return product.right();
        }
        if (quotient != null && Patterns.isConstant(quotient.right(), 1 / c)) {
            return quotient.left();
        }
        return c == 1 ? node : null;
    }

    private static Expr times(double c, Expr x, Exprs e) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(c), x);
    }

    private static @Nullable Expr opposite(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.NORMAL_CDF, oneMinus(node));
        if (x != null) {
            return e.unary(UnaryOp.NORMAL_CDF, negated(x, e));
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null || !(difference.left() instanceof Expr.Constant twice)) {
            return null;
        }
        double c = twice.value() / 2;
        return map(
                operand(UnaryOp.ERFC, overConstant(difference.right(), c)),
                z -> times(c, e.unary(UnaryOp.ERFC, negated(z, e)), e));
    }

    private static @Nullable Expr centred(Expr node, Exprs e) {
        Expr complement = operand(UnaryOp.ERFC, Patterns.minusOne(node));
        if (complement != null) {
            return e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.ERF, complement));
        }
        Expr x = twiceCdf(Patterns.minusOne(node));
        Expr y = twiceCdf(oneMinus(node));
        return x != null ? erfOfNormal(x, e) : map(y, z -> e.unary(UnaryOp.NEGATE, erfOfNormal(z, e)));
    }

    /** The x of {@code 2·Φ(x)}. */
    private static @Nullable Expr twiceCdf(@Nullable Expr node) {
        return node == null ? null : operand(UnaryOp.NORMAL_CDF, overConstant(node, 2));
    }

    private static Expr erfOfNormal(Expr x, Exprs e) {
        return e.unary(UnaryOp.ERF, scaled(Math.sqrt(0.5), x, e));
    }

    private static @Nullable Expr log1p(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG1P, node);
        Expr x = operand(UnaryOp.ERF, argument);
        Expr y = operand(UnaryOp.ERF, operand(UnaryOp.NEGATE, argument));
        return map(x != null ? negated(x, e) : y, z -> e.unary(UnaryOp.LOG, e.unary(UnaryOp.ERFC, z)));
    }

    /** With a constant factor, which is ½ as a rule and then cancels. */
    private static @Nullable Expr logErfc(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr.Binary product = binary(BinaryOp.MULTIPLY, argument);
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, argument);
        double c = 1;
        Expr term = argument;
        if (product != null && product.left() instanceof Expr.Constant factor) {
            c = factor.value();
            term = product.right();
        } else if (quotient != null && quotient.right() instanceof Expr.Constant divisor) {
            c = 1 / divisor.value();
            term = quotient.left();
        }
        Expr x = operand(UnaryOp.ERFC, term);
        if (x == null || !(c > 0)) {
            return null;
        }
        Expr log = e.unary(UnaryOp.LOG_NORMAL_CDF, scaled(-Math.sqrt(2), x, e));
        return e.binary(BinaryOp.ADD, e.constant(Math.log(2 * c)), log);
    }

    /** {@code c·x} with the constants of x in c: of {@code −√2·(−x / √2)} x is left. */
    static Expr scaled(double c, Expr x, Exprs e) {
        return switch (x) {
            case Expr.Unary u when u.op() == UnaryOp.NEGATE -> scaled(-c, u.operand(), e);
            case Expr.Binary b
            when b.op() == BinaryOp.MULTIPLY && b.left() instanceof Expr.Constant f ->
                scaled(c * f.value(), b.right(), e);
            case Expr.Binary b
            when b.op() == BinaryOp.DIVIDE && b.right() instanceof Expr.Constant f ->
                scaled(c / f.value(), b.left(), e);
            default -> times(Math.abs(Math.abs(c) - 1) < 1e-12 ? Math.signum(c) : c, x, e);
        };
    }
}
