package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pass of a block that computes each task. Passes are numbered from 0, and each runs one loop per extent.
 *
 * <p>A task that needs the result of a reduction is in a later pass. So is a task that needs an entry of a table,
 * unless it is the entry of its own round. It then shares the loop with the task that writes it.
 */
final class Levels {
    private final Exprs exprs;
    private final Block block;
    private final Map<Integer, Task> writers = new HashMap<>();
    private final Map<Expr.Reduce, Integer> reductions = new IdentityHashMap<>();
    private final Map<Task, Integer> tasks = new IdentityHashMap<>();

    Levels(Exprs exprs, Block block, List<Task> all) {
        this.exprs = exprs;
        this.block = block;
        all.forEach(task -> {
            task.written().ifPresent(t -> writers.put(t.input().position(), task));
        });
        all.forEach(this::of);
    }

    /** Whether the rounds of a task's loop must run downwards. */
    static boolean descends(Task task) {
        return task instanceof Task.ForEach f && f.body() instanceof Task.Scan s && s.descends();
    }

    private static List<Expr> indices(Task leaf) {
        return switch (leaf) {
            case Task.Tabulate t -> t.indices();
            case Task.Scan s -> s.indices();
            case Task.Recur r -> r.around();
            case Task.Sort s -> s.target().indices();
            case Task.Product p -> List.of(p.row(), p.column());
            default -> List.of();
        };
    }

    private static Task leaf(Task task) {
        return task instanceof Task.ForEach f ? leaf(f.body()) : task;
    }

    /** The pass of a task with a loop; for another task, the pass before which it runs. */
    int of(Task task) {
        Integer level = tasks.get(task);
        if (level == null) {
            tasks.put(task, 0); // entries of its own table were written in earlier rounds
            level = of(task.roots(), task instanceof Task.ForEach f ? f.index() : null);
            tasks.put(task, level);
        }
        return level;
    }

    /** The reductions that this block computes, each with its pass, in a deterministic order. */
    List<Map.Entry<Expr.Reduce, Integer>> reductions() {
        return reductions.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> exprs.order(e.getKey())))
                .toList();
    }

    private int of(Expr.Reduce reduce) {
        Integer level = reductions.get(reduce);
        if (level == null) {
            level = of(List.of(reduce.body(), reduce.index()), reduce.index());
            reductions.put(reduce, level);
        }
        return level;
    }

    /** @param round the index of the loop that computes the roots, if any */
    private int of(List<Expr> roots, Expr.@Nullable Index round) {
        int level = 0;
        for (Expr node : reachable(block, roots)) {
            if (node instanceof Expr.Reduce r && block.binds(exprs.freeIndices(r))) {
                level = Math.max(level, of(r) + 1);
            } else if (node instanceof Expr.Load l) {
                Task writer = writers.get(l.input().position());
                level = writer == null ? level : Math.max(level, of(writer) + (isOfRound(l, writer, round) ? 0 : 1));
            }
        }
        return level;
    }

    /** Whether a round reads what the same round of the writer's loop writes, or a value that has no loop here. */
    private static boolean isOfRound(Expr.Load load, Task writer, Expr.@Nullable Index round) {
        if (!(writer instanceof Task.ForEach loop)) {
            return true;
        }
        int axis = indices(leaf(writer)).indexOf(loop.index());
        return round != null
                && !descends(writer)
                && load.indices().get(axis) == round
                && round.extent() == loop.index().extent();
    }

    /** All nodes that must still be computed for the roots, each once, in a deterministic order. */
    static List<Expr> reachable(Block block, List<Expr> roots) {
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
}
