package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.List;

/** A matrix product: as plain loops in scalar code, as a call of the runtime in the code for vectors. */
final class ProductCode {
    private final KernelScope scope;
    private final ScalarCode scalars;
    private final RowKernel kernel;
    private final boolean calls;

    /** @param calls whether to call the runtime */
    ProductCode(KernelScope scope, ScalarCode scalars, RowKernel kernel, boolean calls) {
        this.calls = calls;
        this.scope = scope;
        this.scalars = scalars;
        this.kernel = kernel;
    }

    CodeBlock emit(Statement.Product p) {
        CodeBlock product = calls ? call(p) : loops(p);
        if (!p.finite().isAssumed()) {
            return product;
        }
        if (p.otherwise().isEmpty()) {
            CodeBlock isNot = CodeBlock.of("!($L)", finite(p));
            return CodeBlock.builder().add(kernel.leave(isNot)).add(product).build();
        }
        CodeBlock.Builder code = CodeBlock.builder();
        return code.beginControlFlow("if ($L)", calls ? finite(p) : testedFinite(p, code))
                .add(product)
                .nextControlFlow("else")
                .add(kernel.statements(p.otherwise()))
                .endControlFlow()
                .build();
    }

    private CodeBlock testedFinite(Statement.Product p, CodeBlock.Builder before) {
        String finite = scope.fresh("finite");
        before.addStatement("float $L = 0", finite);
        assumedFinite(p).forEach(m -> before.add(test(finite, m.operand(), m.row(), m.column())));
        return CodeBlock.of("$L == 0", finite);
    }

    private CodeBlock finite(Statement.Product p) {
        return assumedFinite(p).stream()
                .map(m -> finite(m.operand(), m.row(), m.column()))
                .collect(CodeBlock.joining(" && "));
    }

    /** A matrix with its indices. */
    private record Assumed(Statement.Operand operand, Expr.Index row, Expr.Index column) {}

    private static List<Assumed> assumedFinite(Statement.Product p) {
        List<Assumed> assumed = new ArrayList<>();
        if (p.finite().left()) {
            assumed.add(new Assumed(p.terms().left(), p.row(), p.inner()));
        }
        if (p.finite().right()) {
            assumed.add(new Assumed(p.terms().right(), p.inner(), p.column()));
            if (p.terms() instanceof Statement.WeightedDifferences<Statement.Operand> d) {
                assumed.add(new Assumed(d.minuend(), p.row(), p.column()));
            }
        }
        return assumed;
    }

    private CodeBlock finite(Statement.Operand operand, Expr.Index row, Expr.Index column) {
        return CodeBlock.of(
                "$T.isFinite($L, $L, $L)",
                RuntimeTypes.MATRIX_PRODUCTS,
                extent(row),
                extent(column),
                matrix(operand, row, column));
    }

    private CodeBlock call(Statement.Product p) {
        CodeBlock factors = CodeBlock.of(
                "$T.$L, $L, $L, $L, $L, $L, $L",
                RuntimeTypes.PAIR_TERMS,
                pairTerms(p.terms()),
                extent(p.row()),
                extent(p.column()),
                extent(p.inner()),
                matrix(p.terms().left(), p.row(), p.inner()),
                matrix(p.terms().right(), p.inner(), p.column()),
                p.terms() instanceof Statement.WeightedDifferences<Statement.Operand> d
                        ? matrix(d.minuend(), p.row(), p.column())
                        : CodeBlock.of("$T.NONE", RuntimeTypes.MATRIX));
        return switch (p.target()) {
            case Statement.ToBuffer b ->
                CodeBlock.builder()
                        .addStatement(
                                "$T.set($L, $L, 0, $L)",
                                RuntimeTypes.MATRIX_PRODUCTS,
                                factors,
                                kernel.buffer(b.buffer()),
                                scalars.of(b.buffer().extents().getLast()).code())
                        .build();
            case Statement.ToDerivative d ->
                kernel.derivatives()
                        .guarded(
                                d.order(),
                                d.input(),
                                CodeBlock.builder()
                                        .addStatement(
                                                "$T.add($L, scale, $L, $L, $L)",
                                                RuntimeTypes.MATRIX_PRODUCTS,
                                                factors,
                                                scope.derivative(d.order(), d.input()),
                                                scalars.unitOffset(d.input()).code(),
                                                scope.extent(d.input(), 1))
                                        .build());
        };
    }

    /** The name that the runtime has for the terms. */
    private static String pairTerms(Statement.Terms<?> terms) {
        return switch (terms) {
            case Statement.Products<?> p -> "PRODUCTS";
            case Statement.SquaredDifferences<?> d -> "SQUARED_DIFFERENCES";
            case Statement.LargestDifferences<?> d -> "LARGEST_DIFFERENCES";
            case Statement.WeightedDifferences<?> d -> "WEIGHTED_DIFFERENCES";
        };
    }

    private CodeBlock extent(Expr.Index index) {
        return scalars.of(index.extent()).code();
    }

    private CodeBlock matrix(Statement.Operand operand, Expr.Index row, Expr.Index column) {
        CodeBlock stride = operand.source()
                .map(buffer -> scalars.of(buffer.extents().getLast()).code())
                .orElseGet(
                        () -> CodeBlock.of("$L", scope.extent(operand.matrix().input(), 1)));
        return CodeBlock.of(
                "$T.of($L, $L, $L, $L)",
                RuntimeTypes.MATRIX,
                operand.source()
                        .map(kernel::buffer)
                        .orElseGet(() -> scope.array(operand.matrix().input())),
                operand.source().isPresent()
                        ? CodeBlock.of("0")
                        : scalars.unitOffset(operand.matrix().input()).code(),
                operand.isContiguousIn(row) ? CodeBlock.of("1") : stride,
                operand.isContiguousIn(column) ? CodeBlock.of("1") : stride);
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
                .addStatement("double $L = $L", sum, identity(p.terms()))
                .add(begin(p.inner()))
                .add(take(sum, p.terms()))
                .endControlFlow()
                .add(store(p, sum))
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private static CodeBlock identity(Statement.Terms<?> terms) {
        return terms instanceof Statement.LargestDifferences
                ? CodeBlock.of("$T.NEGATIVE_INFINITY", Double.class)
                : CodeBlock.of("0");
    }

    private CodeBlock take(String sum, Statement.Terms<Statement.Operand> terms) {
        Term left = entry(terms.left());
        Term right = entry(terms.right());
        Term term = switch (terms) {
            case Statement.Products<Statement.Operand> p -> Operations.binary(BinaryOp.MULTIPLY, left, right);
            case Statement.SquaredDifferences<Statement.Operand> d ->
                Operations.unary(UnaryOp.SQUARE, Operations.binary(BinaryOp.SUBTRACT, left, right));
            case Statement.LargestDifferences<Statement.Operand> d ->
                Operations.unary(UnaryOp.ABS, Operations.binary(BinaryOp.SUBTRACT, left, right));
            case Statement.WeightedDifferences<Statement.Operand> d ->
                Operations.binary(
                        BinaryOp.MULTIPLY, left, Operations.binary(BinaryOp.SUBTRACT, entry(d.minuend()), right));
        };
        return terms instanceof Statement.LargestDifferences
                ? CodeBlock.builder()
                        .addStatement("$L = $T.max($L, $L)", sum, Math.class, sum, term.code())
                        .build()
                : CodeBlock.builder().addStatement("$L += $L", sum, term.code()).build();
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
                kernel.derivatives()
                        .guarded(
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
