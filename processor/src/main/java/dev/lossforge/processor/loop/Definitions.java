package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Extents;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives a table to each value that several places of a program need, or one place again and again, and lets these
 * places read it.
 *
 * <p>A reduction with free indices has a table with an axis for each of them. So has a value that loops would compute
 * anew for each value of an index that it lacks, and a costly one that several tasks compute. {@link Schedule} fuses
 * the loops that fill tables with those that read them, and {@link Contraction} leaves of a table the axes that it
 * needs.
 */
final class Definitions {
    /** Of three axes is, if at all, only what its loop needs at once. */
    static final int MAX_AXES = 2;
    /** What is dearer is computed once, though some loop that it is in varies none of its indices. */
    private static final int REPEATED = 2;
    /** What is dearer is computed once for several tasks: about as much as it takes to write and to read a number. */
    private static final int SHARED = 8;
    /** The same where a loop would read a table across memory, which takes longer than to compute a value again. */
    private static final int SHARED_ACROSS = 64;
    /** What a step of a scan computes without its state is computed for all steps at once, if it is as dear as this. */
    private static final int FUNCTION = 12;
    /** Beyond the positions of inputs and of the tables of devices. */
    static final int FIRST_POSITION = 1_000_000;

    private final Exprs exprs;
    private final LocalNames names;
    private final List<Buffer> buffers;
    private final int firstPosition;
    private final Optional<Products> products;
    private final Costs costs;
    private final Costs costsOfMirrored;
    private final Recurrences recurrences;
    private final Map<Expr, Integer> users = new IdentityHashMap<>();
    private final List<List<Expr>> counted = new ArrayList<>();
    private final Set<Integer> recomputed = new HashSet<>();
    private final Set<Expr> reductions = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Table> tables = new IdentityHashMap<>();
    private final Map<List<Object>, Table> sums = new HashMap<>();
    private final Map<Expr, Optional<Reordered>> running = new IdentityHashMap<>();
    private final Map<Nest, Round> rounds = new HashMap<>();
    private final List<Task> tasks = new ArrayList<>();
    private final OrderTables orders;
    private final List<Task> goals;
    private final Canonical canonical;
    private final Neighbours neighbours;

    /**
     * @param extents which axes are as long as each other
     * @param goals the tasks of the program
     * @param buffers takes those of the tables
     * @param matrices whether sums of products are to be matrix products
     */
    Definitions(
            Exprs exprs,
            LocalNames names,
            ExtentClasses extents,
            List<Task> goals,
            List<Buffer> buffers,
            boolean matrices) {
        this.exprs = exprs;
        this.neighbours = new Neighbours(exprs, extents);
        this.goals = matrices ? JoinedProducts.of(exprs, goals) : goals;
        List<Expr> roots = this.goals.stream().flatMap(g -> g.roots().stream()).toList();
        this.canonical = new Canonical(exprs, roots);
        this.orders = new OrderTables(exprs, canonical, this);
        this.buffers = buffers;
        this.names = names;
        this.firstPosition = FIRST_POSITION + exprs.size(); // of which there are more with each table
        this.costs = new Costs(exprs);
        this.costsOfMirrored = new Costs(exprs, canonical::isSymmetric);
        this.recurrences = new Recurrences(
                exprs,
                (loops, value) -> within(loops, 0).apply(value),
                sizes -> tableOf("state", Type.FLOAT, sizes),
                tasks::add);
        this.products = matrices ? Optional.of(new Products(exprs, this::entryOf)) : Optional.empty();
    }

    /** The tasks, reading tables, and before them those that fill the tables, each before what reads it. */
    List<Task> place() {
        goals.forEach(goal -> count(goal.roots()));
        recomputed.addAll(new Recomputation(exprs, this::isShared, canonical::of).of(counted));
        List<Task> placed = goals.stream().map(this::placeGoal).toList();
        List<Task> all = new ArrayList<>(tasks);
        all.addAll(placed);
        return all;
    }

