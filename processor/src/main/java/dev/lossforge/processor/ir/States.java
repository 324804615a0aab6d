package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Replaces the state in the body of a scan, and placeholders for it. */
public final class States {

    private final Exprs exprs;
    private final UnaryOperator<Expr> replacement;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    private States(Exprs exprs, UnaryOperator<Expr> replacement) {
        this.exprs = exprs;
        this.replacement = replacement;
    }

    /**
     * The body with the state of an index replaced by a function of its entry. Inner scans that bind the same index
     * keep theirs.
     */
    public static Expr replaced(Exprs exprs, Expr body, Expr.Index index, Function<List<Expr>, Expr> state) {
        return new States(exprs, n -> n instanceof Expr.State s && s.index() == index ? state.apply(s.entry()) : n)
                .apply(body);
    }

    /** The value with every load of an input replaced by a function of its indices. */
    public static Expr loaded(Exprs exprs, Expr value, Input input, Function<List<Expr>, Expr> entry) {
        return new States(
                        exprs, n -> n instanceof Expr.Load l && l.input().equals(input) ? entry.apply(l.indices()) : n)
                .apply(value);
    }

    /** The contributions without the marks of {@link #constant}, for use after differentiation. */
    public static List<Contribution> unmarked(Exprs exprs, List<Contribution> contributions) {
        States states = new States(exprs, n -> isMarked(n) ? ((Expr.Unary) n).operand() : n);
        return contributions.stream()
                .map(c -> new Contribution(
                        c.input(), c.indices().stream().map(states::apply).toList(), states.apply(c.value())))
                .toList();
    }

    /** A state that passes no cotangent back, because the scan of cotangents does this. */
    public static Expr constant(Exprs exprs, Expr state) {
        return exprs.unary(UnaryOp.STOP_GRADIENT, state);
    }

    private static boolean isMarked(Expr node) {
        return node instanceof Expr.Unary u
                && u.op() == UnaryOp.STOP_GRADIENT
                && (u.operand() instanceof Expr.Scan || u.operand() instanceof Expr.State);
    }

    private Expr apply(Expr node) {
        Expr known = done.get(node);
        if (known == null) {
            known = replacement.apply(Rebuild.with(exprs, node, this::apply));
            done.put(node, known);
        }
        return known;
    }
}
