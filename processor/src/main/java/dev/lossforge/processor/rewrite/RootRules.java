package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.bodyOver;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.NonNegative;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for roots of sums of squares: a square overflows or vanishes where its root does not. */
final class RootRules {

    private static final List<Rule> ROOTS = List.of(
            new Rule("root-of-square", "√(x²)", "|x|", EXACT, RootRules::absolute),
            new Rule("hypot", "√(x² + y²)", "hypot(x, y)", LIMIT, (n, e) -> root(n, BinaryOp.ADD, e)),
            new Rule("norm", "√(Σ x²)", "‖x‖", LIMIT, RootRules::norm),
            new Rule("norm-of-mean", "√(Σ x² / n)", "m·√(Σ (x / m)² / n), m = max |x|", LIMIT, RootRules::normOfMean),
            new Rule("norm-of-multiple", "√(c·Σ x²)", "√c·‖x‖", LIMIT, (n, e) -> root(n, BinaryOp.MULTIPLY, e)));

    private static final List<Rule> OTHERS = List.of(
            new Rule(
                    "hypot-minus-leg",
                    "√(x² + c²) − c, c ≥ 0",
                    "x·(x / (c + √(x² + c²)))",
                    LIMIT,
                    true,
                    RootRules::hypotMinusLeg),
            new Rule("cosine", "Σ x·y / (‖x‖·‖y‖)", "Σ (x / ‖x‖)·(y / ‖y‖)", LIMIT, RootRules::cosine),
            new Rule(
                    "cosine-distance",
                    "1 − Σ (x / ‖x‖)·(y / ‖y‖)",
                    "½·Σ (x / ‖x‖ − y / ‖y‖)²",
                    REASSOCIATES,
                    true,
                    RootRules::cosineDistance));

    static final List<Rule> ALL = Stream.of(ROOTS, OTHERS).flatMap(List::stream).toList();

    private RootRules() {}

    /** The root of a sum, mean or multiple of squares, or null. */
    static @Nullable Expr of(Expr squares, Exprs e) {
        Expr root = e.unary(UnaryOp.SQRT, squares);
        return ROOTS.stream()
                .map(rule -> rule.rewrite().apply(root, e))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Expr absolute(Expr node, Exprs e) {
        Expr x = operand(UnaryOp.SQUARE, operand(UnaryOp.SQRT, node));
        return x == null ? null : e.unary(UnaryOp.ABS, x);
    }

    private static @Nullable Expr root(Expr node, BinaryOp op, Exprs e) {
        Expr.Binary argument = binary(op, operand(UnaryOp.SQRT, node));
        if (argument == null || !Patterns.isShort(argument) || !isSquare(argument)) {
            return null;
        }
        Expr root = rootOf(argument, e);
        return root == null || NonNegative.byConstruction(root) ? root : e.unary(UnaryOp.ABS, root);
    }

    private static @Nullable Expr norm(Expr node, Exprs e) {
        return operand(UnaryOp.SQRT, node) instanceof Expr.Reduce r && Patterns.isShort(r) && isSquare(r)
                ? rootOf(r, e)
                : null;
    }

    /** The mean of squares relative to the greatest; since that does not matter, it is constant for differentiation. */
    private static @Nullable Expr normOfMean(Expr node, Exprs e) {
        Expr.Binary mean = binary(BinaryOp.DIVIDE, operand(UnaryOp.SQRT, node));
        Expr greatest = mean == null || !Patterns.isShort(mean) ? null : magnitude(mean, e);
        if (mean == null || greatest == null) {
            return null;
        }
        Expr scale = e.unary(UnaryOp.STOP_GRADIENT, NormRules.usable(greatest, e));
        return e.binary(BinaryOp.MULTIPLY, scale, e.unary(UnaryOp.SQRT, scaled(mean, scale, e)));
    }

    /** The greatest magnitude of what is squared in a mean, or null; what is scaled already has none. */
    private static @Nullable Expr magnitude(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Unary u
            when u.op() == UnaryOp.SQUARE -> isScaled(u.operand()) ? null : e.unary(UnaryOp.ABS, u.operand());
            case Expr.Binary b when b.op() == BinaryOp.DIVIDE && isCount(b.right()) -> magnitude(b.left(), e);
            case Expr.Reduce r
            when r.op() == ReduceOp.SUM ->
                Patterns.map(magnitude(r.body(), e), m -> e.reduce(ReduceOp.MAX, r.index(), m));
            default -> null;
        };
    }

    private static boolean isScaled(Expr node) {
        Expr.Binary share = binary(BinaryOp.DIVIDE, node);
        return share != null && operand(UnaryOp.STOP_GRADIENT, share.right()) != null;
    }

    private static boolean isCount(Expr node) {
        return node instanceof Expr.Constant || operand(UnaryOp.TO_FLOAT, node) instanceof Expr.Extent;
    }

    private static Expr scaled(Expr node, Expr scale, Exprs e) {
        return switch (node) {
            case Expr.Binary b -> e.binary(BinaryOp.DIVIDE, scaled(b.left(), scale, e), b.right());
            case Expr.Reduce r -> e.reduce(ReduceOp.SUM, r.index(), scaled(r.body(), scale, e));
            case Expr.Unary u -> e.unary(UnaryOp.SQUARE, e.binary(BinaryOp.DIVIDE, u.operand(), scale));
            default -> throw new IllegalArgumentException("no mean of squares");
        };
    }

