package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Leaves a vector kernel in front of scalar code that takes the root of squares which may have overflowed or vanished.
 */
final class RareRoots {
    private RareRoots() {}

    /**
     * The way out in front of an expression; nothing where it takes no such root.
     *
     * @param scalars writes the expression
     * @param leave the way out under a condition
     */
    static CodeBlock check(Expr node, ScalarCode scalars, UnaryOperator<CodeBlock> leave) {
        List<Expr> greatest = ExprNodes.of(node).stream()
                .filter(n -> n instanceof Expr.Binary b && b.op() == BinaryOp.ROOT_OF_SQUARES)
                .map(n -> ((Expr.Binary) n).right())
                .toList();
        return greatest.isEmpty()
                ? CodeBlock.of("")
                : leave.apply(greatest.stream()
                        .map(m -> CodeBlock.of(
                                "!$T.isSquarable($L)",
                                RuntimeTypes.SCALARS,
                                scalars.of(m).code()))
                        .collect(CodeBlock.joining(" || ")));
    }
}
