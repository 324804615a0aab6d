package dev.lossforge.processor.emit;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The condition on a target and the hyperparameters under which a formula reads the entry that the target selects on an
 * axis, whatever the other data. It is found by assuming that the target is out of range, so that it equals no index
 * over the axis.
 */
final class RequiredIndices {

    private final Exprs exprs;
    private final Expr.Load index;
    private final Input of;
    private final int axis;
    private final Map<Expr, Expr> known = new IdentityHashMap<>();
    private final Map<Expr, Boolean> uniform = new IdentityHashMap<>();

    private RequiredIndices(Exprs exprs, Expr.Load index, Input of, int axis) {
        this.exprs = exprs;
        this.index = index;
        this.of = of;
        this.axis = axis;
    }

    static Expr condition(Formula formula, Expr.Load index, Input of, int axis) {
        return new RequiredIndices(formula.exprs(), index, of, axis).read(formula.written());
    }

    /** The condition under which computing a node reads the entry. */
    private Expr read(Expr node) {
        Expr condition = known.get(node);
        if (condition == null) {
            condition = isEntry(node) ? exprs.constant(true) : readByOperands(node);
            known.put(node, condition);
        }
        return condition;
    }

    private boolean isEntry(Expr node) {
        return node instanceof Expr.Load load
                && load.input().equals(of)
                && load.indices().get(axis) == index;
    }

    private Expr readByOperands(Expr node) {
        return switch (node) {
            case Expr.Select s ->
                or(read(s.condition()), either(s.condition(), read(s.whenTrue()), read(s.whenFalse())));
            case Expr.Binary b
            when b.op() == BinaryOp.AND -> or(read(b.left()), either(b.left(), read(b.right()), exprs.constant(false)));
            case Expr.Binary b
            when b.op() == BinaryOp.OR -> or(read(b.left()), either(b.left(), exprs.constant(false), read(b.right())));
            default -> {
                Expr any = exprs.constant(false);
                for (Expr operand : Exprs.operands(node)) {
                    any = or(any, read(operand));
                }
                yield any;
            }
        };
    }

    /** The result for the side that a condition selects, or for both sides if the data decide. */
    private Expr either(Expr condition, Expr whenTrue, Expr whenFalse) {
        if (isNeverEqual(condition, Comparison.EQUAL)) {
            return whenFalse;
        }
        if (isNeverEqual(condition, Comparison.NOT_EQUAL)) {
            return whenTrue;
        }
        return isUniform(condition)
                ? or(and(condition, whenTrue), and(not(condition), whenFalse))
                : and(whenTrue, whenFalse);
    }

    /** Whether a condition compares the target with an index of the axis. */
    private boolean isNeverEqual(Expr condition, Comparison op) {
        return condition instanceof Expr.Compare c
                && c.op() == op
                && (isOfAxis(c.left()) && c.right() == index || isOfAxis(c.right()) && c.left() == index);
    }

    private boolean isOfAxis(Expr node) {
        return node instanceof Expr.Index i && i.extent() == exprs.extent(of, axis);
    }

    /** Whether a value depends only on the target, hyperparameters and extents. */
    private boolean isUniform(Expr node) {
        Boolean is = uniform.get(node);
        if (is == null) {
            is = switch (node) {
                case Expr.Load l ->
                    l == index
                            || l.input().role() == Role.PARAMETER && l.indices().isEmpty();
                case Expr.Extent e -> true;
                case Expr.Index i -> false;
                case Expr.Local l -> false;
                case Expr.Reduce r -> false;
                case Expr.State s -> false;
                case Expr.Scan s -> false;
                case Expr.Order o -> false;
                // An int divided by 0 is an exception in Java.
                case Expr.Binary b when b.type() == Type.INT && b.op() == BinaryOp.DIVIDE -> false;
                case Expr.Binary b when b.type() == Type.INT && b.op() == BinaryOp.REMAINDER -> false;
                default -> Exprs.operands(node).stream().allMatch(this::isUniform);
            };
            uniform.put(node, is);
        }
        return is;
    }

    private Expr not(Expr a) {
        return a instanceof Expr.BooleanConstant c ? exprs.constant(!c.value()) : exprs.unary(UnaryOp.NOT, a);
    }

    private Expr and(Expr a, Expr b) {
        if (a instanceof Expr.BooleanConstant c) {
            return c.value() ? b : a;
        }
        return b instanceof Expr.BooleanConstant c ? c.value() ? a : b : exprs.binary(BinaryOp.AND, a, b);
    }

    private Expr or(Expr a, Expr b) {
        if (a instanceof Expr.BooleanConstant c) {
            return c.value() ? a : b;
        }
        return b instanceof Expr.BooleanConstant c ? c.value() ? b : a : exprs.binary(BinaryOp.OR, a, b);
    }
}
