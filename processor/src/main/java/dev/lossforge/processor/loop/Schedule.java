package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OperationNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Orders the tasks of one block and fuses their loops.
 *
 * <p>A reduction runs in the outermost block that binds its free indices. A task that needs the result of a loop must
 * come in a later loop; tasks over the same range that do not need each other's results share one loop, with one index.
 * So a block becomes a sequence of passes, as few as the dependencies allow. A reduction inside a pass whose result a
 * later pass over the same range needs again is kept in a buffer, or computed again where there is no memory.
 */
final class Schedule {

    private final Exprs exprs;
    private final LocalNames names;
    private final Optional<List<Buffer>> memory;

    /** @param memory takes the buffers that are needed; empty if nothing can be kept */
    Schedule(Exprs exprs, LocalNames names, Optional<List<Buffer>> memory) {
        this.exprs = exprs;
        this.names = names;
        this.memory = memory;
    }

    /** Adds statements for all tasks to the block. */
    void run(Block block, List<Task> tasks) {
        block.countUses(tasks.stream().flatMap(t -> t.roots().stream()).toList());
        Map<Expr.Reduce, Integer> levels = levels(block, tasks);
        List<Pass> passes = passes(block, tasks, levels);
        Map<Expr, Buffer> kept = new IdentityHashMap<>();
        for (int i = 0; i < passes.size(); i++) {
            emit(block, passes.get(i), passes.subList(i + 1, passes.size()), kept);
        }
        tasks.stream().filter(t -> !(t instanceof Task.ForEach)).forEach(t -> emitLeaf(block, t));
    }

    /** A fused loop: its index and what its body does. */
    private record Pass(int level, Expr.Index index, List<Task> body) {}

    /** For each reduction that belongs to this block, the number of the pass that computes it, from 0. */
    private Map<Expr.Reduce, Integer> levels(Block block, List<Task> tasks) {
        List<Expr.Reduce> reductions = new ArrayList<>();
        for (Expr node : reachable(block, roots(tasks))) {
            if (node instanceof Expr.Reduce r && block.binds(exprs.freeIndices(r))) {
                reductions.add(r);
            }
        }
        reductions.sort(Comparator.comparingInt(exprs::order));
        Map<Expr.Reduce, Integer> levels = new IdentityHashMap<>();
        for (Expr.Reduce r : reductions) {
            levels.put(r, levelOf(block, List.of(r.body(), r.index()), levels));
        }
        return levels;
    }

    private static List<Expr> roots(List<Task> tasks) {
        return tasks.stream().flatMap(t -> t.roots().stream()).toList();
    }

    private int levelOf(Block block, List<Expr> roots, Map<Expr.Reduce, Integer> levels) {
        int level = 0;
        for (Expr node : reachable(block, roots)) {
            Integer needed = node instanceof Expr.Reduce r ? levels.get(r) : null;
            level = needed == null ? level : Math.max(level, needed + 1);
        }
        return level;
    }

