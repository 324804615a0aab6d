package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OperationNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Orders the tasks of one block and fuses their loops.
 *
 * <p>A reduction runs in the outermost block that binds its free indices. A task that needs the result of a loop must
 * be in a later loop. Tasks over the same range that do not need each other's results share one loop and one index. A
 * block thus becomes a sequence of passes, as few as the dependencies allow. If a later pass over the same range needs
 * the result of a reduction inside a pass, the result is kept in a buffer, or computed again if there is no memory.
 */
final class Schedule {

    private final Exprs exprs;
    private final LocalNames names;
    private final Optional<List<Buffer>> memory;

    /** @param memory receives the buffers that are needed; empty if nothing can be kept */
    Schedule(Exprs exprs, LocalNames names, Optional<List<Buffer>> memory) {
        this.exprs = exprs;
        this.names = names;
        this.memory = memory;
    }

    /** Adds statements for all tasks to the block. */
    void run(Block block, List<Task> tasks) {
        block.countUses(roots(tasks));
        Levels levels = new Levels(exprs, block, tasks);
        List<Pass> passes = passes(block, tasks, levels);
        List<Task> leaves = new ArrayList<>(
                tasks.stream().filter(t -> !(t instanceof Task.ForEach)).toList());
        Map<Expr, Buffer> kept = new IdentityHashMap<>();
        for (int i = 0; i < passes.size(); i++) {
            Pass pass = passes.get(i);
            emitTables(block, leaves, levels, pass.level());
            emit(block, pass, passes.subList(i + 1, passes.size()), kept);
        }
        emitTables(block, leaves, levels, Integer.MAX_VALUE);
        leaves.forEach(t -> emitLeaf(block, t));
    }

    /** Writes the entries that a pass may read. */
    private void emitTables(Block block, List<Task> leaves, Levels levels, int level) {
        List<Task> due = leaves.stream()
                .filter(t -> (t.written().isPresent() || t instanceof Task.Product) && levels.of(t) <= level)
                .toList();
        due.forEach(t -> emitLeaf(block, t));
        leaves.removeAll(due);
    }

    /** A fused loop: its index and the tasks of its body. */
    private record Pass(int level, Expr.Index index, boolean descends, List<Task> body) {}

    private static List<Expr> roots(List<Task> tasks) {
        return tasks.stream().flatMap(t -> t.roots().stream()).toList();
    }

    private List<Pass> passes(Block block, List<Task> tasks, Levels levels) {
        Map<List<Object>, Pass> passes = new LinkedHashMap<>();
        levels.reductions().forEach(e -> addReduction(block, e.getKey(), e.getValue(), passes));
        for (Task task : tasks) {
            if (task instanceof Task.ForEach loop) {
                Pass pass = passAt(block, levels.of(task), loop.index().extent(), Levels.descends(task), passes);
                pass.body().add(loop.body().rename(exprs, loop.index(), pass.index()));
            }
        }
        return passes.values().stream()
                .sorted(Comparator.comparingInt(Pass::level))
                .toList();
    }

    private void addReduction(Block block, Expr.Reduce r, int level, Map<List<Object>, Pass> passes) {
        Pass pass = passAt(block, level, r.index().extent(), false, passes);
        Expr.Local accumulator =
                names.local(OperationNames.of(r.op()) + "Accumulator", r.body().type());
        Task task = new Task.Accumulate(accumulator, r, r.index(), r.body());
        pass.body().add(task.rename(exprs, r.index(), pass.index()));
    }

    private Pass passAt(Block block, int level, Expr extent, boolean descends, Map<List<Object>, Pass> passes) {
        return passes.computeIfAbsent(
                List.of(level, exprs.order(extent), descends),
                key -> new Pass(
                        level,
                        exprs.index(Exprs.FIRST_LOOP_NUMBER + block.depth(), extent),
                        descends,
                        new ArrayList<>()));
    }

