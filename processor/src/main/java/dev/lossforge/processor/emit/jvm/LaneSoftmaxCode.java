package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.loop.Softmaxes;
import dev.lossforge.processor.loop.Softmaxes.Softmax;
import dev.lossforge.processor.loop.Statement;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a {@link LaneKernel} computes softmaxes: the maximum is a reduction like others; the exponentials of all columns
 * are computed after it, once, and kept.
 */
final class LaneSoftmaxCode {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final Softmaxes softmaxes;
    private final LaneInputs inputs;
    private final LaneAccumulators accumulators;
    private final Map<Softmax, Columns> known = new IdentityHashMap<>();

    /** The blocks of one softmax: its exponentials, a column per entry, and what they are multiplied by. */
    private record Columns(CodeBlock exponentials, CodeBlock factor) {}

    LaneSoftmaxCode(
            KernelScope scope,
            ScalarCode scalars,
            BlockNames blocks,
            Softmaxes softmaxes,
            LaneInputs inputs,
            LaneAccumulators accumulators) {
        this.scope = scope;
        this.scalars = scalars;
        this.blocks = blocks;
        this.softmaxes = softmaxes;
        this.inputs = inputs;
        this.accumulators = accumulators;
    }

    /** The softmax whose excess an accumulator takes. */
    Optional<Softmax> ofExcess(Expr.Local accumulator) {
        return softmaxes.ofAccumulator(accumulator).filter(s -> s.excess().accumulator() == accumulator);
    }

    /** Keeps the values of one column, unless they are a column of an input as they are. */
    void accumulate(Softmax softmax, LaneProgram program, LaneExpressions expressions) {
        if (!isInput(softmax)) {
            program.store(expressions.of(softmax.excess().value()), exponentialsAt(softmax));
        }
    }

    /** Computes the exponentials; yields the excess. */
    LaneValue finish(Softmax softmax, Statement.Finish f, LaneProgram program) {
        CodeBlock excess = blocks.named(f.result().name(), false);
        Columns columns = columns(softmax);
        program.before(
                "$T.compute($L, $L, $L, $L, $L, n)",
                RuntimeTypes.LANE_SOFTMAX,
                source(softmax),
                accumulators.block(softmax.maximum().accumulator()),
                columns.exponentials(),
                columns.factor(),
                excess);
        return LaneValue.block(excess, false);
    }

    /** An entry of a softmax in each lane. */
    Optional<LaneValue> entry(Expr node, LaneProgram program) {
        return softmaxes
                .ofEntry(node)
                .map(softmax -> program.arithmetic(
                        false,
                        t -> Operations.binary(BinaryOp.MULTIPLY, t.get(0), t.get(1)),
                        program.block(exponentialsAt(softmax), false),
                        program.block(columns(softmax).factor(), false)));
    }

    private CodeBlock exponentialsAt(Softmax softmax) {
        return CodeBlock.of("$L[$L]", columns(softmax).exponentials(), scope.index(softmax.index()));
    }

    private Columns columns(Softmax softmax) {
        return known.computeIfAbsent(
                softmax,
                s -> new Columns(
                        blocks.columns(
                                "exponentials", scalars.of(s.index().extent()).in(Strength.PRODUCT), false),
                        blocks.named("factor", false)));
    }

    private CodeBlock source(Softmax softmax) {
        return isInput(softmax)
                ? inputs.columns(((Expr.Load) softmax.value()).input())
                : columns(softmax).exponentials();
    }

    private boolean isInput(Softmax softmax) {
        return softmax.value() instanceof Expr.Load load
                && load.indices().size() == 1
                && load.indices().getFirst() == softmax.index()
                && inputs.hasColumns(load)
                && scope.isInside(softmax.index(), load.input(), 0);
    }
}
