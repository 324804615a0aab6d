package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a condition decides on the side of a choice where it is known. {@code x > y} is not only itself known there: it
 * decides {@code y < x} and {@code x == y} too, and what of it stands in a conjunction or disjunction.
 *
 * <p>Only choices are looked through. Arithmetic stays as it is, since it may be shared with what stands elsewhere, but
 * for one thing: a function that is 0 where x is 0 need not ask where x is known not to be 0: TornadoVM does not
 * compile a question that is answered already.
 */
final class KnownConditions {

    static final List<Rule> RULES = List.of(
            new Rule(
                    "negated-condition",
                    "¬c ? x : y, ¬¬c",
                    "c ? y : x, c",
                    Rule.Assumption.EXACT,
                    KnownConditions::negated),
            new Rule(
                    "known-condition",
                    "c ? (c ? x : y) : z",
                    "c ? x : z",
                    Rule.Assumption.EXACT,
                    KnownConditions::decided));

    /** How two operands can be ordered. */
    private enum Order {
        LESS,
        EQUAL,
        GREATER,
        UNORDERED
    }

    /** A comparison of which it is known whether it holds. */
    private record Fact(Expr.Compare comparison, boolean holds) {

        Set<Order> orders() {
            return KnownConditions.orders(comparison, holds);
        }
    }

    private final Exprs exprs;
    private final Map<Expr, Boolean> known = new IdentityHashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    private KnownConditions(Exprs exprs, Expr condition, boolean holds) {
        this.exprs = exprs;
        learn(condition, holds);
    }

    private static @Nullable Expr negated(Expr node, Exprs e) {
        if (node instanceof Expr.Select s) {
            Expr condition = Patterns.operand(UnaryOp.NOT, s.condition());
            return condition == null ? null : swapped(s, condition, e);
        }
        return Patterns.operand(UnaryOp.NOT, Patterns.operand(UnaryOp.NOT, node));
    }

    private static Expr swapped(Expr.Select choice, Expr opposite, Exprs e) {
        Expr whenTrue = choice.whenFalse();
        Expr whenFalse = choice.whenTrue();
        return e.select(opposite, whenTrue, whenFalse);
    }

    private static @Nullable Expr decided(Expr node, Exprs e) {
        return node instanceof Expr.Select s
                ? e.select(
                        s.condition(),
                        new KnownConditions(e, s.condition(), true).side(s.whenTrue()),
                        new KnownConditions(e, s.condition(), false).side(s.whenFalse()))
                : null;
    }

    private void learn(Expr condition, boolean holds) {
        if (known.put(condition, holds) != null) {
            return;
        }
        switch (condition) {
            case Expr.Unary u -> learn(u.operand(), !holds);
            case Expr.Binary b -> {
                if (holds == (b.op() == BinaryOp.AND)) {
                    learn(b.left(), holds);
                    learn(b.right(), holds);
                }
            }
            case Expr.Compare c -> facts.add(new Fact(c, holds));
            default -> {}
        }
    }

    /** What a value is on the side of the choice. */
    private Expr side(Expr node) {
        if (!(node instanceof Expr.Select s)) {
            return unguarded(node);
        }
        Expr result = done.get(node);
        if (result == null) {
            Expr condition = condition(s.condition());
            result = condition instanceof Expr.BooleanConstant c
                    ? side(c.value() ? s.whenTrue() : s.whenFalse())
                    : exprs.select(condition, side(s.whenTrue()), side(s.whenFalse()));
            done.put(node, result);
        }
        return result;
    }

    /** A function that asks once more whether x is 0, where it is known not to be, is a product or a quotient. */
    private Expr unguarded(Expr node) {
        if (!(node instanceof Expr.Binary b)) {
            return node;
        }
        Expr result = done.get(node);
        if (result == null) {
            result = unguarded(b);
            done.put(node, result);
        }
        return result;
    }

