package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes expressions on single values, for one unit at a time. A position outside an input reads NaN. */
final class ScalarCode {
    private final KernelScope scope;
    private final Function<Expr.Local, Optional<Term>> places;

    /** The unit is the variable {@code unit}; a kernel over the batch has none. */
    ScalarCode(KernelScope scope) {
        this(scope, local -> Optional.empty());
    }

    /** @param places where a local stands that is not a variable */
    private ScalarCode(KernelScope scope, Function<Expr.Local, Optional<Term>> places) {
        this.scope = scope;
        this.places = places;
    }

    /** The same where some locals are not variables. */
    ScalarCode with(Function<Expr.Local, Optional<Term>> otherPlaces) {
        return new ScalarCode(scope, otherPlaces);
    }

    Term of(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Operations.constant(c.value());
            case Expr.IntConstant c -> Operations.constant(c.value());
            case Expr.BooleanConstant c -> Term.atom("$L", c.value());
            case Expr.Extent e -> Term.atom("$L", scope.extent(e.input(), e.axis()));
            case Expr.Index i -> Term.atom("$L", scope.index(i));
            case Expr.Local l -> places.apply(l).orElseGet(() -> Term.atom("$L", scope.local(l)));
            case Expr.Load l -> load(l);
            case Expr.Unary u -> Operations.unary(u.op(), of(u.operand()));
            case Expr.Binary b when mayDivideByZero(b) -> Operations.quietDivision(b.op(), of(b.left()), of(b.right()));
            case Expr.Binary b -> Operations.binary(b.op(), of(b.left()), of(b.right()));
            case Expr.Compare c -> Operations.compare(c.op(), of(c.left()), of(c.right()));
            case Expr.Select s -> Operations.select(of(s.condition()), of(s.whenTrue()), of(s.whenFalse()));
            case Expr.Order o -> throw new IllegalStateException("an order was not lowered: " + o.op());
            case Expr.Reduce r -> throw new IllegalStateException("a reduction was not lowered: " + r.op());
            case Expr.State x -> throw new IllegalStateException("a state was not lowered");
            case Expr.Scan x -> throw new IllegalStateException("a scan was not lowered");
        };
    }

    /** Whether ints are divided by what may be 0: where a condition excludes it, the code may still be reached. */
    private static boolean mayDivideByZero(Expr.Binary node) {
        boolean divides = node.op() == BinaryOp.DIVIDE || node.op() == BinaryOp.REMAINDER;
        boolean byConstant = node.right() instanceof Expr.IntConstant c && c.value() != 0;
        return divides && node.type() == Type.INT && !byConstant;
    }

    private Term load(Expr.Load load) {
        Input input = load.input();
        List<Expr> indices = load.indices();
        if (indices.isEmpty() && input.role() == Role.PARAMETER) {
            return Term.atom("$L", scope.parameter(input));
        }
        if (isInside(input, indices)) {
            return Term.atom("$L[$L]", scope.array(input), offset(input, indices));
        }
        Term base = unitOffset(input);
        return switch (indices.size()) {
            case 1 ->
                Term.atom(
                        "$T.entry($L, $L, $L, $L)",
                        RuntimeTypes.SCALARS,
                        scope.array(input),
                        base,
                        of(indices.get(0)),
                        scope.extent(input, 0));
            default ->
                Term.atom(
                        "$T.entry($L, $L, $L, $L, $L, $L)",
                        RuntimeTypes.SCALARS,
                        scope.array(input),
                        base,
                        of(indices.get(0)),
                        scope.extent(input, 0),
                        of(indices.get(1)),
                        scope.extent(input, 1));
        };
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

    /** Where an entry of an input stands in its array. */
    Term offset(Input input, List<Expr> indices) {
        return Operations.plus(unitOffset(input), position(input, indices));
    }

    /** Where the first of some entries stands: of those with this last index and further ones. */
    Term offset(Input input, List<Expr> outer, Term last) {
        Term row = outer.isEmpty()
                ? Operations.constant(0)
                : Term.infix(of(outer.getFirst()), "*", Term.atom("$L", scope.extent(input, 1)), Strength.PRODUCT);
        return Operations.plus(Operations.plus(unitOffset(input), row), last);
    }

    private Term position(Input input, List<Expr> indices) {
        return switch (indices.size()) {
            case 0 -> Operations.constant(0);
            case 1 -> of(indices.getFirst());
            default ->
                Operations.plus(
                        Term.infix(of(indices.get(0)), "*", Term.atom("$L", scope.extent(input, 1)), Strength.PRODUCT),
                        of(indices.get(1)));
        };
    }

    /** The number of entries along the last axis in a row; 0 where there is no such row. */
    Term extentOfRow(Input input, List<Expr> row) {
        int last = row.size();
        Term extent = Term.atom("$L", scope.extent(input, last));
        if (isInside(input, row)) {
            return extent;
        }
        Term index = of(row.getFirst());
        Term inside = Operations.binary(
                BinaryOp.AND,
                Operations.compare(Comparison.GREATER_OR_EQUAL, index, Operations.constant(0)),
                Operations.compare(Comparison.LESS, index, Term.atom("$L", scope.extent(input, 0))));
        return Operations.select(inside, extent, Operations.constant(0));
    }

    /** Where the entries of the current unit begin. */
    Term unitOffset(Input input) {
        if (input.role() == Role.PARAMETER || scope.formulaScope() == Scope.BATCH) {
            return Operations.constant(0);
        }
        Term offset = Term.atom("unit");
        for (int axis = 0; axis < input.rank(); axis++) {
            offset = Term.infix(offset, "*", Term.atom("$L", scope.extent(input, axis)), Strength.PRODUCT);
        }
        return offset;
    }
}
