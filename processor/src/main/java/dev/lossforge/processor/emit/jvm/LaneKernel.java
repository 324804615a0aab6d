package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.UnitRange;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LaneLocals;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Softmaxes;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel body in which each lane is a unit: an element, or a row whose entries stand in one block per column. Every
 * scalar of the loop nest that differs between units becomes a block, and loops stay loops.
 */
final class LaneKernel implements LaneExpressions.Lanes {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final StageMethods stages;
    private final String name;
    private final LaneLocals locals;
    private final LaneInputs inputs;
    private final LaneAccumulators accumulators;
    private final LaneSoftmaxCode softmaxes;
    private final LaneBuffers buffers;
    private final LaneDerivatives derivatives;
    private final Set<String> uniformLocals = new HashSet<>();
    private final Map<String, LaneValue> laneLocals = new HashMap<>();

    private LaneKernel(LoopNest nest, List<Statement> statements, String name, StageMethods stages) {
        this.scope = new KernelScope(nest, "frame", "from", "to", "at", "n", "total", "size", "entries");
        this.scalars = new ScalarCode(scope);
        this.blocks = new BlockNames(scope, CodeBlock.of("size"));
        this.stages = stages;
        this.name = name;
        this.locals = new LaneLocals(statements);
        this.inputs = new LaneInputs(scope, scalars, blocks);
        this.accumulators = new LaneAccumulators(scope, blocks);
        Softmaxes found = new Softmaxes(
                scope.exprs(),
                statements,
                loop -> scope.exprs()
                        .freeIndices(loop.index().extent())
                        .isEmpty()); // as many columns for all softmaxes of a loop
        this.softmaxes = new LaneSoftmaxCode(scope, scalars, blocks, found, inputs, accumulators);
        this.buffers = new LaneBuffers(scope, scalars, blocks);
        this.derivatives = new LaneDerivatives(scope, scalars, blocks, inputs);
    }

    /** Whether each unit does the same steps, with inputs of at most one axis. */
    static boolean fits(LoopNest nest, List<Statement> statements) {
        List<Boolean> misfits = new ArrayList<>();
        Statements.forEach(statements, s -> {
            boolean uneven = s instanceof Statement.Loop l
                    && Statements.contains(l.extent(), n -> n instanceof Expr.Load || n instanceof Expr.Local);
            boolean ints = s instanceof Statement.Accumulate a
                    && a.value().type() == Type.INT
                    && switch (a.op()) {
                        case ARG_MAX, ARG_MIN, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> true;
                        case SUM, PRODUCT, MAX, MIN -> false;
                    };
            boolean table = Statements.expressions(s).stream()
                    .anyMatch(e -> Statements.contains(
                            e, n -> n instanceof Expr.Load l && l.input().rank() > 1));
            boolean tableStore =
                    s instanceof Statement.StoreDerivative d && d.input().rank() > 1;
            boolean running = s instanceof Statement.Running;
            misfits.add(uneven || ints || table || tableStore || running);
        });
        return nest.formula().scope() != Scope.BATCH && !misfits.contains(true);
    }

    /** The method that evaluates some statements for a range of units. */
    static MethodSpec method(LoopNest nest, List<Statement> statements, String name, StageMethods stages) {
        return new LaneKernel(nest, statements, name, stages).method(statements);
    }

    private MethodSpec method(List<Statement> statements) {
        CodeBlock body = block(statements);
        CodeBlock size = size();
        return UnitRange.kernel(name)
                .addCode(scope.head())
                .addCode(size)
                .addCode(blocks.declarations())
                .addStatement("double total = 0")
                .beginControlFlow("for (int at = from; at < to; at += size)")
                .addStatement("int n = $T.min(size, to - at)", Math.class)
                .addCode(inputs.loads())
                .addCode(body)
                .addCode(derivatives.stores())
                .endControlFlow()
                .addStatement("return total")
                .build();
    }

    /** The number of units that run together. */
    private CodeBlock size() {
        CodeBlock largest = scope.formulaScope() == Scope.ELEMENT
                ? CodeBlock.of("$T.ELEMENTS", RuntimeTypes.LANES)
                : CodeBlock.of(
                        "$T.rows($L)",
                        RuntimeTypes.LANES,
                        scope.nest().formula().inputs().stream()
                                .filter(i -> i.role() != Role.PARAMETER && i.rank() == 1)
                                .map(i -> CodeBlock.of("$L", scope.extent(i, 0)))
                                .collect(CodeBlock.joining(" + ")));
        return CodeBlock.builder()
                .addStatement("int size = $T.min($L, $T.max(to - from, 1))", Math.class, largest, Math.class)
                .build();
    }

