package dev.lossforge.processor.emit.device;

import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Table;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes expressions for one unit of a kernel for a device. A position outside an input reads NaN, or 0 of ints.
 *
 * <p>A condition is not tested again where its outcome is known. A device's compiler creates blocks for each test.
 * Three nested ones gave code that took a CPU device a minute to compile.
 */
final class DeviceCode {
    private final DeviceScope scope;
    private final String unit;
    /** The conditions of the enclosing selections, and their outcomes here. */
    private final Map<Expr, Boolean> decided = new IdentityHashMap<>();

    /** @param unit the variable that holds the number of the unit */
    DeviceCode(DeviceScope scope, String unit) {
        this.scope = scope;
        this.unit = unit;
    }

    Term of(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Double.isNaN(c.value()) ? Term.atom(scope.nan()) : Operations.constant(c.value());
            case Expr.IntConstant c -> Operations.constant(c.value());
            case Expr.BooleanConstant c -> Term.atom("$L", c.value());
            case Expr.Extent e -> Term.atom("$L", scope.extent(e.input(), e.axis()));
            case Expr.Index i -> Term.atom("$L", scope.index(i));
            case Expr.Local l -> Term.atom("$L", scope.local(l));
            case Expr.Load l -> load(l);
            case Expr.Unary u -> DeviceOperations.unary(u.op(), of(u.operand()));
            case Expr.Binary b -> DeviceOperations.binary(b.op(), b.type(), of(b.left()), of(b.right()));
            case Expr.Compare c -> DeviceOperations.compare(c.op(), c.left().type(), of(c.left()), of(c.right()));
            case Expr.Select s -> select(s);
            case Expr.Order o -> throw new IllegalStateException("an order was not lowered: " + o.op());
            case Expr.Reduce r -> throw new IllegalStateException("a reduction was not lowered: " + r.op());
            case Expr.State x -> throw new IllegalStateException("a state was not lowered");
            case Expr.Scan x -> throw new IllegalStateException("a scan was not lowered");
        };
    }

    private Term select(Expr.Select select) {
        Boolean known = decided.get(select.condition());
        if (known != null) {
            return of(known ? select.whenTrue() : select.whenFalse());
        }
        return Operations.select(
                of(select.condition()),
                after(select.condition(), true, select.whenTrue()),
                after(select.condition(), false, select.whenFalse()));
    }

    private Term after(Expr condition, boolean decision, Expr node) {
        decided.put(condition, decision);
        Term term = of(node);
        decided.remove(condition);
        return term;
    }

    private Term load(Expr.Load load) {
        Input input = load.input();
        List<Expr> indices = load.indices();
        Optional<Table> table = scope.table(input);
        if (table.isPresent()) {
            return Term.atom(
                    "$L.get($L)", scope.tables(input.type()), place(table.get().buffer(), indices));
        }
        if (indices.isEmpty()) {
            return Term.atom("$L", isOfAllUnits(input) ? scope.parameter(input) : scope.loaded(input));
        }
        Term entry = Term.atom("$L.get($L)", scope.array(input), offset(input, indices));
        if (isInside(input, indices)) {
            return entry;
        }
        boolean ints = load.type() == Type.INT;
        Term outside = ints ? Operations.constant(0) : Term.atom("$L", scope.nan());
        return Operations.select(inside(input, indices), entry, outside);
    }

    /** Whether all indices are positions of the input's axes, whatever the data. */
    boolean isInside(Input input, List<Expr> indices) {
        for (int axis = 0; axis < indices.size(); axis++) {
            if (!scope.isInside(indices.get(axis), input, axis)) {
                return false;
            }
        }
        return true;
    }

    /** The condition that all indices are positions of the input's axes. */
    Term inside(Input input, List<Expr> indices) {
        Term all = within(input, indices, 0);
        for (int axis = 1; axis < indices.size(); axis++) {
            all = Term.infix(all, "&", within(input, indices, axis), Strength.LOGICAL);
        }
        return all;
    }

    private Term within(Input input, List<Expr> indices, int axis) {
        Term index = of(indices.get(axis));
        Term high = Term.infix(index, "<", Term.atom("$L", scope.extent(input, axis)), Strength.COMPARISON);
        if (indices.get(axis) instanceof Expr.IntConstant c && c.value() >= 0) {
            return high;
        }
        Term low = Term.infix(index, ">=", Operations.constant(0), Strength.COMPARISON);
        return Term.infix(low, "&", high, Strength.LOGICAL);
    }

    /** The position of an entry of an input in its array. */
    Term offset(Input input, List<Expr> indices) {
        return Operations.plus(unitOffset(input), position(input, indices));
    }

    /**
     * The position of an entry of a table. Where each work-item has tables of its own, neighbours in a group have
     * neighbouring entries.
     */
    Term place(Buffer table, List<Expr> indices) {
        Term entry = indices.isEmpty()
                ? beginning(table, indices)
                : Operations.plus(beginning(table, indices.subList(0, indices.size() - 1)), of(indices.getLast()));
        if (scope.isOfBatch()) {
            return entry;
        }
        return Operations.plus(times(entry, "c.globalGroupSizeX"), Term.atom("c.globalIdx"));
    }

    /** The number of the first entry of a row among those of all tables of its type. */
    Term first(Statement.Row row) {
        return beginning(row.buffer(), row.indices());
    }

    /** The same, by the indices of all axes except the last. */
    private Term beginning(Buffer table, List<Expr> indices) {
        Term beginning = Term.atom("$L", scope.beginning(table));
        return indices.isEmpty() ? beginning : Operations.plus(beginning, rowOf(table, indices));
    }

    /** The number of the first entry along the last axis within its table, by the other indices. */
    private Term rowOf(Buffer table, List<Expr> indices) {
        Term row = of(indices.getFirst());
        for (int axis = 1; axis <= indices.size(); axis++) {
            Term extent = of(table.extents().get(axis));
            row = Operations.binary(BinaryOp.MULTIPLY, row, extent);
            if (axis < indices.size()) {
                row = Operations.plus(row, of(indices.get(axis)));
            }
        }
        return row;
    }

    private Term position(Input input, List<Expr> indices) {
        return switch (indices.size()) {
            case 0 -> Operations.constant(0);
            case 1 -> of(indices.getFirst());
            default -> Operations.plus(times(of(indices.get(0)), scope.extent(input, 1)), of(indices.get(1)));
        };
    }

    /** The start of the current unit's entries. */
    Term unitOffset(Input input) {
        if (isOfAllUnits(input)) {
            return Operations.constant(0);
        }
        Term offset = Term.atom(unit);
        for (int axis = 0; axis < input.rank(); axis++) {
            offset = times(offset, scope.extent(input, axis));
        }
        return offset;
    }

    private boolean isOfAllUnits(Input input) {
        return input.role() == Role.PARAMETER || scope.isOfBatch();
    }

    private static Term times(Term x, String extent) {
        return Term.infix(x, "*", Term.atom("$L", extent), Strength.PRODUCT);
    }
}
