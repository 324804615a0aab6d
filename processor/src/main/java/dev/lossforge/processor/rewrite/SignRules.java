package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that move signs outwards, where they cancel, and drop those that squares and even functions do not see. */
final class SignRules {

    static final List<Rule> ALL = List.of(
            new Rule("negation", "−(−x), −(x − y)", "x, y − x", EXACT, SignRules::negation),
            new Rule("negated-term", "x ± (−y)", "x ∓ y", EXACT, SignRules::negatedTerm),
            new Rule("negated-factor", "(−x)·y, (−x) / y", "−(x·y), −(x / y)", EXACT, SignRules::negatedFactor),
            new Rule("square-of-negation", "(−x)², |−x|", "x², |x|", EXACT, SignRules::evenOfNegation),
            new Rule("square-of-absolute", "|x|², (c·|x|)·|x|", "x², (c·x)·x", EXACT, SignRules::squareOfAbsolute),
            new Rule("odd-of-negation", "f(−x), f odd", "−f(x)", EXACT, SignRules::oddOfNegation));

    private SignRules() {}

    private static @Nullable Expr negation(Expr node, Exprs e) {
        Expr inner = operand(UnaryOp.NEGATE, node);
        Expr twice = operand(UnaryOp.NEGATE, inner);
        if (twice != null) {
            return twice;
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, inner);
        return difference == null ? null : Patterns.swapped(difference, e);
    }

    private static @Nullable Expr negatedTerm(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, node);
        if (sum != null) {
            Expr right = operand(UnaryOp.NEGATE, sum.right());
            Expr left = operand(UnaryOp.NEGATE, sum.left());
            return right != null ? minus(sum.left(), right, e) : left != null ? minus(sum.right(), left, e) : null;
        }
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        if (difference == null) {
            return null;
        }
        Expr right = operand(UnaryOp.NEGATE, difference.right());
        return right == null ? null : e.binary(BinaryOp.ADD, difference.left(), right);
    }

    private static Expr minus(Expr x, Expr y, Exprs e) {
        return e.binary(BinaryOp.SUBTRACT, x, y);
    }

    private static @Nullable Expr negatedFactor(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b) || b.op() != BinaryOp.MULTIPLY && b.op() != BinaryOp.DIVIDE) {
            return null;
        }
        Expr left = operand(UnaryOp.NEGATE, b.left());
        Expr right = operand(UnaryOp.NEGATE, b.right());
        if (b.type() != Type.FLOAT || left == null && right == null) {
            return null;
        }
        Expr positive = e.binary(b.op(), left == null ? b.left() : left, right == null ? b.right() : right);
        return left != null && right != null ? positive : e.unary(UnaryOp.NEGATE, positive);
    }

    private static @Nullable Expr evenOfNegation(Expr node, Exprs e) {
        Expr squared = operand(UnaryOp.NEGATE, operand(UnaryOp.SQUARE, node));
        if (squared != null) {
            return e.unary(UnaryOp.SQUARE, squared);
        }
        Expr absolute = operand(UnaryOp.NEGATE, operand(UnaryOp.ABS, node));
        return absolute == null ? null : e.unary(UnaryOp.ABS, absolute);
    }

    /** A square has no kink where its root has one, and a second derivative there. */
    private static @Nullable Expr squareOfAbsolute(Expr node, Exprs e) {
        Expr squared = operand(UnaryOp.ABS, operand(UnaryOp.SQUARE, node));
        if (squared != null) {
            return e.unary(UnaryOp.SQUARE, squared);
        }
        Expr.Binary product = binary(BinaryOp.MULTIPLY, node);
        if (product == null) {
            return null;
        }
        Expr.Binary multiple = binary(BinaryOp.MULTIPLY, product.left());
        Expr x = operand(UnaryOp.ABS, product.right());
        return x == null || multiple == null || multiple.right() != product.right()
                ? null
                : e.binary(BinaryOp.MULTIPLY, e.binary(BinaryOp.MULTIPLY, multiple.left(), x), x);
    }

    private static @Nullable Expr oddOfNegation(Expr node, Exprs e) {
        if (!(node instanceof Expr.Unary u)) {
            return null;
        }
        boolean odd = switch (u.op()) {
            case SIN, TAN, ASIN, ATAN, SINH, TANH, ASINH, ATANH, ERF, SIGN -> true;
            default -> false;
        };
        Expr inner = odd ? operand(UnaryOp.NEGATE, u.operand()) : null;
        return inner == null ? null : e.unary(UnaryOp.NEGATE, e.unary(u.op(), inner));
    }
}
