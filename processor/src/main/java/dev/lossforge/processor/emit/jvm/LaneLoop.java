package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An innermost loop on blocks: the lanes are successive values of its index. */
final class LaneLoop implements LaneExpressions.Lanes {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final StageMethods stages;
    private final String prefix;
    private final UnitKernel kernel;
    private final RowSoftmaxCode softmaxes;
    private final LoopReductions reductions;
    private final Set<String> laneLocals = new HashSet<>();
    private final Expr.Index lane;

    LaneLoop(
            KernelScope scope,
            ScalarCode scalars,
            BlockNames blocks,
            StageMethods stages,
            String prefix,
            UnitKernel kernel,
            RowSoftmaxCode softmaxes,
            Expr.Index lane) {
        this.scope = scope;
        this.scalars = scalars;
        this.blocks = blocks;
        this.stages = stages;
        this.prefix = prefix;
        this.kernel = kernel;
        this.softmaxes = softmaxes;
        this.reductions = new LoopReductions(scope, blocks);
        this.lane = lane;
    }

    /** Whether a loop holds no other loop and nothing that needs its values one by one. */
    static boolean fits(KernelScope scope, Statement.Loop loop) {
        return loop.rounds() != Statement.Rounds.DESCENDING
                && loop.body().stream().allMatch(s -> fits(scope, loop, s));
    }

    private static boolean fits(KernelScope scope, Statement.Loop loop, Statement statement) {
        return switch (statement) {
            case Statement.Define d -> d.local().type() != Type.BOOLEAN;
            case Statement.Accumulate a -> a.value().type() == Type.FLOAT;
            case Statement.Keep k -> endsIn(k.indices(), loop.index());
            case Statement.Recall r -> endsIn(r.indices(), loop.index());
            case Statement.StoreDerivative s ->
                s.input().role() != Role.PARAMETER
                        && endsIn(s.indices(), loop.index())
                        && isInside(scope, s.input(), s.indices());
            case Statement.Loop l -> false;
            case Statement.Start s -> false;
            case Statement.Finish f -> false;
            case Statement.Running r -> false;
            case Statement.Product p -> false;
            case Statement.StoreValue v -> false;
            case Statement.Clear c -> false;
        };
    }

    private static boolean isInside(KernelScope scope, Input input, List<Expr> indices) {
        for (int axis = 0; axis < indices.size(); axis++) {
            if (!scope.isInside(indices.get(axis), input, axis)) {
                return false;
            }
        }
        return true;
    }

    /** Whether only the last of some indices is the loop's. */
    static boolean endsIn(List<Expr> indices, Expr.Index index) {
        return !indices.isEmpty()
                && indices.getLast() == index
                && indices.subList(0, indices.size() - 1).stream()
                        .noneMatch(i -> Statements.contains(i, n -> n == index || n instanceof Expr.Local));
    }

    CodeBlock emit(Statement.Loop loop) {
        String start = scope.index(lane);
        CodeBlock extent = scalars.of(loop.extent()).in(Strength.SUM);
        LaneProgram program = new LaneProgram(blocks, stages, prefix, "n");
        LaneExpressions expressions = new LaneExpressions(scope.exprs(), program, scalars, this);
        expressions.define(
                lane,
                program.arithmetic(
                        true,
                        t -> Operations.binary(BinaryOp.ADD, t.getFirst(), Term.atom("k")),
                        program.uniform(Term.atom("$L", start), true)));
        loop.body().forEach(s -> statement(s, program, expressions));
        return CodeBlock.builder()
                .beginControlFlow(
                        "for (int $L = 0; $L < $L; $L += $T.SIZE)", start, start, extent, start, RuntimeTypes.BLOCKS)
                .addStatement("int n = $T.min($T.SIZE, $L - $L)", Math.class, RuntimeTypes.BLOCKS, extent, start)
                .add(program.emit())
                .endControlFlow()
                .build();
    }

    private void statement(Statement statement, LaneProgram program, LaneExpressions expressions) {
        switch (statement) {
            case Statement.Define d -> define(d, program, expressions);
            case Statement.Accumulate a -> {
                if (!softmaxes.accumulate(a, program, expressions, scalars)) {
                    reductions.accumulate(a, lane, program, expressions.of(a.value()));
                }
            }
            case Statement.Keep k ->
                copyOut(
                        program,
                        expressions.of(k.value()),
                        CodeBlock.of("$L", kernel.buffer(k.buffer())),
                        kernel.position(k.buffer(), k.indices()));
            case Statement.Recall r -> {
                laneLocals.add(r.result().name());
                expressions.define(
                        r.result(),
                        slice(
                                program,
                                CodeBlock.of("$L", kernel.buffer(r.buffer())),
                                kernel.position(r.buffer(), r.indices()),
                                r.result().type() == Type.INT));
            }
            case Statement.StoreDerivative s -> store(s, program, expressions);
            case Statement.Loop l -> throw misfit(l);
            case Statement.Start s -> throw misfit(s);
            case Statement.Finish f -> throw misfit(f);
            case Statement.Running r -> throw misfit(r);
            case Statement.Product p -> throw misfit(p);
            case Statement.StoreValue v -> throw misfit(v);
            case Statement.Clear c -> throw misfit(c);
        }
    }