    private Task placeGoal(Task goal) {
        Task placed = place(goal, List.of());
        return products.flatMap(p -> p.of(goal, placed)).orElse(placed);
    }

    private Task place(Task task, List<Expr.Index> loops) {
        if (task instanceof Task.ForEach f) {
            List<Expr.Index> inner = new ArrayList<>(loops);
            inner.add(f.index());
            return new Task.ForEach((Expr.Index) within(loops, 0).apply(f.index()), place(f.body(), inner));
        }
        return task.map(within(loops, 0)::apply);
    }

    /** Counts in how many tasks and reductions each value is needed. */
    private void count(List<Expr> roots) {
        counted.add(roots);
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Expr> ofThis = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(roots);
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof Expr.Reduce r) {
                Expr.Reduce reduction = fits(r) ? (Expr.Reduce) canonical.of(r) : r;
                if (reductions.add(reduction)) {
                    neighbours.meet(reduction);
                    count(running(r)
                            .flatMap(f -> Running.of(exprs, f.value()))
                            .map(s -> List.of(s.term()))
                            .orElseGet(() -> Exprs.operands(reduction)));
                }
                continue;
            }
            if (costs.of(node) >= SHARED && fits(node)) {
                Expr value = canonical.of(node);
                if (ofThis.add(value) || isMirrored(node)) {
                    users.merge(value, 1, Integer::sum);
                }
            }
            pending.addAll(Exprs.operands(node));
        }
    }

    /**
     * Whether a value of a pair that a task needs for (i, j) and for (j, i) is dear twice there: what it is made of may
     * be the same for both.
     */
    private boolean isMirrored(Expr node) {
        return exprs.freeIndices(node).size() == 2 && costsOfMirrored.of(node) >= SHARED;
    }

    /** Whether it takes less time to write and to read a value than to compute it for each place that needs it. */
    private boolean isShared(Expr node) {
        return costs.of(node) >= SHARED && fits(node) && users.getOrDefault(canonical.of(node), 1) > 1;
    }

    private boolean fits(Expr node) {
        Set<Expr.Index> free = exprs.freeIndices(node);
        return !free.isEmpty()
                && free.size() <= MAX_AXES
                && free.stream().allMatch(i -> Extents.isKnown(i.extent()))
                && node.type() != Type.BOOLEAN
                && !recurrences.hasState(node)
                && !(node instanceof Expr.Index);
    }

    /** A sum that is an entry of a table of running sums, in the form in which it is one. */
    private Optional<Reordered> running(Expr.Reduce reduce) {
        return running.computeIfAbsent(
                reduce,
                r -> Reordered.running(exprs, (Expr.Reduce) r)
                        .filter(f -> Running.of(exprs, f.value())
                                .filter(s -> fits(s.term()))
                                .isPresent()));
    }

    /** An entry of the table of running sums. */
    private Expr entryOf(Running sum, Expr at, UnaryOperator<Expr> place) {
        List<Expr.Index> axes = new ArrayList<>(exprs.freeIndices(sum.term()));
        axes.remove(sum.index());
        axes.add(sum.index());
        Expr term = canonical.of(sum.term(), axes);
        List<Object> name = List.of(sum.op(), sum.last(), exprs.order(term));
        Table table = sums.get(name);
        if (table == null) {
            List<Expr.Index> points = Canonical.points(exprs, axes);
            Expr value = within(points, 0).apply(term);
            table = table(
                    "running" + LocalNames.capital(OperationNames.of(sum.op())),
                    sum.term().type(),
                    points);
            sums.put(name, table);
            Expr.Local accumulator =
                    names.local("runningAccumulator", sum.term().type());
            tasks.add(Task.nest(
                    points, new Task.Scan(sum.op(), table, List.copyOf(points), accumulator, value, sum.last())));
        }
        List<Expr> indices = new ArrayList<>(
                axes.subList(0, axes.size() - 1).stream().map(place).toList());
        indices.add(at);
        return exprs.load(table.input(), indices);
    }

    /** A new table, with an axis for each of some points. */
    Table table(String stem, Type type, List<Expr.Index> points) {
        return tableOf(
                stem,
                type,
                points.stream().map(p -> Sizes.of(exprs, p.extent())).toList());
    }

    private Table tableOf(String stem, Type type, List<Expr> extents) {
        String name = names.unique(stem);
        Input input = Input.of(firstPosition + buffers.size(), name, Role.TARGET, type, extents.size());
        Table table = new Table(new Buffer(name, type, extents), input);
        names.register(table);
        buffers.add(table.buffer());
        return table;
    }

    private Expr entryOf(Expr node, UnaryOperator<Expr> place) {
        Expr.Load entry = entryOf(node);
        return exprs.load(entry.input(), entry.indices().stream().map(place).toList());
    }

    private Expr.Load entryOf(Expr node) {
        Expr kept = canonical.of(node);
        Table table = tables.get(kept);
        if (table == null) {
            List<Expr.Index> points = Canonical.points(exprs, canonical.axes(node));
            Expr value = kept instanceof Expr.Reduce r
                    ? within(points, 0).inPlace(r)
                    : within(points, users.getOrDefault(kept, 1)).rebuild(kept);
            table = table(LocalNames.stemOf(node) + "Table", node.type(), points);
            tables.put(kept, table);
            Task loops = Task.nest(points, new Task.Tabulate(table, List.copyOf(points), value));
            Table made = table;
            tasks.add(products.filter(p -> kept instanceof Expr.Reduce)
                    .flatMap(p -> p.of((Expr.Reduce) kept, points, made, loops))
                    .orElse(loops));
        }
        return (Expr.Load) exprs.load(table.input(), List.copyOf(canonical.axes(node)));
    }

    /** A value within some loops, reading tables. */
    Expr place(Expr value, List<Expr.Index> loops) {
        return within(loops, 0).apply(value);
    }

    /** Adds what fills a table, after what fills those that it reads. */
    void add(Task task) {
        tasks.add(task);
    }

    private Round within(List<Expr.Index> loops, int usersOfRoot) {
        Nest nest = new Nest(List.copyOf(loops), usersOfRoot);
        return rounds.computeIfAbsent(nest, n -> new Round(n.loops(), n.usersOfRoot()));
    }

    private record Nest(List<Expr.Index> loops, int usersOfRoot) {}

    /**
     * Rewrites what is evaluated within some loops. There is one for each nest of loops, and what does not vary in the
     * inner ones is rewritten by that of the outer ones: otherwise sums within sums would be rewritten at each use.
     */
    private final class Round {
        private final List<Expr.Index> loops;
        private final int usersOfRoot;
        private final Map<Expr, Expr> done = new IdentityHashMap<>();

        Round(List<Expr.Index> loops, int usersOfRoot) {
            this.loops = loops;
            this.usersOfRoot = usersOfRoot;
        }

        Expr apply(Expr node) {
            Expr known = done.get(node);
            if (known == null) {
                List<Expr.Index> home = home(node);
                known = home.size() < loops.size() ? within(home, usersOfRoot).apply(node) : rewrite(node);
                done.put(node, known);
            }
            return known;
        }

        private Expr rewrite(Expr node) {
            return switch (node) {
                case Expr.Reduce r -> apply(r);
                case Expr.State s -> recurrences.entryOf(s, this::apply);
                case Expr.Order o
                when orders.fits(o) && !recurrences.hasState(o.key()) -> orders.entry(o, apply(o.at()));
                case Expr.Order o -> apply(CountedOrder.of(exprs, o));
                default -> isForTable(node) ? entry(node) : rebuild(node);
            };
        }

        private Expr apply(Expr.Reduce r) {
            Optional<Reordered> sum = running(r);
            if (sum.isPresent()) {
                Running running = Running.of(exprs, sum.get().value()).orElseThrow();
                UnaryOperator<Expr> place = n -> apply(sum.get().back(exprs, n));
                return running.read(exprs, place, at -> entryOf(running, at, place));
            }
            return Reordered.alone(exprs, r)
                    .filter(f -> fits(f.value()))
                    .map(f -> entryOf(f.value(), n -> apply(f.back(exprs, n))))
                    .or(() -> neighbours
                            .shared(r)
                            .filter(n -> fits(n.value()))
                            .map(n -> n.read(exprs, at -> entryOf(n.value(), i -> at))))
                    .orElseGet(() -> fits(r) ? entry(r) : inPlace(r));
        }

        /** The entry of a table; of two equal ones the one that stands in the row of the outer loop. */
        private Expr entry(Expr node) {
            Expr.Load entry = entryOf(node);
            return canonical.isSymmetric(node)
                    ? exprs.load(
                            entry.input(),
                            List.copyOf(loops.stream()
                                    .filter(exprs.freeIndices(node)::contains)
                                    .toList()))
                    : entry;
        }

        Expr rebuild(Expr node) {
            return node instanceof Expr.Scan s
                    ? recurrences.entryOf(s, this::apply)
                    : Rebuild.with(exprs, node, this::apply);
        }

        Expr inPlace(Expr.Reduce reduce) {
            List<Expr.Index> inner = new ArrayList<>(home(reduce));
            inner.add(reduce.index());
            Round round = within(inner, usersOfRoot);
            return exprs.reduce(reduce.op(), (Expr.Index) round.apply(reduce.index()), round.apply(reduce.body()));
        }

        /** The loops outside of which a value cannot be computed: as few of them as there are. */
        private List<Expr.Index> home(Expr node) {
            Set<Expr.Index> free = exprs.freeIndices(node);
            int depth = loops.size();
            while (depth > 0 && !free.contains(loops.get(depth - 1))) {
                depth--;
            }
            return loops.subList(0, depth);
        }

        private boolean isForTable(Expr node) {
            if (node.type() != Type.FLOAT || node instanceof Expr.Scan || !fits(node)) {
                return false;
            }
            int cost = costs.of(node);
            boolean repeated = cost >= REPEATED
                    && home(node).size() > exprs.freeIndices(node).size();
            boolean shared = cost >= (isReadAcross(node) && !isOfPairs(node) ? SHARED_ACROSS : SHARED)
                    && isKept(canonical.of(node))
                    && !isNextToKept(node);
            return repeated || shared || cost >= FUNCTION && recurrences.isInStep(node);
        }

        /** Whether a value is needed in other places than the root is, and not computed again there. */
        private boolean isKept(Expr value) {
            return users.getOrDefault(value, 1) > Math.max(usersOfRoot, 1) && !recomputed.contains(exprs.order(value));
        }

        /** Whether one cheap operation makes a value of another one that has a table, and of what varies less. */
        private boolean isNextToKept(Expr node) {
            List<Expr> varying = Exprs.operands(node).stream()
                    .filter(o -> exprs.freeIndices(o).equals(exprs.freeIndices(node)))
                    .toList();
            return Costs.own(node) <= 1 && varying.size() == 1 && isForTable(varying.getFirst());
        }

        /** Whether the innermost loop that a value varies in is not over the last axis of its table. */
        private boolean isReadAcross(Expr node) {
            List<Expr.Index> axes = canonical.axes(node);
            List<Expr.Index> home = home(node);
            return axes.size() > 1
                    && !home.isEmpty()
                    && home.getLast() != axes.getLast()
                    && !canonical.isSymmetric(node);
        }

        /** Whether a value is computed from others of the same pair, which are in memory across that loop, too. */
        private boolean isOfPairs(Expr node) {
            return ExprNodes.anyMatch(
                    node,
                    n -> (n instanceof Expr.Reduce || n instanceof Expr.Load || n instanceof Expr.Scan)
                            && exprs.freeIndices(n).containsAll(exprs.freeIndices(node)));
        }
    }
}
