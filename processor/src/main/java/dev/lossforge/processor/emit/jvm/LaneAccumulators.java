package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reductions of a {@link LaneKernel}: each lane has an entry of its own in the blocks of an accumulator. */
final class LaneAccumulators {
    private final KernelScope scope;
    private final BlockNames blocks;
    private final Map<List<String>, CodeBlock> known = new HashMap<>();

    LaneAccumulators(KernelScope scope, BlockNames blocks) {
        this.scope = scope;
        this.blocks = blocks;
    }

    /** Sets an accumulator to the identity element of its reduction. */
    void start(Statement.Start s, LaneProgram program) {
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
            case NORM -> throw Statements.unexpected(s.op());
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

    /** Takes one more value into an accumulator. */
    void accumulate(Statement.Accumulate a, LaneProgram program, LaneExpressions expressions) {
        LaneValue value = expressions.of(a.value());
        boolean ints = a.accumulator().type() == Type.INT;
        CodeBlock block = accumulator(a.accumulator(), "", ints);
        switch (a.op()) {
            case SUM -> combine(program, expressions, BinaryOp.ADD, block, value);
            case PRODUCT -> combine(program, expressions, BinaryOp.MULTIPLY, block, value);
            case MAX -> combine(program, expressions, BinaryOp.MAX, block, value);
            case MIN -> combine(program, expressions, BinaryOp.MIN, block, value);
            case NORM -> throw Statements.unexpected(a.op());
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

    /** What a reduction yields once all values are in. */
    LaneValue finish(Statement.Finish f, LaneProgram program) {
        boolean ints = f.accumulator().type() == Type.INT;
        CodeBlock block = accumulator(f.accumulator(), "", ints);
        return switch (f.op()) {
            case SUM, PRODUCT, MAX, MIN -> LaneValue.block(block, ints);
            case ARG_MAX, ARG_MIN -> LaneValue.block(accumulator(f.accumulator(), "Index", true), true);
            case NORM -> throw Statements.unexpected(f.op());
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
    }

    /** The block of an accumulator of floats. */
    CodeBlock block(Expr.Local accumulator) {
        return accumulator(accumulator, "", false);
    }

    /** A block of an accumulator. */
    private CodeBlock accumulator(Expr.Local accumulator, String suffix, boolean ints) {
        return known.computeIfAbsent(
                List.of(accumulator.name(), suffix), k -> blocks.named(accumulator.name() + suffix, ints));
    }
}