    private static IllegalStateException misfit(Statement statement) {
        return new IllegalStateException(
                "not for lanes: " + statement.getClass().getSimpleName());
    }

    private void define(Statement.Define d, LaneProgram program, LaneExpressions expressions) {
        if (expressions.isUniform(d.value())) {
            program.before(
                    "$T $L = $L", Operations.javaType(d.local().type()), scope.local(d.local()), scalars.of(d.value()));
        } else {
            laneLocals.add(d.local().name());
            expressions.define(d.local(), expressions.of(d.value()));
        }
    }

    private void store(Statement.StoreDerivative s, LaneProgram program, LaneExpressions expressions) {
        String derivative = scope.derivative(s.order(), s.input());
        Term offset = scalars.offset(s.input(), s.indices());
        boolean plain = s.order() == 1 && s.mode() == Statement.Mode.SET;
        if (plain && softmaxes.store(s.value(), Term.atom("scale"), derivative, offset, expressions, scalars)) {
            return;
        }
        LaneValue scaled = expressions.arithmetic(
                false, BinaryOp.MULTIPLY, expressions.of(s.value()), program.uniform(Term.atom("scale"), false));
        if (s.mode() == Statement.Mode.ADD) {
            add(program, scaled, derivative, offset);
            return;
        }
        CodeBlock guard = s.order() == 1 ? CodeBlock.of("") : CodeBlock.of("if ($L != null) ", derivative);
        program.effect(
                operands -> CodeBlock.of(
                        "$L$T.arraycopy($L, 0, $L, $L, n)",
                        guard,
                        System.class,
                        operands.getFirst(),
                        derivative,
                        offset.code()),
                scaled);
    }

    /** Adds in turn, not in a stage: two additions may go to the same row, as in a distance of row i from row j. */
    private void add(LaneProgram program, LaneValue value, String derivative, Term offset) {
        program.effect(
                operands -> CodeBlock.of(
                        "$T.add($L, $L, $L, $L, n)",
                        RuntimeTypes.BLOCKS,
                        operands.getFirst(),
                        derivative,
                        offset.code(),
                        blocks.shared("scratch")),
                value);
    }

    private static void copyOut(LaneProgram program, LaneValue value, CodeBlock array, Term offset) {
        program.effect(
                operands -> CodeBlock.of(
                        "$T.arraycopy($L, 0, $L, $L, n)", System.class, operands.getFirst(), array, offset.code()),
                value);
    }

    /**
     * A part of an array as a block of its own: the JIT compiler vectorises only loops with one index for all arrays.
     */
    private static LaneValue slice(LaneProgram program, CodeBlock array, Term offset, boolean ints) {
        return program.call(
                "slice",
                ints,
                (none, out) -> CodeBlock.of("$T.arraycopy($L, $L, $L, 0, n)", System.class, array, offset.code(), out));
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return switch (leaf) {
            case Expr.Index i -> i != lane;
            case Expr.Local l -> !laneLocals.contains(l.name());
            default -> true;
        };
    }

    @Override
    public LaneValue load(Expr.Load load, LaneExpressions expressions) {
        LaneProgram program = expressions.program();
        boolean ints = load.type() == Type.INT;
        if (endsIn(load.indices(), lane) && scalars.isInside(load.input(), load.indices())) {
            return slice(
                    program,
                    CodeBlock.of("$L", scope.array(load.input())),
                    scalars.offset(load.input(), load.indices()),
                    ints);
        }
        LaneValue[] indices = load.indices().stream().map(expressions::of).toArray(LaneValue[]::new);
        return gather(load.input(), program, ints, indices);
    }

    /** Entries at positions that each lane computes, NaN outside the input. */
    private LaneValue gather(Input input, LaneProgram program, boolean ints, LaneValue... indices) {
        CodeBlock array = CodeBlock.of("$L", scope.array(input));
        CodeBlock sizes = indices.length == 1
                ? CodeBlock.of("$L", scope.extent(input, 0))
                : CodeBlock.of("$L, $L", scope.extent(input, 0), scope.extent(input, 1));
        Term offset = scalars.unitOffset(input);
        return program.call(
                "gather",
                ints,
                (operands, out) -> CodeBlock.of(
                        "$T.gather($L, $L, $L, $L, $L, n)",
                        RuntimeTypes.LANES,
                        array,
                        offset.code(),
                        sizes,
                        CodeBlock.join(operands, ", "),
                        out),
                indices);
    }

    @Override
    public Optional<LaneValue> softmaxEntry(Expr.Unary exp, LaneExpressions expressions) {
        return softmaxes.entry(exp, expressions);
    }

    @Override
    public LaneValue index(Expr.Index index) {
        throw new IllegalStateException("not a lane: " + index.number());
    }

    @Override
    public LaneValue local(Expr.Local local) {
        throw new IllegalStateException("an undefined local: " + local.name());
    }
}