    /** Whether there is a square in a sum or multiple. */
    private static boolean isSquare(Expr node) {
        return switch (node) {
            case Expr.Unary u -> u.op() == UnaryOp.SQUARE;
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, MULTIPLY -> isSquare(b.left()) || isSquare(b.right());
                    case DIVIDE -> isSquare(b.left());
                    default -> false;
                };
            case Expr.Reduce r -> r.op() == ReduceOp.SUM && isSquare(r.body());
            default -> false;
        };
    }

    /** A number of either sign whose square this is, or null. */
    private static @Nullable Expr rootOf(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Constant c -> c.value() >= 0 ? e.constant(Math.sqrt(c.value())) : null;
            case Expr.Unary u ->
                switch (u.op()) {
                    case SQUARE -> u.operand();
                    case TO_FLOAT -> u.operand() instanceof Expr.Extent ? e.unary(UnaryOp.SQRT, u) : null;
                    default -> null;
                };
            case Expr.Binary b -> rootOf(b, e);
            case Expr.Reduce r -> {
                Expr body = r.op() == ReduceOp.SUM ? rootOf(r.body(), e) : null;
                yield body == null ? null : e.reduce(ReduceOp.NORM, r.index(), body);
            }
            default -> null;
        };
    }

    private static @Nullable Expr rootOf(Expr.Binary node, Exprs e) {
        BinaryOp op = node.op();
        if (op != BinaryOp.ADD && op != BinaryOp.MULTIPLY && op != BinaryOp.DIVIDE) {
            return null;
        }
        Expr left = rootOf(node.left(), e);
        Expr right = left == null ? null : rootOf(node.right(), e);
        return left == null || right == null ? null : e.binary(op == BinaryOp.ADD ? BinaryOp.HYPOT : op, left, right);
    }

    private static @Nullable Expr hypotMinusLeg(Expr node, Exprs e) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, node);
        Expr.Binary one = binary(BinaryOp.HYPOT, Patterns.minusOne(node));
        return one != null
                ? beyond(one, e.constant(1.0), e)
                : difference != null && difference.left() instanceof Expr.Binary hypot && hypot.op() == BinaryOp.HYPOT
                        ? beyond(hypot, difference.right(), e)
                        : null;
    }

    /** What a hypotenuse is more than one of its legs; 0 where both are 0. */
    private static @Nullable Expr beyond(Expr.Binary hypot, Expr leg, Exprs e) {
        if (hypot.left() != leg && hypot.right() != leg || !NonNegative.byConstruction(leg)) {
            return null;
        }
        Expr x = hypot.left() == leg ? hypot.right() : hypot.left();
        Expr sum = e.binary(BinaryOp.ADD, leg, hypot);
        boolean isPositive = leg instanceof Expr.Constant c && c.value() > 0;
        return e.binary(BinaryOp.MULTIPLY, x, e.binary(isPositive ? BinaryOp.DIVIDE : BinaryOp.XDIVY, x, sum));
    }

    private static @Nullable Expr cosine(Expr node, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr.Binary norms = quotient == null ? null : binary(BinaryOp.MULTIPLY, quotient.right());
        if (quotient == null
                || norms == null
                || !(quotient.left() instanceof Expr.Reduce dot)
                || dot.op() != ReduceOp.SUM
                || !(dot.body() instanceof Expr.Binary term)
                || term.op() != BinaryOp.MULTIPLY) {
            return null;
        }
        Expr left = bodyOver(dot.index(), ReduceOp.NORM, norms.left(), e);
        Expr right = bodyOver(dot.index(), ReduceOp.NORM, norms.right(), e);
        boolean inOrder = left == term.left() && right == term.right();
        if (!inOrder && !(left == term.right() && right == term.left())) {
            return null;
        }
        Expr x = e.binary(BinaryOp.DIVIDE, term.left(), inOrder ? norms.left() : norms.right());
        Expr y = e.binary(BinaryOp.DIVIDE, term.right(), inOrder ? norms.right() : norms.left());
        return e.reduce(ReduceOp.SUM, dot.index(), e.binary(BinaryOp.MULTIPLY, x, y));
    }

    /** Between nearly equal directions 1 is lost, and with it all digits of the distance. */
    private static @Nullable Expr cosineDistance(Expr node, Exprs e) {
        if (!(Patterns.oneMinus(node) instanceof Expr.Reduce dot) || dot.op() != ReduceOp.SUM) {
            return null;
        }
        Expr.Binary product = binary(BinaryOp.MULTIPLY, dot.body());
        if (product == null || !isDirection(product.left(), dot, e) || !isDirection(product.right(), dot, e)) {
            return null;
        }
        Expr difference = e.binary(BinaryOp.SUBTRACT, product.left(), product.right());
        Expr squares = e.reduce(ReduceOp.SUM, dot.index(), e.unary(UnaryOp.SQUARE, difference));
        return e.binary(BinaryOp.MULTIPLY, e.constant(0.5), squares);
    }

    /** Whether a value is an entry of a vector, divided by the vector's norm. */
    private static boolean isDirection(Expr node, Expr.Reduce over, Exprs e) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        return quotient != null
                && Patterns.bodyOver(over.index(), ReduceOp.NORM, quotient.right(), e) == quotient.left();
    }
}
