package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The cost of evaluating an expression once more, in additions. It excludes reductions, and parts that need fewer
 * indices, because these are computed before the loop.
 */
public final class Costs {
    private static final int MAX_COST = 1000;

    private final Exprs exprs;
    private final Predicate<Expr> isThere;
    private final Map<Expr, Integer> known = new IdentityHashMap<>();

    Costs(Exprs exprs) {
        this(exprs, node -> false);
    }

    /** @param isThere what costs nothing, because it is computed anyway */
    Costs(Exprs exprs, Predicate<Expr> isThere) {
        this.exprs = exprs;
        this.isThere = isThere;
    }

    int of(Expr node) {
        if (isThere.test(node)) {
            return 0;
        }
        Integer cost = known.get(node);
        if (cost == null) {
            Set<Expr.Index> free = exprs.freeIndices(node);
            int total = own(node);
            if (!(node instanceof Expr.Reduce)) {
                for (Expr operand : node instanceof Expr.Order o ? List.of(o.at()) : Exprs.operands(node)) {
                    total += exprs.freeIndices(operand).size() == free.size() ? of(operand) : 0;
                }
            }
            cost = Math.min(total, MAX_COST);
            known.put(node, cost);
        }
        return cost;
    }

    /** The cost of one node, without that of its operands. */
    public static int own(Expr node) {
        return switch (node) {
            case Expr.Unary u -> of(u.op());
            case Expr.Binary b when isSimplePower(b) -> of(BinaryOp.MULTIPLY) * 2;
            case Expr.Binary b -> of(b.op());
            case Expr.Compare c -> 1;
            case Expr.Select s -> 1;
            case Expr.Constant c -> 0;
            case Expr.IntConstant c -> 0;
            case Expr.BooleanConstant c -> 0;
            case Expr.Extent e -> 0;
            case Expr.Index i -> 0;
            case Expr.Load l -> 0;
            case Expr.Reduce r -> 0;
            case Expr.State s -> 0;
            case Expr.Scan s -> 0;
            case Expr.Order o -> 0;
            case Expr.Local l -> 0;
        };
    }

    /** Whether vectors have a body for an exponent that takes two multiplications at most. */
    private static boolean isSimplePower(Expr.Binary node) {
        return node.op() == BinaryOp.POW
                && node.right() instanceof Expr.Constant c
                && (c.value() == 2 || c.value() == 3 || c.value() == 4);
    }

    /** The cost of an operation, for vectors of floats. */
    static int of(UnaryOp op) {
        return switch (op) {
            case STOP_GRADIENT -> 0;
            case NEGATE, ABS, SIGN, SQUARE, FLOOR, CEIL, ROUND, TO_FLOAT, TO_INT, NOT, NAN_OR_ZERO -> 1;
            case SQRT -> 4;
            case EXP, EXPM1, LOG, LOG1P, LOG1M_EXP, SIGMOID, LOG_SIGMOID, SOFTPLUS, ERF -> 12;
            case EXPM1_REST, LOG1P_REST, LOG_REST -> 12;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ASINH, ACOSH, ATANH, LOG_COSH -> 12;
            case ERFC, NORMAL_CDF, LOG_NORMAL_CDF, NORMAL_QUANTILE, INVERSE_MILLS, MILLS_SLOPE -> 40;
            case LGAMMA, DIGAMMA, TRIGAMMA, TETRAGAMMA, PENTAGAMMA -> 40;
            case LOG_BESSEL_I0, BESSEL_I1_I0, BESSEL_SLOPE, BESSEL_CURVATURE -> 40;
        };
    }

    /** The cost of an operation, for vectors of floats. */
    static int of(BinaryOp op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, MAX, MIN, AND, OR -> 1;
            case DIVIDE, REMAINDER, XDIVY, ROOT_OF_SQUARES -> 4;
            case POW, ATAN2, HYPOT, XLOGY, XLOG1PY, LOG_QUOTIENT, RELATIVE_ENTROPY -> 20;
            case LBETA, LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE, TRIGAMMA_DIFFERENCE -> 60;
        };
    }
}
