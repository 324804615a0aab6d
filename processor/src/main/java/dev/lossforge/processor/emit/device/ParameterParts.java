package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.Statements;
import java.util.List;

/**
 * Writes the code that adds up the gradients of trainable hyperparameters, which are sums over all units. The gradient
 * of a scalar is in variables of each work-item. That of a row is in memory, with a part for each item or, if items
 * share rows, for each group. Another kernel adds up the parts.
 */
final class ParameterParts {
    private final DeviceScope scope;
    private final List<Input> trained;
    private final boolean sharedRows;

    /**
     * @param written the derivatives that the kernel writes
     * @param sharedRows whether the work-items of a group share rows
     */
    ParameterParts(DeviceScope scope, List<Statements.Derivative> written, boolean sharedRows) {
        this.scope = scope;
        this.sharedRows = sharedRows;
        this.trained = written.stream()
                .map(Statements.Derivative::input)
                .filter(input -> input.role() == Role.PARAMETER)
                .toList();
    }

    /** The code before the units: sets all sums to 0. */
    CodeBlock begin() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Input input : trained) {
            if (input.rank() == 0) {
                code.addStatement("float $L = 0f", scope.parameterSum(input))
                        .addStatement("float $L = 0f", scope.parameterLost(input));
            } else {
                Rounds rounds = sharedRows ? Rounds.SHARED : Rounds.ALL;
                code.beginControlFlow("$L", rounds.over("entry", CodeBlock.of("$L", scope.extent(input, 0))))
                        .addStatement("$L.set($L, 0f)", scope.derivative(1, input), place(CodeBlock.of("entry")))
                        .endControlFlow();
            }
        }
        return code.build();
    }

    /** Adds the contribution of one unit. */
    CodeBlock add(Input input, CodeBlock entry, CodeBlock value) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (input.rank() == 0) {
            String sum = scope.parameterSum(input);
            String lost = scope.parameterLost(input);
            String x = scope.fresh("x");
            return code.addStatement("float $L = $L", x, value)
                    .addStatement("$L = $T.lost($L, $L, $L)", lost, DeviceTypes.REDUCTIONS, lost, sum, x)
                    .addStatement("$L += $L", sum, x)
                    .build();
        }
        String parts = scope.derivative(1, input);
        return code.addStatement("$1L.set($2L, $1L.get($2L) + $3L)", parts, place(entry), value)
                .build();
    }

    private CodeBlock place(CodeBlock entry) {
        return CodeBlock.of("($L) * step + $L", entry, sharedRows ? "c.groupIdx" : "c.globalIdx");
    }

    /** The code after the units. */
    CodeBlock end() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Input input : trained) {
            if (input.rank() == 0) {
                code.addStatement(
                        "$L.set(c.globalIdx, $T.sum($L, $L))",
                        scope.derivative(1, input),
                        DeviceTypes.REDUCTIONS,
                        scope.parameterSum(input),
                        scope.parameterLost(input));
            }
        }
        return code.build();
    }
}