    /** All nodes that must still be computed for the roots, each once, in an order that is the same in every run. */
    private static List<Expr> reachable(Block block, List<Expr> roots) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> reached = new ArrayList<>();
        List<Expr> pending = new ArrayList<>(roots);
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (!block.isAvailable(node) && seen.add(node)) {
                reached.add(node);
                pending.addAll(Exprs.operands(node));
            }
        }
        return reached;
    }

    private List<Pass> passes(Block block, List<Task> tasks, Map<Expr.Reduce, Integer> levels) {
        Map<List<Object>, Pass> passes = new LinkedHashMap<>();
        levels.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> exprs.order(e.getKey())))
                .forEach(e -> addReduction(block, e.getKey(), e.getValue(), passes));
        for (Task task : tasks) {
            if (task instanceof Task.ForEach loop) {
                Pass pass = passAt(
                        block,
                        levelOf(block, loop.roots(), levels),
                        loop.index().extent(),
                        passes);
                pass.body().add(loop.body().rename(exprs, loop.index(), pass.index()));
            }
        }
        return passes.values().stream()
                .sorted(Comparator.comparingInt(Pass::level))
                .toList();
    }

    private void addReduction(Block block, Expr.Reduce r, int level, Map<List<Object>, Pass> passes) {
        Pass pass = passAt(block, level, r.index().extent(), passes);
        Expr.Local accumulator =
                names.local(OperationNames.of(r.op()) + "Accumulator", r.body().type());
        Task task = new Task.Accumulate(accumulator, r, r.index(), r.body());
        pass.body().add(task.rename(exprs, r.index(), pass.index()));
    }

    private Pass passAt(Block block, int level, Expr extent, Map<List<Object>, Pass> passes) {
        return passes.computeIfAbsent(
                List.of(level, exprs.order(extent)),
                key -> new Pass(
                        level, exprs.index(Exprs.FIRST_LOOP_NUMBER + block.depth(), extent), new ArrayList<>()));
    }

    private void emit(Block block, Pass pass, List<Pass> later, Map<Expr, Buffer> kept) {
        accumulates(pass)
                .forEach(a -> block.add(
                        new Statement.Start(a.accumulator(), a.reduce().op())));
        Block body = block.inner(pass.index());
        recall(body, pass, kept);
        run(body, pass.body());
        keep(body, pass, later, kept);
        Expr extent = block.lower(pass.index().extent());
        block.add(new Statement.Loop(pass.index(), extent, body.statements()));
        for (Task.Accumulate a : accumulates(pass)) {
            Expr.Local result =
                    names.local(OperationNames.of(a.reduce().op()), a.reduce().type());
            block.add(new Statement.Finish(result, a.accumulator(), a.reduce().op()));
            block.publish(a.reduce(), result);
        }
    }

    private static List<Task.Accumulate> accumulates(Pass pass) {
        return pass.body().stream()
                .filter(Task.Accumulate.class::isInstance)
                .map(Task.Accumulate.class::cast)
                .toList();
    }

    /** Makes what earlier passes kept available again, where this pass needs it. */
    private void recall(Block body, Pass pass, Map<Expr, Buffer> kept) {
        for (Expr node : reachable(body, roots(pass.body()))) {
            Buffer buffer = kept.get(node);
            if (buffer != null) {
                Expr.Local result = names.local(buffer.name() + "At", node.type());
                body.add(new Statement.Recall(result, buffer, List.of(pass.index())));
                body.publish(node, result);
            }
        }
    }

    /** Keeps the reductions of this pass' body that a later pass over the same range needs. */
    private void keep(Block body, Pass pass, List<Pass> later, Map<Expr, Buffer> kept) {
        List<Expr> needed = later.stream()
                .filter(p -> p.index() == pass.index())
                .flatMap(p -> roots(p.body()).stream())
                .toList();
        if (memory.isEmpty() || !isSize(pass.index().extent())) {
            return;
        }
        for (Expr node : reachable(Block.outermost(exprs, names), needed)) {
            if (node instanceof Expr.Reduce r && body.hasOwn(r) && !kept.containsKey(r)) {
                Buffer buffer = new Buffer(
                        names.unique("kept"), r.type(), List.of(pass.index().extent()));
                memory.get().add(buffer);
                kept.put(r, buffer);
                body.add(new Statement.Keep(buffer, List.of(pass.index()), body.lower(r)));
            }
        }
    }

    /** Whether an extent is the same for all units and never negative, so that it can be the size of a buffer. */
    static boolean isSize(Expr extent) {
        return extent instanceof Expr.Extent || extent instanceof Expr.IntConstant c && c.value() >= 0;
    }

    private void emitLeaf(Block block, Task task) {
        switch (task) {
            case Task.Value v -> block.add(new Statement.StoreValue(block.lower(v.value())));
            case Task.Store s ->
                block.add(new Statement.StoreDerivative(
                        s.order(),
                        s.input(),
                        s.indices().stream().map(block::lower).toList(),
                        block.lower(s.value()),
                        s.mode()));
            case Task.Tabulate t -> block.add(new Statement.Keep(t.buffer(), t.indices(), block.lower(t.value())));
            case Task.Accumulate a ->
                block.add(new Statement.Accumulate(
                        a.accumulator(), a.reduce().op(), block.lower(a.body()), a.position()));
            case Task.ForEach f -> throw new IllegalStateException("a loop is not a leaf");
        }
    }
}
