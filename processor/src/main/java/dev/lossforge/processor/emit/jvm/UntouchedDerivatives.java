package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Clears the derivatives that no loop of a program writes. */
final class UntouchedDerivatives {
    private UntouchedDerivatives() {}

    /** Predictions on which the loss does not depend have the gradient 0, and a Hessian that vanishes is 0, too. */
    static CodeBlock of(Formula formula, List<Statement> statements) {
        CodeBlock.Builder code = CodeBlock.builder();
        Set<Statements.Derivative> written = Statements.derivatives(statements);
        for (Input input : formula.inputs()) {
            if (!input.differentiated() || input.role() == Role.PARAMETER) {
                continue;
            }
            if (!written.contains(new Statements.Derivative(1, input))) {
                code.add(zero("gradient", input));
            }
            if (formula.diagonalHessian() && !written.contains(new Statements.Derivative(2, input))) {
                code.beginControlFlow("if (frame.wantsHessians())")
                        .add(zero("hessian", input))
                        .endControlFlow();
            }
        }
        return code.build();
    }

    /**
     * Gradients that a program writes and the one that replaces it does not: there the loss does not depend on them.
     */
    static CodeBlock of(Formula formula, List<Statement> program, List<Statement> replacement) {
        CodeBlock.Builder code = CodeBlock.builder();
        Set<Statements.Derivative> written = Statements.derivatives(replacement);
        Set<Statements.Derivative> expected = Statements.derivatives(program);
        formula.inputs().stream()
                .filter(input -> input.role() != Role.PARAMETER)
                .map(input -> new Statements.Derivative(1, input))
                .filter(d -> expected.contains(d) && !written.contains(d))
                .forEach(d -> code.add(zero("gradient", d.input())));
        return code.build();
    }

    private static CodeBlock zero(String derivative, Input input) {
        int position = input.position();
        return CodeBlock.builder()
                .addStatement(
                        "$T.fill(frame.$L($L), from * frame.unitSize($L), to * frame.unitSize($L), 0f)",
                        Arrays.class,
                        derivative,
                        position,
                        position,
                        position)
                .build();
    }
}
