package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Removes unneeded axes of buffers. If all accesses of a buffer are in one loop, at the entry of the current round, the
 * next round may overwrite it. A table of exponentials that is only used within its row therefore needs only the memory
 * of a row.
 */
final class Contraction {
    private final Map<String, List<Access>> accesses = new HashMap<>();
    private final Map<String, Buffer> contracted = new HashMap<>();
    private final Map<String, List<Integer>> remaining = new HashMap<>();

    /** An access of a buffer, and its enclosing loops, outermost first. */
    private record Access(List<Expr> indices, List<Statement.Loop> loops) {

        boolean isIn(Statement.Loop loop) {
            return loops.stream().anyMatch(l -> l == loop);
        }
    }

    private Contraction(List<Statement> statements, List<Buffer> buffers) {
        collect(statements, List.of());
        buffers.forEach(this::contract);
    }

    /**
     * The statements with smaller buffers.
     *
     * @param buffers receives those that are used
     */
    static List<Statement> of(List<Statement> statements, List<Buffer> tables, List<Buffer> buffers) {
        Contraction contraction = new Contraction(statements, tables);
        tables.stream()
                .filter(b -> contraction.accesses.containsKey(b.name()))
                .forEach(b -> buffers.add(contraction.contracted.getOrDefault(b.name(), b)));
        return contraction.rewrite(statements);
    }

    private void collect(List<Statement> statements, List<Statement.Loop> loops) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Loop l -> {
                    List<Statement.Loop> inner = new ArrayList<>(loops);
                    inner.add(l);
                    collect(l.body(), inner);
                }
                case Statement.Keep k -> touch(k.buffer(), new Access(k.indices(), loops));
                case Statement.Recall r -> touch(r.buffer(), new Access(r.indices(), loops));
                case Statement.Sort s -> {
                    touch(s.target(), loops);
                    touch(s.source(), loops);
                }
                case Statement.Product p -> {
                    if (p.target() instanceof Statement.ToBuffer b) {
                        touch(b.buffer(), new Access(List.of(p.row(), p.column()), loops));
                    }
                    p.terms()
                            .entries()
                            .forEach(o -> o.source()
                                    .ifPresent(
                                            b -> touch(b, new Access(o.matrix().indices(), loops))));
                    collect(p.otherwise(), loops);
                }
                case Statement.Define d -> {}
                case Statement.Start s -> {}
                case Statement.Accumulate a -> {}
                case Statement.Finish f -> {}
                case Statement.Running r -> {}
                case Statement.StoreValue v -> {}
                case Statement.StoreDerivative s -> {}
                case Statement.Clear c -> {}
            }
        }
    }

    private void touch(Statement.Row row, List<Statement.Loop> loops) {
        touch(row.buffer(), new Access(row.indices(), loops));
    }

    private void touch(Buffer buffer, Access access) {
        accesses.computeIfAbsent(buffer.name(), n -> new ArrayList<>()).add(access);
    }

    private void contract(Buffer buffer) {
        List<Access> all = accesses.getOrDefault(buffer.name(), List.of());
        if (all.isEmpty()) {
            return;
        }
        int last = buffer.extents().size() - 1;
        List<Integer> axes = IntStream.rangeClosed(0, last)
                .filter(axis -> axis == last || !isPrivate(axis, all))
                .boxed()
                .toList();
        if (axes.size() <= last) {
            List<Expr> extents =
                    axes.stream().map(axis -> buffer.extents().get(axis)).toList();
            contracted.put(buffer.name(), new Buffer(buffer.name(), buffer.type(), extents));
            remaining.put(buffer.name(), axes);
        }
    }

    /** Whether one loop contains all accesses, and its index is their position on an axis. */
    private static boolean isPrivate(int axis, List<Access> all) {
        return all.getFirst().loops().stream() // a product has no enclosing loops
                .anyMatch(loop ->
                        all.stream().allMatch(a -> a.isIn(loop) && a.indices().get(axis) == loop.index()));
    }

    private List<Statement> rewrite(List<Statement> statements) {
        return statements.stream().map(this::rewrite).toList();
    }

    private Statement rewrite(Statement statement) {
        return switch (statement) {
            case Statement.Loop l -> new Statement.Loop(l.index(), l.extent(), rewrite(l.body()), l.rounds());
            case Statement.Keep k
            when contracted.containsKey(k.buffer().name()) ->
                new Statement.Keep(smaller(k.buffer()), at(k.buffer(), k.indices()), k.value());
            case Statement.Recall r
            when contracted.containsKey(r.buffer().name()) ->
                new Statement.Recall(r.result(), smaller(r.buffer()), at(r.buffer(), r.indices()));
            case Statement.Sort s -> new Statement.Sort(s.op(), smaller(s.target()), smaller(s.source()), s.count());
            case Statement.Product p -> p.withOtherwise(rewrite(p.otherwise()));
            default -> statement;
        };
    }

    private Statement.Row smaller(Statement.Row row) {
        return contracted.containsKey(row.buffer().name())
                ? new Statement.Row(smaller(row.buffer()), at(row.buffer(), row.indices()))
                : row;
    }

    private Buffer smaller(Buffer buffer) {
        return contracted.getOrDefault(buffer.name(), buffer);
    }

    private List<Expr> at(Buffer buffer, List<Expr> indices) {
        return remaining.getOrDefault(buffer.name(), List.of()).stream()
                .filter(axis -> axis < indices.size()) // a row has no index for the last axis
                .map(indices::get)
                .toList();
    }
}
