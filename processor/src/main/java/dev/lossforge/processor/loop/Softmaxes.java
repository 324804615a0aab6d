package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where statements compute a softmax: one loop takes the maximum of some values and the excess of their log-sum-exp
 * over it, and later loops use {@code e^((x − max) − excess)} of the same values. What the first loop computes on its
 * way, {@code e^(x − max)}, is then kept, and the later ones need only scale it.
 */
public final class Softmaxes {
    private final Exprs exprs;
    private final Predicate<Statement.Loop> candidate;
    private final Map<String, Expr> definitions = new HashMap<>();
    private final Map<Expr, Expr> expanded = new IdentityHashMap<>();
    private final List<Softmax> found = new ArrayList<>();

    /**
     * One softmax.
     *
     * @param index the index of all its loops
     * @param value x, which depends on the index
     * @param maximum the accumulation of the maximum
     * @param excess the accumulation of the excess
     * @param maximumResult the maximum
     * @param excessResult the excess
     */
    public record Softmax(
            Expr.Index index,
            Expr value,
            Statement.Accumulate maximum,
            Statement.Accumulate excess,
            Expr.Local maximumResult,
            Expr.Local excessResult) {

        boolean hasAccumulator(Expr.Local local) {
            return local == maximum.accumulator() || local == excess.accumulator();
        }
    }

    /** @param candidate the loops of which the exponentials can be kept */
    public Softmaxes(Exprs exprs, List<Statement> statements, Predicate<Statement.Loop> candidate) {
        this.exprs = exprs;
        this.candidate = candidate;
        Statements.forEach(statements, s -> {
            if (s instanceof Statement.Define d) {
                definitions.put(d.local().name(), d.value());
            }
        });
        search(statements);
    }

    private void search(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Loop loop) {
                accumulations(loop, ReduceOp.LOG_SUM_EXP_EXCESS).forEach(excess -> pair(loop, excess, statements));
                search(loop.body());
            }
        }
    }

    private static List<Statement.Accumulate> accumulations(Statement.Loop loop, ReduceOp op) {
        return loop.body().stream()
                .filter(s -> s instanceof Statement.Accumulate a && a.op() == op)
                .map(Statement.Accumulate.class::cast)
                .toList();
    }

    private void pair(Statement.Loop loop, Statement.Accumulate excess, List<Statement> around) {
        Expr value = expand(excess.value());
        if (!exprs.freeIndices(value).contains(loop.index()) || !candidate.test(loop)) {
            return;
        }
        accumulations(loop, ReduceOp.MAX).stream()
                .filter(maximum -> expand(maximum.value()) == value)
                .findFirst()
                .ifPresent(maximum -> found.add(new Softmax(
                        loop.index(),
                        value,
                        maximum,
                        excess,
                        result(maximum.accumulator(), around),
                        result(excess.accumulator(), around))));
    }

    private static Expr.Local result(Expr.Local accumulator, List<Statement> around) {
        return around.stream()
                .filter(s -> s instanceof Statement.Finish f && f.accumulator() == accumulator)
                .map(s -> ((Statement.Finish) s).result())
                .findFirst()
                .orElseThrow();
    }

    /** The expression with the definitions of its locals in their place. */
    private Expr expand(Expr node) {
        Expr known = expanded.get(node);
        if (known == null) {
            Expr definition = node instanceof Expr.Local l ? definitions.get(l.name()) : null;
            known = definition == null ? Rebuild.with(exprs, node, this::expand) : expand(definition);
            expanded.put(node, known);
        }
        return known;
    }

    /** The softmax whose maximum or excess an accumulator takes. */
    public Optional<Softmax> ofAccumulator(Expr.Local accumulator) {
        return found.stream().filter(s -> s.hasAccumulator(accumulator)).findFirst();
    }

    /** The softmax whose entry an expression is. */
    public Optional<Softmax> ofEntry(Expr node) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return expand(node) instanceof Expr.Unary exp
                        && exp.op() == UnaryOp.EXP
                        && exp.operand() instanceof Expr.Binary outer
                        && outer.op() == BinaryOp.SUBTRACT
                        && outer.left() instanceof Expr.Binary inner
                        && inner.op() == BinaryOp.SUBTRACT
                ? found.stream()
                        .filter(s -> s.value() == inner.left()
                                && s.maximumResult() == inner.right()
                                && s.excessResult() == outer.right())
                        .findFirst()
                : Optional.empty();
    }
}