    /** Statements between which no loop stands run as one program. */
    private CodeBlock block(List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder();
        List<Statement> line = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Loop loop) {
                code.add(program(line));
                line.clear();
                code.beginControlFlow("$L", LoopHead.of(loop, scope.index(loop.index()), scalars))
                        .add(block(loop.body()))
                        .endControlFlow();
            } else {
                line.add(statement);
            }
        }
        return code.add(program(line)).build();
    }

    private CodeBlock program(List<Statement> line) {
        if (line.isEmpty()) {
            return CodeBlock.of("");
        }
        LaneProgram program = new LaneProgram(blocks, stages, name, "n");
        LaneExpressions expressions = new LaneExpressions(scope.exprs(), program, scalars, this);
        line.forEach(s -> statement(s, program, expressions));
        return program.emit();
    }

    private void statement(Statement statement, LaneProgram program, LaneExpressions expressions) {
        switch (statement) {
            case Statement.Define d -> define(d, program, expressions);
            case Statement.Start s -> start(s, program);
            case Statement.Accumulate a ->
                softmaxes
                        .ofExcess(a.accumulator())
                        .ifPresentOrElse(
                                softmax -> softmaxes.accumulate(softmax, program, expressions),
                                () -> accumulators.accumulate(a, program, expressions));
            case Statement.Finish f ->
                laneLocals.put(
                        f.result().name(),
                        softmaxes
                                .ofExcess(f.accumulator())
                                .map(softmax -> softmaxes.finish(softmax, f, program))
                                .orElseGet(() -> accumulators.finish(f, program)));
            case Statement.Running r -> throw new IllegalStateException("no running sums in lanes");
            case Statement.Product p -> throw new IllegalStateException("no products in lanes");
            case Statement.Keep k -> buffers.keep(k, program, expressions);
            case Statement.Recall r -> recall(r, program, expressions);
            case Statement.StoreValue v ->
                program.lastEffect(
                        operands -> CodeBlock.of(
                                "total += $T.takeValues(frame, at, $L, n)", RuntimeTypes.LANES, operands.getFirst()),
                        expressions.of(v.value()));
            case Statement.StoreDerivative s -> derivatives.store(s, program, expressions);
            case Statement.Clear c -> derivatives.clear(c, program);
            case Statement.Loop l -> throw new IllegalStateException("a loop is not a line");
        }
    }

    private void start(Statement.Start s, LaneProgram program) {
        if (softmaxes.ofExcess(s.accumulator()).isEmpty()) {
            accumulators.start(s, program);
        }
    }

    private void define(Statement.Define d, LaneProgram program, LaneExpressions expressions) {
        if (expressions.isUniform(d.value())) {
            uniformLocals.add(d.local().name());
            program.before(
                    "$T $L = $L", Operations.javaType(d.local().type()), scope.local(d.local()), scalars.of(d.value()));
            return;
        }
        LaneValue value = expressions.of(d.value());
        if (value.kind == LaneValue.Kind.BLOCK) {
            laneLocals.put(d.local().name(), value);
        } else if (locals.isShared(d.local())) {
            share(d.local(), value, program);
        }
        expressions.define(d.local(), value);
    }

    private void recall(Statement.Recall r, LaneProgram program, LaneExpressions expressions) {
        LaneValue value = buffers.recall(r, program, expressions);
        if (locals.isShared(r.result())) {
            share(r.result(), value, program);
        }
        expressions.define(r.result(), value);
    }

    /** Keeps a local in a block of its own, for the programs that follow. */
    private void share(Expr.Local local, LaneValue value, LaneProgram program) {
        boolean ints = local.type() == Type.INT;
        CodeBlock block = blocks.named(local.name(), ints);
        program.store(value, block);
        laneLocals.put(local.name(), LaneValue.block(block, ints));
    }

    @Override
    public boolean isUniform(Expr leaf) {
        return switch (leaf) {
            case Expr.Load l -> l.input().role() == Role.PARAMETER;
            case Expr.Local l -> uniformLocals.contains(l.name());
            default -> true;
        };
    }

    @Override
    public LaneValue load(Expr.Load load, LaneExpressions expressions) {
        return inputs.load(load, expressions);
    }

    @Override
    public Optional<LaneValue> softmaxEntry(Expr.Unary exp, LaneExpressions expressions) {
        return softmaxes.entry(exp, expressions.program());
    }

    @Override
    public LaneValue index(Expr.Index index) {
        throw new IllegalStateException("an index is uniform");
    }

    @Override
    public LaneValue local(Expr.Local local) {
        LaneValue value = laneLocals.get(local.name());
        if (value == null) {
            throw new IllegalStateException("an undefined local: " + local.name());
        }
        return value;
    }
}
