package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.loop.Softmaxes;
import dev.lossforge.processor.loop.Softmaxes.Softmax;
import dev.lossforge.processor.loop.Statement;
import java.util.List;
import java.util.Optional;

/** How a {@link UnitKernel} computes softmaxes: one object for each, which keeps a row's exponentials in blocks. */
final class RowSoftmaxCode {
    private final KernelScope scope;
    private final Softmaxes softmaxes;

    RowSoftmaxCode(KernelScope scope, Softmaxes softmaxes) {
        this.scope = scope;
        this.softmaxes = softmaxes;
    }

    /** The start of an accumulator that is a part of a softmax. */
    Optional<CodeBlock> start(Statement.Start s) {
        return softmaxes
                .ofAccumulator(s.accumulator())
                .map(x -> once(s.op(), CodeBlock.of("$L.start();\n", object(x))));
    }

    /** The result of an accumulator that is a part of a softmax. */
    Optional<CodeBlock> finish(Statement.Finish f) {
        return softmaxes
                .ofAccumulator(f.accumulator())
                .map(x -> CodeBlock.of(
                        "float $L = $L.$L();\n",
                        scope.local(f.result()),
                        object(x),
                        f.op() == ReduceOp.MAX ? "max" : "excess"));
    }

    /** What stands for both accumulators stands at the excess. */
    private static CodeBlock once(ReduceOp op, CodeBlock code) {
        return op == ReduceOp.MAX ? CodeBlock.of("") : code;
    }

    /** Takes a block of values, where an accumulator is a part of a softmax; false if it is not. */
    boolean accumulate(Statement.Accumulate a, LaneProgram program, LaneExpressions expressions, ScalarCode scalars) {
        Optional<Softmax> softmax = softmaxes.ofAccumulator(a.accumulator());
        if (softmax.isEmpty() || a.op() == ReduceOp.MAX) {
            return softmax.isPresent();
        }
        String object = object(softmax.get());
        Expr.Index lane = softmax.get().index();
        if (softmax.get().value() instanceof Expr.Load l
                && LaneLoop.endsIn(l.indices(), lane)
                && scalars.isInside(l.input(), l.indices())) {
            CodeBlock offset = scalars.offset(l.input(), l.indices()).code();
            program.effect(none -> CodeBlock.of("$L.add($L, $L, n)", object, scope.array(l.input()), offset));
        } else {
            program.effect(
                    operands -> CodeBlock.of("$L.add($L, 0, n)", object, operands.getFirst()),
                    expressions.of(a.value()));
        }
        return true;
    }

    /** An entry of a softmax in each lane. */
    Optional<LaneValue> entry(Expr node, LaneExpressions expressions) {
        return softmaxes.ofEntry(node).map(softmax -> {
            LaneProgram program = expressions.program();
            String at = scope.index(softmax.index());
            LaneValue exponentials = program.block(CodeBlock.of("$L.exponentials($L)", object(softmax), at), false);
            LaneValue factor = program.uniform(Term.atom("$L.factor($L)", object(softmax), at), false);
            return program.arithmetic(
                    false, t -> Operations.binary(BinaryOp.MULTIPLY, t.get(0), t.get(1)), exponentials, factor);
        });
    }

    /**
     * Writes a derivative where it is a multiple of a softmax; false if it is not.
     *
     * @param scale of the derivative
     * @param offset where its first lane stands
     */
    boolean store(
            Expr value, Term scale, String derivative, Term offset, LaneExpressions expressions, ScalarCode scalars) {
        Optional<SoftmaxMultiple> multiple =
                new SoftmaxMultiple.Search(expressions, scalars, softmaxes::ofEntry).of(value, scale);
        multiple.ifPresent(m -> {
            expressions
                    .program()
                    .effect(none -> CodeBlock.of(
                            "$L.store($L, $L, $L, $L, n)",
                            object(m.softmax()),
                            scope.index(m.softmax().index()),
                            m.factor().code(),
                            derivative,
                            offset.code()));
            m.corrections()
                    .forEach(c -> expressions
                            .program()
                            .effect(none -> CodeBlock.of(
                                    "$T.addAt($L, $L, $L, $L, n)",
                                    RuntimeTypes.LANES,
                                    c.oneHot().lane(scalars).code(),
                                    c.value().code(),
                                    derivative,
                                    offset.code())));
        });
        return multiple.isPresent();
    }

    /** The object of a softmax, made once for all units. */
    private String object(Softmax softmax) {
        String variable = scope.local(softmax.excess().accumulator());
        scope.declareOnce(
                List.of("object", variable),
                CodeBlock.of("$T $L = new $T();\n", RuntimeTypes.ROW_SOFTMAX, variable, RuntimeTypes.ROW_SOFTMAX));
        return variable;
    }
}
