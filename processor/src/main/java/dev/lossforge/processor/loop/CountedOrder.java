package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * An entry of an order by counting, for keys without a table because their number depends on the data. A rank is the
 * number of keys before a key; an entry is the index that has a given rank.
 */
final class CountedOrder {
    private final Exprs exprs;
    private final Expr.Order order;

    private CountedOrder(Exprs exprs, Expr.Order order) {
        this.exprs = exprs;
        this.order = order;
    }

    /** An expression with all orders replaced by counting, for devices, which do not sort. */
    static Expr everywhere(Exprs exprs, Expr root) {
        return new Everywhere(exprs).apply(root);
    }

    private static final class Everywhere {
        private final Exprs exprs;
        private final Map<Expr, Expr> done = new IdentityHashMap<>();

        Everywhere(Exprs exprs) {
            this.exprs = exprs;
        }

        Expr apply(Expr node) {
            Expr known = done.get(node);
            if (known == null) {
                Expr rebuilt = Rebuild.with(exprs, node, this::apply);
                known = rebuilt instanceof Expr.Order o ? of(exprs, o) : rebuilt;
                done.put(node, known);
            }
            return known;
        }
    }

    static Expr of(Exprs exprs, Expr.Order order) {
        CountedOrder counted = new CountedOrder(exprs, order);
        return order.op() == OrderOp.RANK ? counted.rankInside(order.at()) : counted.indexOf(order.at());
    }

    private Expr rankInside(Expr at) {
        Expr isInside = exprs.binary(
                BinaryOp.AND,
                exprs.compare(Comparison.GREATER_OR_EQUAL, at, exprs.constant(0)),
                exprs.compare(Comparison.LESS, at, order.index().extent()));
        return exprs.select(isInside, rank(at), exprs.constant(-1));
    }

    private Expr rank(Expr at) {
        return count(i -> exprs.select(isBefore(i, at), exprs.constant(1), exprs.constant(0)));
    }

    /** Adds 1 to the index and subtracts it at the end, so that the result is −1 if nothing is found. */
    private Expr indexOf(Expr rank) {
        Expr found = count(i -> exprs.select(
                exprs.compare(Comparison.EQUAL, rank(i), rank),
                exprs.binary(BinaryOp.ADD, i, exprs.constant(1)),
                exprs.constant(0)));
        return exprs.binary(BinaryOp.SUBTRACT, found, exprs.constant(1));
    }

    private Expr count(Function<Expr.Index, Expr> body) {
        return exprs.reduce(ReduceOp.SUM, order.index().extent(), body);
    }

    private Expr key(Expr at) {
        return Substitution.of(exprs, order.index(), at).apply(order.key());
    }

    private Expr isBefore(Expr i, Expr j) {
        Expr x = key(i);
        Expr y = key(j);
        Expr less = or(exprs.compare(Comparison.LESS, x, y), and(not(isNan(x)), isNan(y)));
        Expr tie = or(exprs.compare(Comparison.EQUAL, x, y), and(isNan(x), isNan(y)));
        return or(less, and(tie, exprs.compare(Comparison.LESS, i, j)));
    }

    private Expr isNan(Expr x) {
        return exprs.compare(Comparison.NOT_EQUAL, x, x);
    }

    private Expr not(Expr a) {
        return exprs.unary(UnaryOp.NOT, a);
    }

    private Expr and(Expr a, Expr b) {
        return exprs.binary(BinaryOp.AND, a, b);
    }

    private Expr or(Expr a, Expr b) {
        return exprs.binary(BinaryOp.OR, a, b);
    }
}
