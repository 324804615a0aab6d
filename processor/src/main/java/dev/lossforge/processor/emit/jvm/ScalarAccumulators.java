package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.List;

/** Writes reductions whose accumulators are local variables. Sums and products accumulate in double precision. */
final class ScalarAccumulators {
    private final KernelScope scope;
    private final ScalarCode scalars;

    ScalarAccumulators(KernelScope scope, ScalarCode scalars) {
        this.scope = scope;
        this.scalars = scalars;
    }

    CodeBlock start(Statement.Start start, KernelSection section) {
        boolean ints = start.accumulator().type() == Type.INT;
        String accumulator = scope.local(start.accumulator());
        return switch (start.op()) {
            case SUM -> Term.statement(ints ? "int $L = 0" : "double $L = 0", accumulator);
            case PRODUCT -> Term.statement(ints ? "int $L = 1" : "double $L = 1", accumulator);
            case MAX ->
                ints
                        ? Term.statement("int $L = $T.MIN_VALUE", accumulator, Integer.class)
                        : Term.statement("float $L = $T.NEGATIVE_INFINITY", accumulator, Float.class);
            case MIN ->
                ints
                        ? Term.statement("int $L = $T.MAX_VALUE", accumulator, Integer.class)
                        : Term.statement("float $L = $T.POSITIVE_INFINITY", accumulator, Float.class);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(start.op());
            case ARG_MAX, ARG_MIN ->
                Term.statement(
                        "$L.start()",
                        section.object(List.of("object", accumulator), () -> accumulator, RuntimeTypes.ARG_MAX));
        };
    }

    CodeBlock accumulate(Statement.Accumulate a) {
        String accumulator = scope.local(a.accumulator());
        Term value = scalars.of(a.value());
        return switch (a.op()) {
            case SUM -> Term.statement("$L += $L", accumulator, value);
            case PRODUCT -> Term.statement("$L *= $L", accumulator, value);
            case MAX -> Term.statement("$L = $T.max($L, $L)", accumulator, Math.class, accumulator, value);
            case MIN -> Term.statement("$L = $T.min($L, $L)", accumulator, Math.class, accumulator, value);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(a.op());
            case ARG_MAX -> Term.statement("$L.add($L, $L)", accumulator, value, scope.index(a.position()));
            case ARG_MIN -> Term.statement("$L.add(-($L), $L)", accumulator, value, scope.index(a.position()));
        };
    }

    CodeBlock running(Statement.Running r) {
        String cast = r.op() == ReduceOp.SUM ? "(float) " : "";
        return Term.statement("float $L = $L$L", scope.local(r.result()), cast, scope.local(r.accumulator()));
    }

    CodeBlock finish(Statement.Finish f) {
        String accumulator = scope.local(f.accumulator());
        String result = scope.local(f.result());
        boolean ints = f.accumulator().type() == Type.INT;
        return switch (f.op()) {
            case SUM, PRODUCT -> Term.statement(ints ? "int $L = $L" : "float $L = (float) $L", result, accumulator);
            case MAX, MIN ->
                Term.statement("$T $L = $L", Operations.javaType(f.result().type()), result, accumulator);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(f.op());
            case ARG_MAX, ARG_MIN -> Term.statement("int $L = $L.position()", result, accumulator);
        };
    }

    /** Combines what one part of the rounds has reduced with the accumulator of all. */
    CodeBlock join(Statement.Accumulate a, CodeBlock entry) {
        String accumulator = scope.local(a.accumulator());
        boolean ints = a.accumulator().type() == Type.INT;
        CodeBlock value = ints ? CodeBlock.of("(int) $L", entry) : entry;
        CodeBlock extreme = CodeBlock.of(ints ? "(int) $L" : "(float) $L", entry);
        return switch (a.op()) {
            case SUM -> Term.statement("$L += $L", accumulator, value);
            case PRODUCT -> Term.statement("$L *= $L", accumulator, value);
            case MAX -> Term.statement("$L = $T.max($L, $L)", accumulator, Math.class, accumulator, extreme);
            case MIN -> Term.statement("$L = $T.min($L, $L)", accumulator, Math.class, accumulator, extreme);
            case ARG_MAX, ARG_MIN, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> throw Statements.unexpected(a.op());
        };
    }
}
