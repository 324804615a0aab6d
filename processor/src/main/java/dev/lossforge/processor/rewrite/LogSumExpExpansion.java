package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says log-sum-exp by ordinary sums. {@code LOG_SUM_EXP_EXCESS} disappears, and an entry of a softmax, {@code e^((x −
 * max) − excess)}, becomes {@code e^(x − max) · (1 / Σ e^(x − max))}: then each exponential stands in the program once,
 * as a value that sums and entries share. For kernels whose schedule keeps it; after {@link LogSumExpSplitter}.
 *
 * <p>The excess is {@code log1p} of the sum without its greatest term, which is 1: the cross-entropy of (20, 0, 0) is
 * 4.12e-9. Where the greatest value is infinite the excess is the logarithm of how often it occurs, and disappears
 * beside it.
 */
final class LogSumExpExpansion {
    private final Exprs e;
    private final Map<Expr, Expr> done = new IdentityHashMap<>();

    private LogSumExpExpansion(Exprs exprs) {
        this.e = exprs;
    }

    static Derivatives rewrite(Derivatives derivatives) {
        LogSumExpExpansion expansion =
                new LogSumExpExpansion(derivatives.formula().exprs());
        return new Derivatives(
                derivatives.formula().withValue(expansion.apply(derivatives.value())),
                expansion.apply(derivatives.gradient()),
                expansion.apply(derivatives.hessian()));
    }

    private List<Contribution> apply(List<Contribution> contributions) {
        return contributions.stream()
                .map(c -> new Contribution(
                        c.input(), c.indices().stream().map(this::apply).toList(), apply(c.value())))
                .toList();
    }

    private Expr apply(Expr node) {
        Expr known = done.get(node);
        if (known == null) {
            Expr entry = entry(node);
            known = entry != null
                    ? entry
                    : node instanceof Expr.Reduce r && r.op() == ReduceOp.LOG_SUM_EXP_EXCESS
                            ? excess(r)
                            : Rebuild.with(e, node, this::apply);
            done.put(node, known);
        }
        return known;
    }

    /** What replaces an entry of a softmax; null for anything else. */
    private @Nullable Expr entry(Expr node) {
        return Patterns.operand(UnaryOp.EXP, node) instanceof Expr.Binary outer
                        && outer.op() == BinaryOp.SUBTRACT
                        && outer.left() instanceof Expr.Binary inner
                        && inner.op() == BinaryOp.SUBTRACT
                        && inner.right() instanceof Expr.Reduce greatest
                        && greatest.op() == ReduceOp.MAX
                        && outer.right() instanceof Expr.Reduce excess
                        && excess.op() == ReduceOp.LOG_SUM_EXP_EXCESS
                        && excess.body() == greatest.body()
                        && new Instance(excess).matches(excess.body(), inner.left())
                ? e.binary(
                        BinaryOp.MULTIPLY,
                        e.unary(UnaryOp.EXP, apply(inner)),
                        e.binary(
                                BinaryOp.DIVIDE, e.constant(1.0), e.binary(BinaryOp.ADD, ties(excess), others(excess))))
                : null;
    }

    private Expr excess(Expr.Reduce r) {
        Expr further = e.binary(BinaryOp.SUBTRACT, ties(r), e.constant(1.0));
        return e.unary(UnaryOp.LOG1P, e.binary(BinaryOp.ADD, further, others(r)));
    }

    /** How many values are the greatest. */
    private Expr ties(Expr.Reduce r) {
        return sum(r, e.select(isGreatest(r), e.constant(1.0), e.constant(0.0)));
    }

    /** The sum of {@code e^(x − max)} over the others. */
    private Expr others(Expr.Reduce r) {
        Expr power = e.unary(UnaryOp.EXP, e.binary(BinaryOp.SUBTRACT, apply(r.body()), greatest(r)));
        return sum(r, e.select(isGreatest(r), e.constant(0.0), power));
    }

    /**
     * Not whether it is equal: should a kernel find other digits for one of them, no digit of the result depends on it.
     */
    private Expr isGreatest(Expr.Reduce r) {
        return e.compare(Comparison.GREATER_OR_EQUAL, apply(r.body()), greatest(r));
    }

    private Expr greatest(Expr.Reduce r) {
        return e.reduce(ReduceOp.MAX, (Expr.Index) apply(r.index()), apply(r.body()));
    }

    private Expr sum(Expr.Reduce r, Expr body) {
        return e.reduce(ReduceOp.SUM, (Expr.Index) apply(r.index()), body);
    }

    /** Whether an expression is one of the values of a reduction. */
    private final class Instance {
        private final Expr.Reduce reduction;
        private @Nullable Expr position;

        Instance(Expr.Reduce reduction) {
            this.reduction = reduction;
        }

        boolean matches(Expr pattern, Expr node) {
            if (pattern == reduction.index()) {
                boolean first = position == null;
                position = first ? node : position;
                return first || position == node;
            }
            if (!e.freeIndices(pattern).contains(reduction.index())) {
                return pattern == node;
            }
            return pattern instanceof Expr.Reduce || pattern instanceof Expr.Order
                    ? e.freeIndices(node).stream().anyMatch(i -> isAt(i, pattern, node))
                    : isSameOperation(pattern, node) && operandsMatch(pattern, node);
        }

        /**
         * Whether a reduction or an order within the values is the same at an index: its own index may be numbered
         * otherwise.
         */
        private boolean isAt(Expr.Index candidate, Expr pattern, Expr node) {
            boolean consistent = position == null || position == candidate;
            boolean same = consistent
                    && Substitution.of(e, reduction.index(), candidate).apply(pattern) == node;
            position = same ? candidate : position;
            return same;
        }

        private boolean operandsMatch(Expr pattern, Expr node) {
            Iterator<Expr> operands = Exprs.operands(node).iterator();
            return Exprs.operands(pattern).stream().allMatch(p -> operands.hasNext() && matches(p, operands.next()))
                    && !operands.hasNext();
        }
    }

    private static boolean isSameOperation(Expr pattern, Expr node) {
        return switch (pattern) {
            case Expr.Load p -> node instanceof Expr.Load n && n.input().equals(p.input());
            case Expr.Unary p -> node instanceof Expr.Unary n && n.op() == p.op();
            case Expr.Binary p -> node instanceof Expr.Binary n && n.op() == p.op();
            case Expr.Compare p -> node instanceof Expr.Compare n && n.op() == p.op();
            case Expr.Select p -> node instanceof Expr.Select;
            case Expr.Constant p -> false;
            case Expr.IntConstant p -> false;
            case Expr.BooleanConstant p -> false;
            case Expr.Extent p -> false;
            case Expr.Index p -> false;
            case Expr.Reduce p -> false;
            case Expr.State p -> node instanceof Expr.State n && n.index() == p.index();
            case Expr.Scan p -> node instanceof Expr.Scan n && n.steps() == p.steps();
            case Expr.Order p -> false;
            case Expr.Local p -> false;
        };
    }
}
