package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.List;

/**
 * The way back to scalar code, for values that the vector loops do not compute: the whole range is evaluated again, and
 * what was already added to the gradients of hyperparameters is taken back.
 */
final class Fallback {
    private final KernelScope scope;
    private final String scalarKernel;
    private final List<Input> trained;
    private boolean used;

    /** @param scalarKernel the method that computes a range of units by scalar code */
    Fallback(KernelScope scope, List<Statement> statements, String scalarKernel) {
        this.scope = scope;
        this.scalarKernel = scalarKernel;
        this.trained = Statements.derivatives(statements).stream()
                .map(Statements.Derivative::input)
                .filter(input -> input.role() == Role.PARAMETER)
                .distinct()
                .toList();
    }

    /** What a kernel must remember before its first loop. */
    CodeBlock head() {
        CodeBlock.Builder code = CodeBlock.builder();
        if (used) {
            trained.forEach(
                    input -> code.addStatement("double[] $L = $L.clone()", saved(input), scope.derivative(1, input)));
        }
        return code.build();
    }

    private String saved(Input input) {
        return scope.named(List.of("saved", input), input.name() + "Before");
    }

    /** Leaves the kernel under a condition. */
    CodeBlock check(CodeBlock condition) {
        used = true;
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("if ($L)", condition);
        for (Input input : trained) {
            String sums = scope.derivative(1, input);
            code.addStatement("$T.arraycopy($L, 0, $L, 0, $L.length)", System.class, saved(input), sums, sums);
        }
        return code.addStatement("return $L(frame, from, to)", scalarKernel)
                .endControlFlow()
                .build();
    }
}
