package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link LaneKernel} reads of some units before it evaluates them: their inputs and their scales. */
final class LaneInputs {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final BlockNames blocks;
    private final CodeBlock.Builder loads = CodeBlock.builder();
    private final Map<Input, CodeBlock> known = new HashMap<>();
    private @Nullable CodeBlock scales;

    LaneInputs(KernelScope scope, ScalarCode scalars, BlockNames blocks) {
        this.scope = scope;
        this.scalars = scalars;
        this.blocks = blocks;
    }

    /** The statements that fill the blocks of all inputs that were asked for. */
    CodeBlock loads() {
        return loads.build();
    }

    /** The entries, one per lane, that a load reads. */
    LaneValue load(Expr.Load load, LaneExpressions expressions) {
        Input input = load.input();
        boolean ints = input.type() == Type.INT;
        if (load.indices().isEmpty()) {
            return LaneValue.block(loaded(input, ints), ints);
        }
        Expr index = load.indices().getFirst();
        if (input.role() == Role.PARAMETER) {
            CodeBlock table = CodeBlock.of("$L, 0, $L", scope.array(input), scope.extent(input, 0));
            return expressions.program().gather(table, ints, expressions.of(index));
        }
        CodeBlock columns = loadedColumns(input, ints);
        if (!expressions.isUniform(index)) {
            return expressions.program().gather(columns, ints, expressions.of(index));
        }
        Term position = scalars.of(index);
        return LaneValue.block(
                scope.isInside(index, input, 0)
                        ? CodeBlock.of("$L[$L]", columns, position.code())
                        : CodeBlock.of("$T.column($L, $L)", RuntimeTypes.LANES, columns, position.code()),
                ints);
    }

    /** The factor of each unit's derivatives. */
    LaneValue scales() {
        if (scales == null) {
            scales = blocks.named("scales", false);
            loads.addStatement("$T.scales(frame, at, $L, n)", RuntimeTypes.LANES, scales);
        }
        return LaneValue.block(scales, false);
    }

    /** The values of an input that has one per unit. */
    private CodeBlock loaded(Input input, boolean ints) {
        return known.computeIfAbsent(input, k -> {
            CodeBlock block = blocks.named(input.name() + "Block", ints);
            loads.addStatement("$T.arraycopy($L, at, $L, 0, n)", System.class, scope.array(input), block);
            return block;
        });
    }

    /** Whether a load reads an input that has a row per unit. */
    boolean hasColumns(Expr.Load load) {
        return load.input().role() != Role.PARAMETER && load.input().rank() == 1 && load.type() == Type.FLOAT;
    }

    /** The columns of an input of floats that has a row per unit. */
    CodeBlock columns(Input input) {
        return loadedColumns(input, false);
    }

    private CodeBlock loadedColumns(Input input, boolean ints) {
        return known.computeIfAbsent(input, k -> {
            String extent = scope.extent(input, 0);
            CodeBlock columns = blocks.columns(input.name() + "Columns", CodeBlock.of("$L", extent), ints);
            loads.addStatement("$T.load($L, at * $L, $L, n)", RuntimeTypes.LANES, scope.array(input), extent, columns);
            return columns;
        });
    }
}
