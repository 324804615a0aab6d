package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Queries over the statements of a kernel. */
public final class Statements {
    private Statements() {}

    /** A derivative that a kernel writes. */
    public record Derivative(int order, Input input) {}

    /** Visits all statements, including those in loops; a loop comes before its body. */
    public static void forEach(List<Statement> statements, Consumer<Statement> action) {
        for (Statement statement : statements) {
            action.accept(statement);
            forEach(inside(statement), action);
        }
    }

    /** The statements of a loop's body, or of the loops that can replace a product. */
    static List<Statement> inside(Statement statement) {
        return switch (statement) {
            case Statement.Loop loop -> loop.body();
            case Statement.Product product -> product.otherwise();
            default -> List.of();
        };
    }

    public static Set<Derivative> derivatives(List<Statement> statements) {
        Set<Derivative> found = new LinkedHashSet<>();
        forEach(statements, s -> {
            if (s instanceof Statement.StoreDerivative d) {
                found.add(new Derivative(d.order(), d.input()));
            } else if (s instanceof Statement.Product p && p.target() instanceof Statement.ToDerivative d) {
                found.add(new Derivative(d.order(), d.input()));
            } else if (s instanceof Statement.Clear c) {
                found.add(new Derivative(c.order(), c.input()));
            }
        });
        return found;
    }

    /** Whether a round of some loop goes on from what an earlier one found, as that of a scan or a running sum does. */
    public static boolean haveStates(List<Statement> statements) {
        List<Statement> found = new ArrayList<>();
        forEach(statements, s -> {
            if (s instanceof Statement.Running || s instanceof Statement.Loop loop && hasState(loop)) {
                found.add(s);
            }
        });
        return !found.isEmpty();
    }

    private static boolean hasState(Statement.Loop loop) {
        Set<Buffer> kept = Set.copyOf(buffers(loop.body()));
        List<Statement> recalled = new ArrayList<>();
        forEach(loop.body(), s -> {
            if (s instanceof Statement.Recall r && kept.contains(r.buffer())) {
                recalled.add(s);
            }
        });
        return loop.rounds() != Statement.Rounds.INDEPENDENT && !recalled.isEmpty();
    }

    /** The buffers that statements write, each once. */
    public static List<Buffer> buffers(List<Statement> statements) {
        Set<Buffer> found = new LinkedHashSet<>();
        forEach(statements, s -> {
            switch (s) {
                case Statement.Keep k -> found.add(k.buffer());
                case Statement.Sort o -> found.add(o.target().buffer());
                default -> {}
            }
        });
        return List.copyOf(found);
    }

    public static boolean storesDerivatives(List<Statement> statements) {
        return !derivatives(statements).isEmpty();
    }

    /** The expressions of one statement; of a loop, its extent. */
    public static List<Expr> expressions(Statement statement) {
        return switch (statement) {
            case Statement.Define d -> List.of(d.value());
            case Statement.Loop l -> List.of(l.extent());
            case Statement.Start s -> List.of();
            case Statement.Accumulate a -> List.of(a.value());
            case Statement.Finish f -> List.of();
            case Statement.Running r -> List.of();
            case Statement.Product p ->
                List.of(p.row().extent(), p.column().extent(), p.inner().extent());
            case Statement.Sort s ->
                Stream.of(s.target().indices(), s.source().indices(), List.of(s.count()))
                        .flatMap(List::stream)
                        .toList();
            case Statement.Keep k -> plus(k.indices(), k.value());
            case Statement.Recall r -> r.indices();
            case Statement.StoreValue v -> List.of(v.value());
            case Statement.StoreDerivative s -> plus(s.indices(), s.value());
            case Statement.Clear c -> List.of();
        };
    }

    private static List<Expr> plus(List<Expr> indices, Expr value) {
        List<Expr> all = new ArrayList<>(indices);
        all.add(value);
        return all;
    }

    /** The exception for a reduction that lowering should have replaced. */
    public static IllegalArgumentException unexpected(ReduceOp op) {
        return new IllegalArgumentException("not in loops: " + op);
    }

    /** Whether the expression or any node below it satisfies a predicate. */
    public static boolean contains(Expr root, Predicate<Expr> asked) {
        return ExprNodes.anyMatch(root, asked);
    }

    /** Whether a value depends only on the sizes of inputs. */
    public static boolean isKnownBefore(Expr node) {
        return !contains(node, n -> n instanceof Expr.Load || n instanceof Expr.Local || n instanceof Expr.Index);
    }
}
