package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The buffers of a {@link LaneKernel}: one block per entry, in row-major order, in which each lane has its own. */
final class LaneBuffers {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final Map<String, CodeBlock> known = new HashMap<>();

    LaneBuffers(KernelScope scope, ScalarCode scalars, BlockNames blocks) {
        this.scope = scope;
        this.scalars = scalars;
        this.blocks = blocks;
    }

    /** Writes an entry. */
    void keep(Statement.Keep k, LaneProgram program, LaneExpressions expressions) {
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

    /** Reads an entry; what it yields holds until the entry is written again. */
    LaneValue recall(Statement.Recall r, LaneProgram program, LaneExpressions expressions) {
        Expr position = position(r.buffer(), r.indices());
        CodeBlock columns = columns(r.buffer());
        boolean ints = r.buffer().type() == Type.INT;
        return expressions.isUniform(position)
                ? LaneValue.block(
                        CodeBlock.of("$L[$L]", columns, scalars.of(position).code()), ints)
                : program.gather(columns, ints, expressions.of(position));
    }

    /** The columns of a buffer. */
    private CodeBlock columns(Buffer buffer) {
        return known.computeIfAbsent(buffer.name(), name -> {
            CodeBlock count = buffer.extents().stream()
                    .map(e -> scalars.of(e).in(Strength.PRODUCT))
                    .collect(CodeBlock.joining(" * "));
            return blocks.columns(name, count, buffer.type() == Type.INT);
        });
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
}
