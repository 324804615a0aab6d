package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that let the others look through a choice: what has a better form on one side is computed on each side. */
final class ChoiceRules {

    /** Come before a sum of exponentials is seen in a choice. */
    static final List<Rule> OF_LOGARITHMS = List.of(new Rule(
            "log-of-difference-of-choice",
            "log(x − (c ? y : z))",
            "c ? log(x − y) : log(x − z)",
            EXACT,
            ChoiceRules::difference));

    static final List<Rule> OF_ALL = List.of(
            new Rule("function-of-choice", "f(c ? x : y)", "c ? f(x) : f(y)", EXACT, ChoiceRules::function),
            new Rule(
                    "operation-of-choice",
                    "x − (c ? y : z), (c ? y : z)ˣ",
                    "c ? x − y : x − z, c ? yˣ : zˣ",
                    EXACT,
                    ChoiceRules::operation));

    private ChoiceRules() {}

    private static @Nullable Expr function(Expr node, Exprs e) {
        if (!(node instanceof Expr.Unary u)) {
            return null;
        }
        Expr opposite = u.op() == UnaryOp.LOG ? Patterns.operand(UnaryOp.NEGATE, u.operand()) : null;
        if (!((opposite == null ? u.operand() : opposite) instanceof Expr.Select s) || !Patterns.isShort(s)) {
            return null;
        }
        Expr whenTrue = e.unary(u.op(), opposite == null ? s.whenTrue() : Patterns.negated(s.whenTrue(), e));
        Expr whenFalse = e.unary(u.op(), opposite == null ? s.whenFalse() : Patterns.negated(s.whenFalse(), e));
        boolean better = u.op() == UnaryOp.TO_FLOAT
                ? s.whenTrue() instanceof Expr.IntConstant && s.whenFalse() instanceof Expr.IntConstant
                : hasRules(u.op()) && (isBetter(whenTrue, e) || isBetter(whenFalse, e));
        return better ? e.select(s.condition(), whenTrue, whenFalse) : null;
    }

    private static boolean hasRules(UnaryOp op) {
        return switch (op) {
            case LOG, LOG1P, SQRT, LOG_SIGMOID, EXP, EXPM1 -> true;
            default -> false;
        };
    }

    private static @Nullable Expr operation(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b) || b.type() != Type.FLOAT || !hasRules(b.op()) || !Patterns.isShort(b)) {
            return null;
        }
        if (b.left() instanceof Expr.Select s) {
            return better(s, e.binary(b.op(), s.whenTrue(), b.right()), e.binary(b.op(), s.whenFalse(), b.right()), e);
        }
        return b.right() instanceof Expr.Select s
                ? better(s, e.binary(b.op(), b.left(), s.whenTrue()), e.binary(b.op(), b.left(), s.whenFalse()), e)
                : null;
    }

    private static @Nullable Expr difference(Expr node, Exprs e) {
        Expr.Binary b = Patterns.binary(BinaryOp.SUBTRACT, Patterns.operand(UnaryOp.LOG, node));
        if (b == null || !Patterns.isShort(b)) {
            return null;
        }
        if (b.left() instanceof Expr.Select s) {
            return better(s, log(s.whenTrue(), b.right(), e), log(s.whenFalse(), b.right(), e), e);
        }
        return b.right() instanceof Expr.Select s
                ? better(s, log(b.left(), s.whenTrue(), e), log(b.left(), s.whenFalse(), e), e)
                : null;
    }

    private static Expr log(Expr x, Expr y, Exprs e) {
        return e.unary(UnaryOp.LOG, e.binary(BinaryOp.SUBTRACT, x, y));
    }

    private static boolean hasRules(BinaryOp op) {
        return switch (op) {
            case SUBTRACT, POW -> true;
            default -> false;
        };
    }

    private static @Nullable Expr better(Expr.Select s, Expr whenTrue, Expr whenFalse, Exprs e) {
        return isBetter(whenTrue, e) || isBetter(whenFalse, e) ? e.select(s.condition(), whenTrue, whenFalse) : null;
    }

    /**
     * Whether a side of a choice has a better form everywhere. One that is better under a condition keeps the side
     * elsewhere, as a further choice, which would be taken apart in turn without end.
     */
    private static boolean isBetter(Expr node, Exprs e) {
        return StabilityRules.ALL.stream().anyMatch(rule -> applies(rule, node, e));
    }

    private static boolean applies(Rule rule, Expr node, Exprs e) {
        Expr better = rule.rewrite().apply(node, e);
        return better != null && better != node && !Patterns.isSideOf(better, node);
    }
}
