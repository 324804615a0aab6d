package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.vector.VectorNode;

/** Takes the values of all lanes into a reduction of scalar code, after their vector loop. */
final class LaneTotals {
    private LaneTotals() {}

    /**
     * Reduces a value over all lanes; returns what takes the result after the loop.
     *
     * @param accumulator the variable of the reduction
     * @param start the position of the first lane
     */
    static CodeBlock of(
            Statement.Accumulate a,
            String accumulator,
            VectorNode value,
            String start,
            VectorLoop loop,
            VectorCalls calls) {
        Accumulation taken = loop.accumulate(VectorLoop.Kind.of(a.op()), value);
        int number = taken.result();
        CodeBlock result = result(calls, number);
        CodeBlock exact = CodeBlock.of("$L$L", taken.ints() ? "(int) " : "", result);
        CodeBlock rounded = CodeBlock.of("$L$L", taken.ints() ? "(int) " : "(float) ", result);
        return switch (a.op()) {
            case SUM -> Term.statement("$L += $L", accumulator, exact);
            case MAX -> Term.statement("$L = Math.max($L, $L)", accumulator, accumulator, rounded);
            case MIN -> Term.statement("$L = Math.min($L, $L)", accumulator, accumulator, rounded);
            case ARG_MAX, ARG_MIN ->
                Term.statement(
                        "$L.add($L(float) $L, $L + $T.max(0, (int) $L))",
                        accumulator,
                        a.op() == ReduceOp.ARG_MIN ? "-" : "",
                        result,
                        start,
                        Math.class,
                        result(calls, number + 1));
            case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(a.op());
        };
    }

    /** A result of the loop, which keeps all of them as doubles. */
    private static CodeBlock result(VectorCalls calls, int number) {
        return CodeBlock.of("$L[$L]", calls.results(), number);
    }
}