    private void emit(Block block, Pass pass, List<Pass> later, Map<Expr, Buffer> kept) {
        accumulates(pass)
                .forEach(a -> block.add(
                        new Statement.Start(a.accumulator(), a.reduce().op())));
        pass.body().stream()
                .filter(Task.Scan.class::isInstance)
                .map(Task.Scan.class::cast)
                .forEach(s -> block.add(new Statement.Start(s.accumulator(), s.op())));
        Block body = block.inner(pass.index());
        recall(body, pass, kept);
        run(body, pass.body());
        keep(body, pass, later, kept);
        Expr extent = block.lower(pass.index().extent());
        block.add(new Statement.Loop(
                pass.index(),
                extent,
                body.statements(),
                pass.descends() ? Statement.Rounds.DESCENDING : Statement.Rounds.ASCENDING));
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

    /** Loads the values kept by earlier passes that this pass needs. */
    private void recall(Block body, Pass pass, Map<Expr, Buffer> kept) {
        for (Expr node : Levels.reachable(body, roots(pass.body()))) {
            Buffer buffer = kept.get(node);
            if (buffer != null) {
                Expr.Local result = names.local(buffer.name() + "At", node.type());
                body.add(new Statement.Recall(result, buffer, List.of(pass.index())));
                body.publish(node, result);
            }
        }
    }

    /** Keeps the reductions of this pass's body that a later pass over the same range needs. */
    private void keep(Block body, Pass pass, List<Pass> later, Map<Expr, Buffer> kept) {
        List<Expr> needed = later.stream()
                .filter(p -> p.index() == pass.index())
                .flatMap(p -> roots(p.body()).stream())
                .toList();
        if (memory.isEmpty() || !isSize(pass.index().extent())) {
            return;
        }
        for (Expr node : Levels.reachable(Block.outermost(exprs, names), needed)) {
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
            case Task.Tabulate t -> tabulate(block, t);
            case Task.Scan s -> scan(block, s);
            case Task.Write w ->
                block.add(new Statement.Keep(
                        w.table().buffer(),
                        w.indices().stream().map(block::lower).toList(),
                        block.lower(w.value())));
            case Task.Recur r -> recur(block, r);
            case Task.Sort s -> sort(block, s);
            case Task.Product p -> product(block, p);
            case Task.Accumulate a ->
                block.add(new Statement.Accumulate(
                        a.accumulator(), a.reduce().op(), block.lower(a.body()), a.position()));
            case Task.ForEach f -> throw new IllegalStateException("a loop is not a leaf");
        }
    }

    /** Emits a separate loop. Readers of the states are in other loops, which run in any order. */
    private void recur(Block block, Task.Recur r) {
        new Schedule(exprs, names, memory).run(block, r.start());
        Expr.Index index =
                exprs.index(Exprs.FIRST_LOOP_NUMBER + block.depth(), r.index().extent());
        Block body = block.inner(index);
        new Schedule(exprs, names, memory)
                .run(
                        body,
                        r.body().stream()
                                .map(t -> t.rename(exprs, r.index(), index))
                                .toList());
        block.add(new Statement.Loop(
                index,
                block.lower(index.extent()),
                body.statements(),
                r.descends() ? Statement.Rounds.DESCENDING : Statement.Rounds.ASCENDING));
    }

    private void sort(Block block, Task.Sort s) {
        block.add(new Statement.Sort(s.op(), row(block, s.target()), row(block, s.source()), block.lower(s.count())));
    }

    private Statement.Row row(Block block, Expr.Load first) {
        List<Expr> indices = first.indices().subList(0, first.indices().size() - 1);
        return new Statement.Row(
                names.buffer(first.input()), indices.stream().map(block::lower).toList());
    }

    private void product(Block block, Task.Product p) {
        Block otherwise = block.branch();
        if (p.finite().isAssumed()) {
            new Schedule(exprs, names, memory).run(otherwise, List.of(p.otherwise()));
        }
        block.add(new Statement.Product(
                p.target(),
                p.mode(),
                p.row(),
                p.column(),
                p.inner(),
                p.terms().map(names::operand),
                p.finite(),
                otherwise.statements()));
    }

    private void scan(Block block, Task.Scan s) {
        Expr.Local sum = names.local(s.table().buffer().name() + "At", s.value().type());
        block.add(new Statement.Accumulate(s.accumulator(), s.op(), block.lower(s.value()), (Expr.Index)
                s.indices().getLast()));
        block.add(new Statement.Running(sum, s.accumulator(), s.op()));
        block.add(new Statement.Keep(s.table().buffer(), s.indices(), sum));
        block.publish(exprs.load(s.table().input(), s.indices()), sum);
    }

    /** Writes an entry of a table. Inner blocks know the entry by its name, so many tables are never read. */
    private void tabulate(Block block, Task.Tabulate t) {
        Expr value = memory.isPresent() ? block.named(t.value()) : block.lower(t.value());
        block.add(new Statement.Keep(t.table().buffer(), t.indices(), value));
        if (memory.isPresent()) {
            block.publish(exprs.load(t.table().input(), t.indices()), value);
        }
    }
}
