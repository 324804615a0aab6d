package dev.lossforge.processor.ir;

import java.util.List;
import java.util.function.UnaryOperator;

/** Builds the same node with other operands. */
public final class Rebuild {

    private Rebuild() {}

    /**
     * The node with {@code change} applied to each operand. A reduction keeps its index if the extent does not change;
     * otherwise, its body is rebound.
     */
    public static Expr with(Exprs exprs, Expr node, UnaryOperator<Expr> change) {
        return switch (node) {
            case Expr.Constant c -> c;
            case Expr.IntConstant c -> c;
            case Expr.BooleanConstant c -> c;
            case Expr.Extent e -> e;
            case Expr.Local l -> l;
            case Expr.Index i -> exprs.index(i.number(), change.apply(i.extent()));
            case Expr.Load l ->
                exprs.load(
                        l.input(), List.copyOf(l.indices().stream().map(change).toList()));
            case Expr.Unary u -> exprs.unary(u.op(), change.apply(u.operand()));
            case Expr.Binary b -> exprs.binary(b.op(), change.apply(b.left()), change.apply(b.right()));
            case Expr.Compare c -> exprs.compare(c.op(), change.apply(c.left()), change.apply(c.right()));
            case Expr.Select s ->
                exprs.select(change.apply(s.condition()), change.apply(s.whenTrue()), change.apply(s.whenFalse()));
            case Expr.State s ->
                exprs.state(
                        (Expr.Index) change.apply(s.index()),
                        s.entry().stream().map(change).toList());
            case Expr.Scan s ->
                exprs.scan(
                        steps(exprs, s.steps(), change),
                        change.apply(s.position()),
                        s.entry().stream().map(change).toList());
            case Expr.Order o ->
                exprs.orderEntry(
                        o.op(), (Expr.Index) change.apply(o.index()), change.apply(o.key()), change.apply(o.at()));
            case Expr.Reduce r -> exprs.reduce(r.op(), (Expr.Index) change.apply(r.index()), change.apply(r.body()));
        };
    }

    /** The same steps with other operands. */
    private static Steps steps(Exprs exprs, Steps steps, UnaryOperator<Expr> change) {
        return exprs.steps(
                steps.descends(),
                (Expr.Index) change.apply(steps.index()),
                steps.axes().stream().map(a -> (Expr.Index) change.apply(a)).toList(),
                change.apply(steps.start()),
                change.apply(steps.next()));
    }
}
