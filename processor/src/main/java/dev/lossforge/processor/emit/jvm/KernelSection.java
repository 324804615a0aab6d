package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one thread runs of a {@link RowKernel}: the kernel itself, or a part of the rounds of a loop. */
final class KernelSection {
    private final CodeBlock.Builder head = CodeBlock.builder();
    private final Map<Object, String> declared = new HashMap<>();
    private final Set<String> buffers;
    private final Optional<VectorCalls> vectors;
    private final Optional<String> failed;

    /**
     * @param buffers the buffers that belong to this section alone
     * @param vectors the vector loops that the section calls; empty for scalar code
     * @param failed a flag to set where scalar code must compute everything instead; empty in the kernel itself
     */
    KernelSection(Set<String> buffers, Optional<VectorCalls> vectors, Optional<String> failed) {
        this.buffers = buffers;
        this.vectors = vectors;
        this.failed = failed;
    }

    Optional<VectorCalls> vectors() {
        return vectors;
    }

    Optional<String> failed() {
        return failed;
    }

    boolean owns(String buffer) {
        return buffers.contains(buffer);
    }

    /**
     * The variable of a key, declared in front of the section's code on first use.
     *
     * @param declaration the statement that declares a variable of a given name
     */
    String declared(Object key, Supplier<String> name, Function<String, CodeBlock> declaration) {
        return declared.computeIfAbsent(key, k -> {
            String variable = name.get();
            head.add(declaration.apply(variable));
            return variable;
        });
    }

    /** A variable that holds a new object, made once for all units. */
    String object(Object key, Supplier<String> name, ClassName type) {
        return declared(key, name, variable -> Term.statement("$T $L = new $T()", type, variable, type));
    }

    /** What stands in front of the section's code. */
    CodeBlock declarations() {
        CodeBlock.Builder code = CodeBlock.builder();
        vectors.ifPresent(calls -> code.add(calls.declarations()));
        return code.add(head.build()).build();
    }
}
