package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.loop.Independence;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which loops of a formula over the batch can be divided among threads, and what each thread needs of its own. */
final class ParallelLoops {
    private final List<Statement> kernel;

    ParallelLoops(List<Statement> kernel) {
        this.kernel = kernel;
    }

    /**
     * Whether the rounds of a loop can run on several threads: in any order, with reductions that can be made of those
     * of parts. A Hessian to which several rounds add may be missing, so no thread has a copy of it.
     */
    static boolean isDivisible(Statement.Loop loop) {
        boolean isUnordered = loop.rounds() == Statement.Rounds.INDEPENDENT
                || loop.rounds() == Statement.Rounds.ADDING
                        && Independence.shared(loop).stream().allMatch(d -> d.order() == 1);
        return isUnordered && taken(loop).stream().allMatch(ParallelLoops::isDivisible);
    }

    private static boolean isDivisible(Statement.Accumulate a) {
        return switch (a.op()) {
            case SUM, PRODUCT, MAX, MIN -> true;
            case ARG_MAX, ARG_MIN, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> false;
        };
    }

    /** What a loop takes into accumulators that were started before it, once for each accumulator. */
    static List<Statement.Accumulate> taken(Statement.Loop loop) {
        Set<String> own = new HashSet<>();
        List<Statement.Accumulate> taken = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Statements.forEach(loop.body(), s -> {
            if (s instanceof Statement.Start start) {
                own.add(start.accumulator().name());
            }
        });
        Statements.forEach(loop.body(), s -> {
            if (s instanceof Statement.Accumulate a
                    && !own.contains(a.accumulator().name())
                    && seen.add(a.accumulator().name())) {
                taken.add(a);
            }
        });
        return taken;
    }

    /** The buffers that nothing outside of a loop touches: each thread has its own. */
    Set<String> ownBuffers(Statement.Loop loop) {
        Set<String> inside = new LinkedHashSet<>();
        Statements.forEach(loop.body(), s -> buffer(s, inside));
        Set<String> outside = new HashSet<>();
        collectOutside(kernel, loop, outside);
        inside.removeAll(outside);
        return inside;
    }

    private static void collectOutside(List<Statement> statements, Statement.Loop loop, Set<String> buffers) {
        for (Statement statement : statements) {
            buffer(statement, buffers);
            if (statement instanceof Statement.Loop inner && inner != loop) {
                collectOutside(inner.body(), loop, buffers);
            }
        }
    }

    private static void buffer(Statement statement, Set<String> buffers) {
        if (statement instanceof Statement.Keep k) {
            buffers.add(k.buffer().name());
        } else if (statement instanceof Statement.Recall r) {
            buffers.add(r.buffer().name());
        } else if (statement instanceof Statement.Sort s) {
            buffers.add(s.target().buffer().name());
            buffers.add(s.source().buffer().name());
        } else if (statement instanceof Statement.Product p) {
            p.terms().entries().forEach(o -> o.source().ifPresent(b -> buffers.add(b.name())));
            if (p.target() instanceof Statement.ToBuffer target) {
                buffers.add(target.buffer().name());
            }
            Statements.forEach(p.otherwise(), s -> buffer(s, buffers));
        }
    }

    /** The extents of the loops inside one another that have the most rounds together, as far as they are known. */
    static List<Expr> deepest(Statement.Loop loop) {
        List<Expr> deepest = List.of();
        for (Statement statement : loop.body()) {
            if (statement instanceof Statement.Loop inner) {
                List<Expr> below = deepest(inner);
                deepest = below.size() >= deepest.size() ? below : deepest;
            }
        }
        List<Expr> all = new ArrayList<>();
        if (Statements.isKnownBefore(loop.extent())) {
            all.add(loop.extent());
        }
        all.addAll(deepest);
        return all;
    }
}
