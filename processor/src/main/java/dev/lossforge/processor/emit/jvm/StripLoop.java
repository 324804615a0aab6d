package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A loop over rows with short loops inside, as over the classes of a pixel: the lanes are successive rounds of the
 * outer loop, a strip of them at a time. Loops inside stay loops; everything between them is a vector loop over the
 * strip.
 */
final class StripLoop {
    private final Statement.Loop source;
    private final String start;
    private final StripMemory memory;
    private final LaneLines lines;

    StripLoop(
            KernelScope scope,
            ScalarCode scalars,
            VectorCalls calls,
            RowKernel kernel,
            Statement.Loop source,
            Set<String> ownBuffers) {
        this.source = source;
        this.start = scope.fresh("start");
        this.memory = new StripMemory(scope, scalars, calls, kernel, source, start, ownBuffers);
        this.lines = new LaneLines(scope, scalars, calls, memory, source.body(), kernel::leave);
    }

    /**
     * Whether a long loop has only short loops inside, or some columns of a row, and each round reads a row of its own.
     *
     * @param isShort which extents are short
     * @param ownBuffers the buffers of which each round has its own
     */
    static boolean fits(Statement.Loop loop, Predicate<Expr> isShort, Set<String> ownBuffers) {
        boolean isUnordered = loop.rounds() == Statement.Rounds.INDEPENDENT || loop.rounds() == Statement.Rounds.ADDING;
        return isUnordered
                && !isShort.test(loop.extent())
                && (loop.body().stream().anyMatch(Statement.Loop.class::isInstance) || hasRows(loop))
                && storesRows(loop)
                && new Fit(loop.index(), isShort, ownBuffers).of(loop.body());
    }

    /**
     * Whether a derivative of which rounds have rows of their own, which they write at the end, is not written
     * elsewhere.
     */
    private static boolean storesRows(Statement.Loop loop) {
        Set<Input> ofRows = new HashSet<>();
        Set<Input> others = new HashSet<>();
        Statements.forEach(loop.body(), s -> {
            if (s instanceof Statement.StoreDerivative d && d.input().rank() == 2) {
                (d.indices().getFirst() == loop.index() ? ofRows : others).add(d.input());
            }
        });
        return Collections.disjoint(ofRows, others);
    }

    /** Whether a loop reads some columns of a row in each round. */
    private static boolean hasRows(Statement.Loop loop) {
        return loop.body().stream()
                .flatMap(s -> Statements.expressions(s).stream())
                .anyMatch(e -> Statements.contains(
                        e,
                        n -> n instanceof Expr.Load l
                                && l.indices().size() == 2
                                && l.indices().getFirst() == loop.index()
                                && TallMatrices.isNumbered(l.indices().getLast())));
    }

    /** What the statements of a loop over rows must be like. */
    private record Fit(Expr.Index lane, Predicate<Expr> isShort, Set<String> ownBuffers, Set<String> started) {
        Fit(Expr.Index lane, Predicate<Expr> isShort, Set<String> ownBuffers) {
            this(lane, isShort, ownBuffers, new HashSet<>());
        }

        boolean of(List<Statement> statements) {
            return statements.stream().allMatch(this::of);
        }

        private boolean of(Statement statement) {
            return switch (statement) {
                case Statement.Define d -> true;
                case Statement.Loop l -> isShort.test(l.extent()) && readsRows(l) && of(l.body());
                case Statement.Start s -> started.add(s.accumulator().name());
                case Statement.Accumulate a ->
                    VectorLoop.supports(a) && (started.contains(a.accumulator().name()) || hasTotal(a));
                case Statement.Finish f -> true;
                case Statement.Running r -> started.contains(r.accumulator().name());
                case Statement.Keep k ->
                    ColumnLoop.endsIn(k.indices(), lane)
                            || isOfAllRounds(k.indices())
                                    && ownBuffers.contains(k.buffer().name());
                case Statement.Recall r -> ColumnLoop.endsIn(r.indices(), lane) || isOfAllRounds(r.indices());
                case Statement.StoreDerivative s -> s.order() == 1;
                case Statement.Sort s -> false;
                case Statement.Product p -> false;
                case Statement.StoreValue v -> false;
                case Statement.Clear c -> false;
            };
        }

        private static boolean hasTotal(Statement.Accumulate a) {
            return switch (a.op()) {
                case SUM, MAX, MIN -> true;
                case PRODUCT, ARG_MAX, ARG_MIN, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> false;
            };
        }

        /** Whether a place in a buffer does not depend on the round. */
        private boolean isOfAllRounds(List<Expr> indices) {
            return indices.stream().noneMatch(i -> Statements.contains(i, n -> n == lane || n instanceof Expr.Local));
        }

        /** Whether a loop reads entries of the round's own row, or some that are the same for all rounds. */
        private boolean readsRows(Statement.Loop loop) {
            return loop.body().stream()
                    .flatMap(s -> Statements.expressions(s).stream())
                    .noneMatch(e -> Statements.contains(e, n -> n instanceof Expr.Load l && isElsewhere(l)));
        }

        private boolean isElsewhere(Expr.Load load) {
            return load.indices().stream()
                    .anyMatch(i -> i != lane
                            && Statements.contains(
                                    i, n -> n == lane || n instanceof Expr.Local || n instanceof Expr.Load));
        }
    }

    /**
     * The loop from one round to another.
     *
     * @param from the first
     * @param to the one behind the last
     */
    CodeBlock emit(String from, CodeBlock to) {
        CodeBlock body = lines.block(source.body());
        return CodeBlock.builder()
                .beginControlFlow(
                        "for (int $L = $L; $L < $L; $L += $T.SIZE)", start, from, start, to, start, RuntimeTypes.BLOCK)
                .addStatement("int n = $T.min($T.SIZE, $L - $L)", Math.class, RuntimeTypes.BLOCK, to, start)
                .add(memory.loads())
                .add(body)
                .add(memory.stores())
                .endControlFlow()
                .build();
    }
}
