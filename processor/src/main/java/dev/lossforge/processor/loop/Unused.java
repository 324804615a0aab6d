package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the needed statements if not all derivatives are needed. */
final class Unused {
    private final Set<String> locals = new HashSet<>();
    private final Set<String> accumulators = new HashSet<>();
    private final Set<String> buffers = new HashSet<>();

    private final int order;

    private Unused(List<Statement> statements, int order) {
        this.order = order;
        Statements.forEach(statements, this::collectUses);
    }

    /** The statements without those whose results are unused. */
    static List<Statement> removed(List<Statement> statements) {
        return upTo(2, statements);
    }

    /** The statements without derivatives of higher order, and without everything that only these needed. */
    static List<Statement> upTo(int order, List<Statement> statements) {
        List<Statement> before = statements;
        List<Statement> after = new Unused(before, order).pruned(before);
        while (count(after) < count(before)) {
            before = after;
            after = new Unused(before, order).pruned(before);
        }
        return after;
    }

    private static int count(List<Statement> statements) {
        List<Statement> all = new ArrayList<>();
        Statements.forEach(statements, all::add);
        return all.size();
    }

    private void collectUses(Statement statement) {
        if (statement instanceof Statement.Finish f) {
            accumulators.add(f.accumulator().name());
        }
        if (statement instanceof Statement.Running r) {
            accumulators.add(r.accumulator().name());
        }
        if (statement instanceof Statement.Sort s) {
            buffers.add(s.source().buffer().name());
        }
        if (statement instanceof Statement.Product p) {
            p.terms().entries().stream().flatMap(o -> o.source().stream()).forEach(b -> buffers.add(b.name()));
        }
        if (statement instanceof Statement.Recall r) {
            buffers.add(r.buffer().name());
        }
        for (Expr root : Statements.expressions(statement)) {
            Statements.contains(root, node -> {
                if (node instanceof Expr.Local local) {
                    locals.add(local.name());
                }
                return false;
            });
        }
    }

    private List<Statement> pruned(List<Statement> statements) {
        List<Statement> needed = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Loop loop) {
                List<Statement> body = pruned(loop.body());
                if (!body.isEmpty()) {
                    needed.add(new Statement.Loop(loop.index(), loop.extent(), body, loop.rounds()));
                }
            } else if (isNeeded(statement)) {
                needed.add(statement);
            }
        }
        return needed;
    }

    private boolean isNeeded(Statement statement) {
        return switch (statement) {
            case Statement.Define d -> locals.contains(d.local().name());
            case Statement.Loop l -> true;
            case Statement.Start s -> accumulators.contains(s.accumulator().name());
            case Statement.Accumulate a -> accumulators.contains(a.accumulator().name());
            case Statement.Finish f -> locals.contains(f.result().name());
            case Statement.Running r -> locals.contains(r.result().name());
            case Statement.Product p ->
                switch (p.target()) {
                    case Statement.ToBuffer b -> buffers.contains(b.buffer().name());
                    case Statement.ToDerivative d -> d.order() <= order;
                };
            case Statement.Sort s -> buffers.contains(s.target().buffer().name());
            case Statement.Keep k -> buffers.contains(k.buffer().name());
            case Statement.Recall r -> locals.contains(r.result().name());
            case Statement.StoreValue v -> true;
            case Statement.StoreDerivative s -> s.order() <= order;
            case Statement.Clear c -> c.order() <= order;
        };
    }
}
