package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The blocks of one kernel method: named ones, constant ones, and temporary ones that programs take turns in using. */
final class BlockNames {
    private final KernelScope scope;
    private final CodeBlock size;
    private final CodeBlock.Builder declarations = CodeBlock.builder();
    private final Map<String, CodeBlock> constants = new LinkedHashMap<>();
    private final Deque<CodeBlock> freeFloats = new ArrayDeque<>();
    private final Deque<CodeBlock> freeInts = new ArrayDeque<>();

    /** @param size the expression for the number of entries that each block has room for */
    BlockNames(KernelScope scope, CodeBlock size) {
        this.scope = scope;
        this.size = size;
    }

    CodeBlock declarations() {
        return declarations.build();
    }

    void declare(String format, Object... arguments) {
        declarations.addStatement(format, arguments);
    }

    CodeBlock size() {
        return size;
    }

    /** A new block. */
    CodeBlock named(String suggestion, boolean ints) {
        String name = scope.fresh(suggestion);
        declare(ints ? "int[] $L = $T.ints($L)" : "float[] $L = $T.floats($L)", name, RuntimeTypes.BLOCKS, size);
        return CodeBlock.of("$L", name);
    }

    /** New columns: so many blocks. */
    CodeBlock columns(String suggestion, CodeBlock count, boolean ints) {
        String name = scope.fresh(suggestion);
        declare(
                ints ? "int[][] $L = $T.intColumns($L, $L)" : "float[][] $L = $T.columns($L, $L)",
                name,
                RuntimeTypes.BLOCKS,
                count,
                size);
        return CodeBlock.of("$L", name);
    }

    /** The block of floats that all ask for by one name, none of whom keeps anything in it. */
    CodeBlock shared(String name) {
        return constants.computeIfAbsent(name, key -> named(name, false));
    }

    /** A block whose entries all are a value that never changes in the kernel. */
    CodeBlock constant(Term value, boolean ints) {
        return constants.computeIfAbsent(value + (ints ? "i" : "f"), key -> {
            String name = scope.fresh(ints ? "intConstant" : "constant");
            declare(
                    ints ? "int[] $L = $T.filled($L, $L)" : "float[] $L = $T.filled($L, $L)",
                    name,
                    RuntimeTypes.BLOCKS,
                    value.code(),
                    size);
            return CodeBlock.of("$L", name);
        });
    }

    /** A block to use until it is {@linkplain #release given back}. */
    CodeBlock temporary(boolean ints) {
        Deque<CodeBlock> free = ints ? freeInts : freeFloats;
        return free.isEmpty() ? named(ints ? "intBlock" : "block", ints) : free.pop();
    }

    void release(CodeBlock block, boolean ints) {
        (ints ? freeInts : freeFloats).push(block);
    }
}
