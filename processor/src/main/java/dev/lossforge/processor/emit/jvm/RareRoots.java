package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
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
        Set<Expr> greatest = new LinkedHashSet<>();
        collect(node, Collections.newSetFromMap(new IdentityHashMap<>()), greatest);
        return greatest.isEmpty()
                ? CodeBlock.of("")
                : leave.apply(greatest.stream()
                        .map(m -> CodeBlock.of(
                                "!$T.isSquarable($L)",
                                RuntimeTypes.SCALARS,
                                scalars.of(m).code()))
                        .collect(CodeBlock.joining(" || ")));
    }

    private static void collect(Expr node, Set<Expr> seen, Set<Expr> greatest) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof Expr.Binary b && b.op() == BinaryOp.ROOT_OF_SQUARES) {
            greatest.add(b.right());
        }
        Exprs.operands(node).forEach(operand -> collect(operand, seen, greatest));
    }
}
