package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the loops whose rounds may run in any order, as {@link Statement.Rounds#INDEPENDENT} and
 * {@link Statement.Rounds#ADDING} say.
 */
public final class Independence {
    private final Map<String, Integer> touches;

    private Independence(List<Statement> statements) {
        this.touches = touches(statements);
    }

    static List<Statement> marked(List<Statement> statements) {
        return new Independence(statements).mark(statements);
    }

    private List<Statement> mark(List<Statement> statements) {
        return statements.stream()
                .map(s -> switch (s) {
                    case Statement.Loop l -> mark(l);
                    case Statement.Product p -> p.withOtherwise(mark(p.otherwise()));
                    default -> s;
                })
                .toList();
    }

    private Statement mark(Statement.Loop loop) {
        boolean any = loop.rounds() == Statement.Rounds.ASCENDING && isIndependent(loop);
        return new Statement.Loop(
                loop.index(), loop.extent(), mark(loop.body()), any ? unordered(loop) : loop.rounds());
    }

    private static Statement.Rounds unordered(Statement.Loop loop) {
        return shared(loop).isEmpty() ? Statement.Rounds.INDEPENDENT : Statement.Rounds.ADDING;
    }

    /** The derivatives to which several rounds of a loop may add at the same place. */
    public static Set<Statements.Derivative> shared(Statement.Loop loop) {
        Set<Statements.Derivative> shared = new LinkedHashSet<>();
        stores(loop).forEach((derivative, stores) -> {
            if (!isOfRound(loop.index(), stores)) {
                shared.add(derivative);
            }
        });
        return shared;
    }

    private static Map<Statements.Derivative, List<Statement.StoreDerivative>> stores(Statement.Loop loop) {
        Map<Statements.Derivative, List<Statement.StoreDerivative>> stores = new LinkedHashMap<>();
        Statements.forEach(loop.body(), s -> {
            if (s instanceof Statement.StoreDerivative d) {
                stores.computeIfAbsent(new Statements.Derivative(d.order(), d.input()), p -> new ArrayList<>())
                        .add(d);
            }
        });
        return stores;
    }

    private static boolean isOfRound(Expr.Index index, List<Statement.StoreDerivative> stores) {
        return areOfRound(
                index, stores.stream().map(Statement.StoreDerivative::indices).toList());
    }

    /** The number of accesses of each buffer. */
    private static Map<String, Integer> touches(List<Statement> statements) {
        Map<String, Integer> touches = new HashMap<>();
        Statements.forEach(statements, s -> {
            switch (s) {
                case Statement.Keep k -> touches.merge(k.buffer().name(), 1, Integer::sum);
                case Statement.Recall r -> touches.merge(r.buffer().name(), 1, Integer::sum);
                case Statement.Sort o -> {
                    touches.merge(o.target().buffer().name(), 1, Integer::sum);
                    touches.merge(o.source().buffer().name(), 1, Integer::sum);
                }
                case Statement.Product p -> {
                    if (p.target() instanceof Statement.ToBuffer b) {
                        touches.merge(b.buffer().name(), 1, Integer::sum);
                    }
                    p.terms().entries().stream()
                            .flatMap(o -> o.source().stream())
                            .forEach(b -> touches.merge(b.name(), 1, Integer::sum));
                }
                default -> {} // only these access a buffer
            }
        });
        return touches;
    }

    private boolean isIndependent(Statement.Loop loop) {
        Map<String, List<List<Expr>>> places = new HashMap<>();
        Map<String, List<List<Expr>>> recalled = new HashMap<>();
        Set<String> written = new HashSet<>();
        Set<String> started = new HashSet<>();
        List<Boolean> faults = new ArrayList<>();
        Statements.forEach(loop.body(), s -> {
            switch (s) {
                case Statement.Start start -> started.add(start.accumulator().name());
                case Statement.Running r ->
                    faults.add(!started.contains(r.accumulator().name()));
                case Statement.Clear c -> faults.add(true);
                case Statement.StoreValue v -> faults.add(true);
                case Statement.StoreDerivative d -> {}
                case Statement.Keep k -> {
                    written.add(k.buffer().name());
                    places.computeIfAbsent(k.buffer().name(), p -> new ArrayList<>())
                            .add(k.indices());
                }
                case Statement.Recall r ->
                    recalled.computeIfAbsent(r.buffer().name(), p -> new ArrayList<>())
                            .add(r.indices());
                case Statement.Sort o -> {
                    written.add(o.target().buffer().name());
                    places.computeIfAbsent(o.target().buffer().name(), p -> new ArrayList<>())
                            .add(whole(o.target()));
                    places.computeIfAbsent(o.source().buffer().name(), p -> new ArrayList<>())
                            .add(whole(o.source()));
                }
                case Statement.Product p -> faults.add(true);
                case Statement.Define d -> {}
                case Statement.Loop l -> {}
                case Statement.Accumulate a -> {}
                case Statement.Finish f -> {}
            }
        });
        recalled.forEach((place, reads) -> {
            List<List<Expr>> writes = places.computeIfAbsent(place, p -> new ArrayList<>());
            List<List<Expr>> met =
                    reads.stream().filter(r -> !isElsewhere(r, writes)).toList();
            writes.addAll(met);
        });
        Map<String, Integer> inside = touches(loop.body());
        return !faults.contains(true)
                && stores(loop).values().stream()
                        .allMatch(
                                s -> isOfRound(loop.index(), s) || s.stream().allMatch(Statement.StoreDerivative::adds))
                && written.stream()
                        .allMatch(buffer -> inside.getOrDefault(buffer, 0).equals(touches.get(buffer))
                                || areOfRound(loop.index(), places.getOrDefault(buffer, List.of())));
    }

    /** Whether a position differs from others on some axis by a constant, like the states before and after a step. */
    private static boolean isElsewhere(List<Expr> place, List<List<Expr>> others) {
        return IntStream.range(0, place.size())
                .anyMatch(axis -> !others.isEmpty()
                        && others.stream()
                                .allMatch(o -> isShifted(place.get(axis), o.get(axis))
                                        || isShifted(o.get(axis), place.get(axis))));
    }

    private static boolean isShifted(Expr a, Expr b) {
        return b instanceof Expr.Binary sum
                && sum.op() == BinaryOp.ADD
                && sum.left() == a
                && sum.right() instanceof Expr.IntConstant c
                && c.value() != 0;
    }

    /** The indices of a row, with an expression that is not an index for the last axis. */
    private static List<Expr> whole(Statement.Row row) {
        List<Expr> indices = new ArrayList<>(row.indices());
        indices.add(row.buffer().extents().getLast());
        return indices;
    }

    /** Whether the index of the loop distinguishes the accessed positions. */
    private static boolean areOfRound(Expr.Index index, List<List<Expr>> places) {
        return !places.isEmpty()
                && IntStream.range(0, places.getFirst().size())
                        .anyMatch(axis -> places.stream().allMatch(at -> at.get(axis) == index));
    }
}
