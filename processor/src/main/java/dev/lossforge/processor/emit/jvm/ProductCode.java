package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.List;

/** A matrix product as plain loops. */
final class ProductCode {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final RowKernel kernel;

    ProductCode(KernelScope scope, ScalarCode scalars, RowKernel kernel) {
        this.scope = scope;
        this.scalars = scalars;
        this.kernel = kernel;
    }

    CodeBlock emit(Statement.Product p) {
        CodeBlock product = loops(p);
        if (p.otherwise().isEmpty()) {
            return product;
        }
        String finite = scope.fresh("finite");
        CodeBlock.Builder code = CodeBlock.builder().addStatement("float $L = 0", finite);
        if (p.finite().left()) {
            code.add(test(finite, p.left(), p.row(), p.inner()));
        }
        if (p.finite().right()) {
            code.add(test(finite, p.right(), p.column(), p.inner()));
        }
        return code.beginControlFlow("if ($L == 0)", finite)
                .add(product)
                .nextControlFlow("else")
                .add(kernel.statements(p.otherwise()))
                .endControlFlow()
                .build();
    }

    /** Multiplies each entry by 0: what is left is 0 if all are finite, and NaN if not. */
    private CodeBlock test(String finite, Statement.Operand operand, Expr.Index outer, Expr.Index inner) {
        return CodeBlock.builder()
                .add(begin(outer))
                .add(begin(inner))
                .addStatement("$L += 0 * $L", finite, entry(operand).in(Strength.PRODUCT))
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private CodeBlock begin(Expr.Index index) {
        String variable = scope.index(index);
        return CodeBlock.builder()
                .beginControlFlow(
                        "for (int $L = 0; $L < $L; $L++)",
                        variable,
                        variable,
                        scalars.of(index.extent()).above(Strength.COMPARISON),
                        variable)
                .build();
    }

    private CodeBlock loops(Statement.Product p) {
        String sum = scope.fresh("sum");
        return CodeBlock.builder()
                .add(begin(p.row()))
                .add(begin(p.column()))
                .addStatement("double $L = 0", sum)
                .add(begin(p.inner()))
                .addStatement(
                        "$L += $L",
                        sum,
                        Operations.binary(BinaryOp.MULTIPLY, entry(p.left()), entry(p.right()))
                                .code())
                .endControlFlow()
                .add(store(p, sum))
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private Term entry(Statement.Operand operand) {
        return operand.source()
                .map(buffer -> Term.atom(
                        "$L[$L]",
                        kernel.buffer(buffer),
                        kernel.position(buffer, operand.matrix().indices()).code()))
                .orElseGet(() -> scalars.of(operand.matrix()));
    }

    private CodeBlock store(Statement.Product p, String sum) {
        List<Expr> at = new ArrayList<>(List.of(p.row(), p.column()));
        return switch (p.target()) {
            case Statement.ToBuffer b ->
                CodeBlock.builder()
                        .addStatement(
                                "$L[$L] = (float) $L",
                                kernel.buffer(b.buffer()),
                                kernel.position(b.buffer(), at).code(),
                                sum)
                        .build();
            case Statement.ToDerivative d ->
                kernel.guarded(
                        d.order(),
                        d.input(),
                        CodeBlock.builder()
                                .addStatement(
                                        "$L[$L] += (float) $L * scale",
                                        scope.derivative(d.order(), d.input()),
                                        scalars.offset(d.input(), at).code(),
                                        sum)
                                .build());
        };
    }
}