    private Expr unguarded(Expr.Binary node) {
        Expr x = node.left();
        Expr y = node.right();
        return switch (node.op()) {
            case ADD, SUBTRACT -> {
                Expr left = unguarded(x);
                Expr right = unguarded(y);
                yield left == x && right == y ? node : exprs.binary(node.op(), left, right);
            }
            case XLOGY -> isNotZero(x) ? exprs.binary(BinaryOp.MULTIPLY, x, exprs.unary(UnaryOp.LOG, y)) : node;
            case XLOG1PY -> isNotZero(x) ? exprs.binary(BinaryOp.MULTIPLY, x, exprs.unary(UnaryOp.LOG1P, y)) : node;
            case XDIVY -> isNotZero(x) ? exprs.binary(BinaryOp.DIVIDE, x, y) : node;
            default -> node;
        };
    }

    private boolean isNotZero(Expr x) {
        Expr asked = exprs.compare(Comparison.EQUAL, x, exprs.constant(0.0));
        return condition(asked) instanceof Expr.BooleanConstant c && !c.value();
    }

    private Expr condition(Expr node) {
        Boolean value = known.get(node);
        if (value != null) {
            return exprs.constant(value);
        }
        Expr result = done.get(node);
        if (result == null) {
            result = switch (node) {
                case Expr.Compare c -> comparison(c);
                case Expr.Unary u -> negation(condition(u.operand()));
                case Expr.Binary b -> combination(b, condition(b.left()), condition(b.right()));
                default -> node;
            };
            done.put(node, result);
        }
        return result;
    }

    private Expr negation(Expr operand) {
        return operand instanceof Expr.BooleanConstant c
                ? exprs.constant(!c.value())
                : exprs.unary(UnaryOp.NOT, operand);
    }

    private Expr combination(Expr.Binary node, Expr left, Expr right) {
        boolean neutral = node.op() == BinaryOp.AND;
        if (left instanceof Expr.BooleanConstant c) {
            return c.value() == neutral ? right : left;
        }
        if (right instanceof Expr.BooleanConstant c) {
            return c.value() == neutral ? left : right;
        }
        return exprs.binary(node.op(), left, right);
    }

    private Expr comparison(Expr.Compare asked) {
        Set<Order> possible = EnumSet.allOf(Order.class);
        if (asked.left().type() == Type.INT) {
            possible.remove(Order.UNORDERED);
        }
        for (Fact fact : facts) {
            Expr.Compare comparison = fact.comparison();
            if (comparison.left() == asked.left() && comparison.right() == asked.right()) {
                possible.retainAll(fact.orders());
            }
            if (comparison.left() == asked.right() && comparison.right() == asked.left()) {
                possible.retainAll(mirrored(fact.orders()));
            }
        }
        Set<Order> wanted = orders(asked, true);
        if (wanted.containsAll(possible)) {
            return exprs.constant(true);
        }
        possible.retainAll(wanted);
        return possible.isEmpty() ? exprs.constant(false) : asked;
    }

    /** The orders of its operands with which a comparison holds, or does not. */
    private static Set<Order> orders(Expr.Compare node, boolean holds) {
        Set<Order> orders = switch (node.op()) {
            case LESS -> EnumSet.of(Order.LESS);
            case LESS_OR_EQUAL -> EnumSet.of(Order.LESS, Order.EQUAL);
            case GREATER -> EnumSet.of(Order.GREATER);
            case GREATER_OR_EQUAL -> EnumSet.of(Order.GREATER, Order.EQUAL);
            case EQUAL -> EnumSet.of(Order.EQUAL);
            case NOT_EQUAL -> EnumSet.complementOf(EnumSet.of(Order.EQUAL));
        };
        return holds ? orders : EnumSet.complementOf(EnumSet.copyOf(orders));
    }

    private static Set<Order> mirrored(Set<Order> orders) {
        Set<Order> mirrored = EnumSet.noneOf(Order.class);
        for (Order order : orders) {
            mirrored.add(
                    switch (order) {
                        case LESS -> Order.GREATER;
                        case GREATER -> Order.LESS;
                        case EQUAL -> Order.EQUAL;
                        case UNORDERED -> Order.UNORDERED;
                    });
        }
        return mirrored;
    }
}
