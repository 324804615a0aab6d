package dev.lossforge.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

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
    private final CodeBlock.Builder loads = CodeBlock.builder();
    private final CodeBlock.Builder stores = CodeBlock.builder();
    private final Map<Object, CodeBlock> known = new HashMap<>();
    private final Set<String> uniformLocals = new HashSet<>();
    private final Map<String, LaneValue> laneLocals = new HashMap<>();

    private LaneKernel(LoopNest nest, List<Statement> statements, String name, StageMethods stages) {
        this.scope = new KernelScope(nest, "frame", "from", "to", "at", "n", "total", "size", "entries");
        this.scalars = new ScalarCode(scope);
        this.blocks = new BlockNames(scope, CodeBlock.of("size"));
        this.stages = stages;
        this.name = name;
        this.locals = new LaneLocals(statements);
    }

    /** Whether each unit does the same steps, with inputs of at most one axis. */
    static boolean fits(LoopNest nest, List<Statement> statements) {
        List<Boolean> misfits = new ArrayList<>();
        KernelParts.forEach(statements, s -> {
            boolean uneven = s instanceof Statement.Loop l
                    && KernelParts.contains(l.index().extent(), n -> n instanceof Expr.Load || n instanceof Expr.Local);
            boolean ints = s instanceof Statement.Accumulate a
                    && a.value().type() == Type.INT
                    && switch (a.op()) {
                        case ARG_MAX, ARG_MIN, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> true;
                        case SUM, PRODUCT, MAX, MIN -> false;
                    };
            boolean table = KernelParts.expressions(s).stream()
                    .anyMatch(e -> KernelParts.contains(
                            e, n -> n instanceof Expr.Load l && l.input().rank() > 1));
            boolean tableStore =
                    s instanceof Statement.StoreDerivative d && d.input().rank() > 1;
            misfits.add(uneven || ints || table || tableStore);
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
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class)
                .addParameter(RuntimeTypes.FRAME, "frame")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addCode(scope.head())
                .addCode(size)
                .addCode(blocks.declarations())
                .addStatement("double total = 0")
                .beginControlFlow("for (int at = from; at < to; at += size)")
                .addStatement("int n = $T.min(size, to - at)", Math.class)
                .addCode(loads.build())
                .addCode(body)
                .addCode(stores.build())
                .endControlFlow()
                .addStatement("return total")
                .build();
    }

    /** The number of units that run together. */
    private CodeBlock size() {
        CodeBlock largest = scope.formulaScope() == Scope.ELEMENT
                ? CodeBlock.of("$T.SIZE", RuntimeTypes.BLOCKS)
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
                String index = scope.index(loop.index());
                code.beginControlFlow(
                                "for (int $L = 0; $L < $L; $L++)",
                                index,
                                index,
                                scalars.of(loop.index().extent()).code(),
                                index)
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
            case Statement.Accumulate a -> accumulate(a, program, expressions);
            case Statement.Finish f -> finish(f, program);
            case Statement.Keep k -> keep(k, program, expressions);
            case Statement.Recall r -> recall(r, program, expressions);
            case Statement.StoreValue v ->
                program.lastEffect(
                        operands -> CodeBlock.of(
                                "total += $T.takeValues(frame, at, $L, n)", RuntimeTypes.LANES, operands.getFirst()),
                        expressions.of(v.value()));
            case Statement.StoreDerivative s -> new LaneDerivative(s).store(program, expressions);
            case Statement.Clear c -> clear(c, program);
            case Statement.Loop l -> throw new IllegalStateException("a loop is not a line");
        }
    }

    /** A value in a block of its own, which may be overwritten. */
    private static LaneValue copied(LaneProgram program, LaneValue value) {
        return program.arithmetic(value.ints, List::getFirst, value);
    }

    private void define(Statement.Define d, LaneProgram program, LaneExpressions expressions) {
        if (expressions.isUniform(d.value())) {
            uniformLocals.add(d.local().name());
            program.before(
                    "$T $L = $L", Operations.javaType(d.local().type()), scope.local(d.local()), scalars.of(d.value()));
            return;
        }
        LaneValue value = expressions.of(d.value());
        boolean ints = d.local().type() == Type.INT;
        if (value.kind == LaneValue.Kind.BLOCK) {
            laneLocals.put(d.local().name(), value);
        } else if (locals.isShared(d.local())) {
            CodeBlock block = blocks.named(d.local().name(), ints);
            program.store(value, block);
            laneLocals.put(d.local().name(), LaneValue.block(block, ints));
        }
        expressions.define(d.local(), value);
    }

    private void start(Statement.Start s, LaneProgram program) {
        boolean ints = s.accumulator().type() == Type.INT;
        CodeBlock block = accumulator(s.accumulator(), "", ints);
        switch (s.op()) {
            case SUM -> program.before("$T.fill($L, 0, n, 0)", Arrays.class, block);
            case PRODUCT -> program.before("$T.fill($L, 0, n, 1)", Arrays.class, block);
            case MAX ->
                program.before(
                        "$T.fill($L, 0, n, $T.$L)",
                        Arrays.class,
                        block,
                        ints ? Integer.class : Float.class,
                        ints ? "MIN_VALUE" : "NEGATIVE_INFINITY");
            case MIN ->
                program.before(
                        "$T.fill($L, 0, n, $T.$L)",
                        Arrays.class,
                        block,
                        ints ? Integer.class : Float.class,
                        ints ? "MAX_VALUE" : "POSITIVE_INFINITY");
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS ->
                program.before(
                        "$T.startLogSumExp($L, $L, n)",
                        RuntimeTypes.LANES,
                        block,
                        accumulator(s.accumulator(), "Sum", false));
            case ARG_MAX, ARG_MIN ->
                program.before("$T.fill($L, 0, n, -1)", Arrays.class, accumulator(s.accumulator(), "Index", true));
        }
    }

    /** A block of an accumulator. */
    private CodeBlock accumulator(Expr.Local accumulator, String suffix, boolean ints) {
        return known.computeIfAbsent(
                List.of(accumulator.name(), suffix), k -> blocks.named(accumulator.name() + suffix, ints));
    }

    private void accumulate(Statement.Accumulate a, LaneProgram program, LaneExpressions expressions) {
        LaneValue value = expressions.of(a.value());
        boolean ints = a.accumulator().type() == Type.INT;
        CodeBlock block = accumulator(a.accumulator(), "", ints);
        switch (a.op()) {
            case SUM -> combine(program, expressions, BinaryOp.ADD, block, value);
            case PRODUCT -> combine(program, expressions, BinaryOp.MULTIPLY, block, value);
            case MAX -> combine(program, expressions, BinaryOp.MAX, block, value);
            case MIN -> combine(program, expressions, BinaryOp.MIN, block, value);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> {
                CodeBlock sum = accumulator(a.accumulator(), "Sum", false);
                CodeBlock scratch = blocks.shared("scratch");
                program.effect(
                        operands -> CodeBlock.of(
                                "$T.accumulateLogSumExp($L, $L, $L, $L, n)",
                                RuntimeTypes.LANES,
                                operands.getFirst(),
                                block,
                                sum,
                                scratch),
                        value);
            }
            case ARG_MAX -> argMax(a, "accumulateArgMax", program, value);
            case ARG_MIN -> argMax(a, "accumulateArgMin", program, value);
        }
    }

    private static void combine(
            LaneProgram program, LaneExpressions expressions, BinaryOp op, CodeBlock block, LaneValue value) {
        program.store(expressions.arithmetic(value.ints, op, program.block(block, value.ints), value), block);
    }

    private void argMax(Statement.Accumulate a, String function, LaneProgram program, LaneValue value) {
        CodeBlock best = accumulator(a.accumulator(), "", false);
        CodeBlock index = accumulator(a.accumulator(), "Index", true);
        program.effect(
                operands -> CodeBlock.of(
                        "$T.$L($L, $L, $L, $L, n)",
                        RuntimeTypes.LANES,
                        function,
                        operands.getFirst(),
                        scope.index(a.position()),
                        best,
                        index),
                value);
    }

    private void finish(Statement.Finish f, LaneProgram program) {
        boolean ints = f.accumulator().type() == Type.INT;
        CodeBlock block = accumulator(f.accumulator(), "", ints);
        LaneValue result = switch (f.op()) {
            case SUM, PRODUCT, MAX, MIN -> LaneValue.block(block, ints);
            case ARG_MAX, ARG_MIN -> LaneValue.block(accumulator(f.accumulator(), "Index", true), true);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> {
                CodeBlock out = blocks.named(f.result().name(), false);
                program.before(
                        "$T.$L($L, $L, $L, n)",
                        RuntimeTypes.LANES,
                        f.op() == ReduceOp.LOG_SUM_EXP ? "finishLogSumExp" : "finishLogSumExpExcess",
                        block,
                        accumulator(f.accumulator(), "Sum", false),
                        out);
                yield LaneValue.block(out, false);
            }
        };
        laneLocals.put(f.result().name(), result);
    }

    /** The columns of a buffer. */
    private CodeBlock columns(Buffer buffer) {
        boolean ints = buffer.type() == Type.INT;
        return known.computeIfAbsent(List.of("buffer", buffer.name()), k -> {
            String columns = scope.fresh(buffer.name());
            CodeBlock count = buffer.extents().stream()
                    .map(e -> scalars.of(e).in(Strength.PRODUCT))
                    .collect(CodeBlock.joining(" * "));
            declareColumns(columns, count, ints);
            return CodeBlock.of("$L", columns);
        });
    }

    private void declareColumns(String columns, CodeBlock count, boolean ints) {
        blocks.declare(
                ints ? "int[][] $L = $T.intColumns($L, size)" : "float[][] $L = $T.columns($L, size)",
                columns,
                RuntimeTypes.BLOCKS,
                count);
    }

    /** The row-major position in a buffer, as an expression of the formula's language. */
    private Expr position(Buffer buffer, List<Expr> indices) {
        Exprs exprs = scope.exprs();
        Expr position = indices.getFirst();
        for (int axis = 1; axis < indices.size(); axis++) {
            position = exprs.binary(
                    BinaryOp.ADD,
                    exprs.binary(BinaryOp.MULTIPLY, position, buffer.extents().get(axis)),
                    indices.get(axis));
        }
        return position;
    }

    private void keep(Statement.Keep k, LaneProgram program, LaneExpressions expressions) {
        Expr position = position(k.buffer(), k.indices());
        CodeBlock columns = columns(k.buffer());
        LaneValue value = expressions.of(k.value());
        if (expressions.isUniform(position)) {
            program.store(
                    value, CodeBlock.of("$L[$L]", columns, scalars.of(position).code()));
        } else {
            program.effect(
                    operands -> CodeBlock.of(
                            "$T.scatter($L, $L, $L, n)", RuntimeTypes.LANES, operands.get(0), operands.get(1), columns),
                    value,
                    expressions.of(position));
        }
    }

    private void recall(Statement.Recall r, LaneProgram program, LaneExpressions expressions) {
        Expr position = position(r.buffer(), r.indices());
        CodeBlock columns = columns(r.buffer());
        boolean ints = r.buffer().type() == Type.INT;
        LaneValue value = expressions.isUniform(position)
                ? LaneValue.block(
                        CodeBlock.of("$L[$L]", columns, scalars.of(position).code()), ints)
                : gatherColumn(program, columns, ints, expressions.of(position));
        if (locals.isShared(r.result())) {
            CodeBlock block = blocks.named(r.result().name(), ints);
            program.store(value, block);
            laneLocals.put(r.result().name(), LaneValue.block(block, ints));
        }
        expressions.define(r.result(), value);
    }

    private static LaneValue gatherColumn(LaneProgram program, CodeBlock columns, boolean ints, LaneValue index) {
        return program.call(
                "gather",
                ints,
                (operands, out) ->
                        CodeBlock.of("$T.gather($L, $L, $L, n)", RuntimeTypes.LANES, columns, operands.getFirst(), out),
                index);
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
        Input input = load.input();
        boolean ints = input.type() == Type.INT;
        if (load.indices().isEmpty()) {
            return LaneValue.block(loaded(input, ints), ints);
        }
        Expr index = load.indices().getFirst();
        if (input.role() == Role.PARAMETER) {
            CodeBlock table = CodeBlock.of("$L, 0, $L", scope.array(input), scope.extent(input, 0));
            return gatherColumn(expressions.program(), table, ints, expressions.of(index));
        }
        CodeBlock columns = loadedColumns(input, ints);
        if (!expressions.isUniform(index)) {
            return gatherColumn(expressions.program(), columns, ints, expressions.of(index));
        }
        Term position = scalars.of(index);
        return LaneValue.block(
                scope.isInside(index, input, 0)
                        ? CodeBlock.of("$L[$L]", columns, position.code())
                        : CodeBlock.of("$T.column($L, $L)", RuntimeTypes.LANES, columns, position.code()),
                ints);
    }

    /** The values of an input that has one per unit. */
    private CodeBlock loaded(Input input, boolean ints) {
        return known.computeIfAbsent(List.of("loaded", input), k -> {
            CodeBlock block = blocks.named(input.name() + "Block", ints);
            loads.addStatement("$T.arraycopy($L, at, $L, 0, n)", System.class, scope.array(input), block);
            return block;
        });
    }

    /** The columns of an input that has a row per unit. */
    private CodeBlock loadedColumns(Input input, boolean ints) {
        return known.computeIfAbsent(List.of("loaded", input), k -> {
            String columns = scope.fresh(input.name() + "Columns");
            String extent = scope.extent(input, 0);
            declareColumns(columns, CodeBlock.of("$L", extent), ints);
            loads.addStatement("$T.load($L, at * $L, $L, n)", RuntimeTypes.LANES, scope.array(input), extent, columns);
            return CodeBlock.of("$L", columns);
        });
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

    private void clear(Statement.Clear c, LaneProgram program) {
        if (c.input().role() == Role.PARAMETER) {
            return;
        }
        CodeBlock target = target(c.order(), c.input());
        if (c.input().rank() == 0) {
            program.before("$T.fill($L, 0, n, 0f)", Arrays.class, target);
        } else {
            program.before("$T.clear($L)", RuntimeTypes.LANES, target);
        }
    }

    /** The block or the columns in which the derivative of some units is gathered before it is stored. */
    private CodeBlock target(int order, Input input) {
        return known.computeIfAbsent(List.of("target", order, input), k -> {
            String array = scope.derivative(order, input);
            boolean rows = input.rank() == 1;
            String suggestion = array + (rows ? "Columns" : "Block");
            CodeBlock target = rows ? CodeBlock.of("$L", scope.fresh(suggestion)) : blocks.named(suggestion, false);
            if (rows) {
                declareColumns(target.toString(), CodeBlock.of("$L", scope.extent(input, 0)), false);
            }
            CodeBlock store = rows
                    ? CodeBlock.of(
                            "$T.store($L, $L, at * $L, n)", RuntimeTypes.LANES, target, array, scope.extent(input, 0))
                    : CodeBlock.of("$T.arraycopy($L, 0, $L, at, n)", System.class, target, array);
            stores.addStatement("$T.clearUnweighted(frame, at, $L, n)", RuntimeTypes.LANES, target);
            stores.addStatement("$L$L", order == 1 ? "" : CodeBlock.of("if ($L != null) ", array), store);
            return target;
        });
    }

    /** The factor of each unit's derivatives. */
    private LaneValue scales() {
        CodeBlock scales = known.computeIfAbsent("scales", k -> {
            CodeBlock block = blocks.named("scales", false);
            loads.addStatement("$T.scales(frame, at, $L, n)", RuntimeTypes.LANES, block);
            return block;
        });
        return LaneValue.block(scales, false);
    }

    /** Stores one derivative. */
    private final class LaneDerivative {
        private final Statement.StoreDerivative s;

        LaneDerivative(Statement.StoreDerivative s) {
            this.s = s;
        }

        void store(LaneProgram program, LaneExpressions expressions) {
            LaneValue scaled = expressions.arithmetic(false, BinaryOp.MULTIPLY, expressions.of(s.value()), scales());
            if (s.input().role() == Role.PARAMETER) {
                storeParameter(program, expressions, scaled);
                return;
            }
            CodeBlock target = target(s.order(), s.input());
            if (s.indices().isEmpty()) {
                put(program, expressions, scaled, target);
                return;
            }
            Expr index = s.indices().getFirst();
            if (expressions.isUniform(index)) {
                put(program, expressions, scaled, column(target, index));
                return;
            }
            String function = s.mode() == Statement.Mode.ADD ? "scatterAdd" : "scatter";
            program.effect(
                    operands -> CodeBlock.of(
                            "$T.$L($L, $L, $L, n)",
                            RuntimeTypes.LANES,
                            function,
                            operands.get(0),
                            operands.get(1),
                            target),
                    scaled,
                    expressions.of(index));
        }

        private CodeBlock column(CodeBlock target, Expr index) {
            return scope.isInside(index, s.input(), 0)
                    ? CodeBlock.of("$L[$L]", target, scalars.of(index).code())
                    : CodeBlock.of(
                            "$T.column($L, $L, $L)",
                            RuntimeTypes.LANES,
                            target,
                            scalars.of(index).code(),
                            blocks.shared("spare"));
        }

        private void put(LaneProgram program, LaneExpressions expressions, LaneValue scaled, CodeBlock block) {
            LaneValue value = s.mode() == Statement.Mode.SET
                    ? scaled
                    : expressions.arithmetic(false, BinaryOp.ADD, program.block(block, false), scaled);
            program.store(value, block);
        }

        /** A hyperparameter is shared by all units: its derivative is summed over them. */
        private void storeParameter(LaneProgram program, LaneExpressions expressions, LaneValue scaled) {
            String sums = scope.derivative(s.order(), s.input());
            LaneValue own = copied(program, scaled);
            program.effect(
                    operands -> CodeBlock.of(
                            "$T.clearUnweighted(frame, at, $L, n)", RuntimeTypes.LANES, operands.getFirst()),
                    own);
            if (s.indices().isEmpty() || expressions.isUniform(s.indices().getFirst())) {
                Term index = s.indices().isEmpty()
                        ? Operations.constant(0)
                        : scalars.of(s.indices().getFirst());
                program.effect(
                        operands -> CodeBlock.of(
                                "$L[$L] += $T.sum($L, n)",
                                sums,
                                index.code(),
                                RuntimeTypes.BLOCKS,
                                operands.getFirst()),
                        own);
            } else {
                program.effect(
                        operands -> CodeBlock.of(
                                "$T.scatterAdd($L, $L, $L, n)",
                                RuntimeTypes.LANES,
                                operands.get(0),
                                operands.get(1),
                                sums),
                        own,
                        expressions.of(s.indices().getFirst()));
            }
        }
    }
}
