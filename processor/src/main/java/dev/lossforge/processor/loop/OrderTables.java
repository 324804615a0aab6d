package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Extents;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of the orders of a program: one for the keys, one for their order, and, if needed, one for the inverse.
 * Each has an axis for every index that the keys depend on; the last axis is that of the keys.
 */
final class OrderTables {
    private final Exprs exprs;
    private final Canonical canonical;
    private final Definitions definitions;
    private final Map<List<Object>, Table> tables = new HashMap<>();

    OrderTables(Exprs exprs, Canonical canonical, Definitions definitions) {
        this.exprs = exprs;
        this.canonical = canonical;
        this.definitions = definitions;
    }

    /** Whether the keys of an order can be in a table. */
    boolean fits(Expr.Order order) {
        return axes(order).stream().allMatch(i -> Extents.isKnown(i.extent()));
    }

    private List<Expr.Index> axes(Expr.Order order) {
        List<Expr.Index> axes = new ArrayList<>(exprs.freeIndices(order.key()));
        axes.remove(order.index());
        axes.add(order.index());
        return axes;
    }

    /**
     * An entry of an order.
     *
     * @param at the position, which may itself read tables
     */
    Expr entry(Expr.Order order, Expr at) {
        List<Expr.Index> axes = axes(order);
        Table table = table(order.op(), canonical.of(order.key(), axes), axes);
        Expr count = order.index().extent();
        if (Orders.isInside(order)) {
            return load(table, axes, at);
        }
        Expr last = exprs.binary(BinaryOp.SUBTRACT, count, exprs.constant(1));
        Expr within = exprs.binary(BinaryOp.MAX, exprs.binary(BinaryOp.MIN, at, last), exprs.constant(0));
        Expr isInside = exprs.binary(
                BinaryOp.AND,
                exprs.compare(Comparison.GREATER_OR_EQUAL, at, exprs.constant(0)),
                exprs.compare(Comparison.LESS, at, count));
        return exprs.select(isInside, load(table, axes, within), exprs.constant(-1));
    }

    private Expr.Load load(Table table, List<Expr.Index> axes, Expr last) {
        List<Expr> indices = new ArrayList<>(axes);
        indices.set(axes.size() - 1, last);
        return (Expr.Load) exprs.load(table.input(), indices);
    }

    private Table table(OrderOp op, Expr key, List<Expr.Index> axes) {
        List<Object> name =
                List.of(op, exprs.order(key), exprs.order(axes.getLast().extent()));
        Table table = tables.get(name);
        if (table == null) {
            List<Expr.Index> points = Canonical.points(exprs, axes);
            Table source = op == OrderOp.ARG_SORT ? keys(key, points) : table(OrderOp.ARG_SORT, key, axes);
            table = definitions.table(op == OrderOp.ARG_SORT ? "order" : "rank", Type.INT, notEmpty(points));
            tables.put(name, table);
            Expr count = points.getLast().extent();
            Expr.Load target = load(table, points, exprs.constant(0));
            definitions.add(Task.nest(
                    points.subList(0, points.size() - 1),
                    new Task.Sort(op, table, target, load(source, points, exprs.constant(0)), count)));
        }
        return table;
    }

    /** Points with at least one entry: a position outside the order reads its first entry and ignores it. */
    private List<Expr.Index> notEmpty(List<Expr.Index> points) {
        Expr.Index last = points.getLast();
        if (last.extent() instanceof Expr.Extent) {
            return points;
        }
        List<Expr.Index> some = new ArrayList<>(points);
        Expr count = exprs.binary(BinaryOp.MAX, last.extent(), exprs.constant(1));
        some.set(some.size() - 1, exprs.index(last.number(), count));
        return some;
    }

    private Table keys(Expr key, List<Expr.Index> points) {
        Expr value = definitions.place(key, points);
        Table table = definitions.table("keys", Type.FLOAT, points);
        definitions.add(Task.nest(points, new Task.Tabulate(table, List.copyOf(points), value)));
        return table;
    }
}
