package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.emit.jvm.VectorLoop.Uniform;
import dev.lossforge.processor.vector.UniformFactors;
import dev.lossforge.processor.vector.UniformFactors.Factor;
import dev.lossforge.processor.vector.VectorNode;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What stands in front of a vector loop that multiplies by factors made before, and divides by reciprocals: the
 * factors, and the way out to scalar code where a loop would compute something else.
 */
final class UniformFactorCode {
    private UniformFactorCode() {}

    /** @param leave the way out under a condition */
    static CodeBlock of(UniformFactors.Copy loop, UnaryOperator<CodeBlock> leave) {
        CodeBlock.Builder code = CodeBlock.builder();
        loop.divisors().forEach(divisor -> code.add(leave.apply(hasNoReciprocal(variable(divisor)))));
        loop.factors()
                .forEach((factor, leaf) -> code.addStatement(
                                "float $L = $L", variable(leaf), value(factor).code())
                        .add(leave.apply(isUnfit(variable(leaf), factor))));
        return code.build();
    }

    private static String variable(VectorNode leaf) {
        if (leaf instanceof VectorNode.Leaf l && l.key() instanceof Uniform u) {
            return u.variable();
        }
        throw new IllegalArgumentException("not a variable: " + leaf.kind());
    }

    private static CodeBlock hasNoReciprocal(String divisor) {
        return CodeBlock.of("!$T.isNormal($L) && $L != 0", RuntimeTypes.SCALARS, divisor, divisor);
    }

    private static Term value(Factor factor) {
        Term product = factor.numerators().stream()
                .map(UniformFactorCode::number)
                .reduce((x, y) -> Term.infix(x, "*", y, Strength.PRODUCT))
                .orElse(Operations.constant(1.0));
        Term quotient = factor.denominators().stream()
                .map(UniformFactorCode::number)
                .reduce(product, (x, y) -> Term.infix(x, "/", y, Strength.PRODUCT));
        return factor.negated() ? new Term(CodeBlock.of("-$L", quotient.in(Strength.UNARY)), Strength.UNARY) : quotient;
    }

    private static Term number(VectorNode number) {
        return number instanceof VectorNode.Constant c
                ? Operations.constant((double) c.value())
                : Term.atom("$L", variable(number));
    }

    /** A factor that vanishes or overflows, though the numbers that it is made of do not. */
    private static CodeBlock isUnfit(String variable, Factor factor) {
        CodeBlock.Builder code = CodeBlock.builder().add("!$T.isNormal($L)", RuntimeTypes.SCALARS, variable);
        variables(factor.numerators()).forEach(n -> code.add(" && $T.isNormal($L)", RuntimeTypes.SCALARS, n));
        variables(factor.denominators()).forEach(d -> code.add(" && $L != 0", d));
        return code.build();
    }

    private static Stream<String> variables(List<VectorNode> numbers) {
        return numbers.stream().filter(VectorNode.Leaf.class::isInstance).map(UniformFactorCode::variable);
    }
}
