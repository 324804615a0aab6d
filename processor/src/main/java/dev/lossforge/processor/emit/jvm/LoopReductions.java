package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;

/** The reductions of a {@link LaneLoop}: the accumulators are variables and objects, which take a block at a time. */
final class LoopReductions {
    private final KernelScope scope;
    private final BlockNames blocks;

    LoopReductions(KernelScope scope, BlockNames blocks) {
        this.scope = scope;
        this.blocks = blocks;
    }

    /** Takes the block of a value into an accumulator. */
    void accumulate(Statement.Accumulate a, Expr.Index lane, LaneProgram program, LaneValue value) {
        String accumulator = scope.local(a.accumulator());
        program.effect(
                operands -> {
                    CodeBlock block = operands.getFirst();
                    return switch (a.op()) {
                        case SUM -> CodeBlock.of("$L += $T.sum($L, n)", accumulator, RuntimeTypes.BLOCKS, block);
                        case PRODUCT ->
                            CodeBlock.of("$L *= $T.product($L, n)", accumulator, RuntimeTypes.BLOCKS, block);
                        case MAX ->
                            CodeBlock.of(
                                    "$L = $T.max($L, $T.max($L, n))",
                                    accumulator,
                                    Math.class,
                                    accumulator,
                                    RuntimeTypes.BLOCKS,
                                    block);
                        case MIN ->
                            CodeBlock.of(
                                    "$L = $T.min($L, $T.min($L, n))",
                                    accumulator,
                                    Math.class,
                                    accumulator,
                                    RuntimeTypes.BLOCKS,
                                    block);
                        case NORM -> throw Statements.unexpected(a.op());
                        case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS ->
                            CodeBlock.of("$L.add($L, $L, n)", accumulator, block, blocks.shared("scratch"));
                        case ARG_MAX -> CodeBlock.of("$L.add($L, $L, n)", accumulator, block, scope.index(lane));
                        case ARG_MIN -> CodeBlock.of("$L.addNegated($L, $L, n)", accumulator, block, scope.index(lane));
                    };
                },
                value);
    }
}
