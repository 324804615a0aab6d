package dev.lossforge.processor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.SourceReading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signs of the arguments of exponentials follow from how they are built, and no sign is claimed that may be another.
 */
class NonPositiveTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logSumExp(z) - y[0]",
                "log(sum(z.length, i -> exp(z[i] / 3f - y[0]))) - y[0]",
                "-log(softmax(z)[0])",
                "sum(z.length, i -> exp(-square(z[i] - y[i])))",
                "sum(z.length, i -> exp(-abs(z[i] - y[i]) / 2f))",
                "sum(z.length, i -> exp(-0.5f * (z[i] - y[i]) * (z[i] - y[i])))",
                "max(0f, sum(z.length, i -> exp(z[i] - max(z.length, j -> z[j])) * y[i]))",
            })
    void isKnownOfExponentialsThatOnlyShrink(String value) {
        assertThat(signs(value)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(z.length, i -> exp(z[i] - y[i]))",
                "sum(z.length, i -> exp(z[i] - max(y.length, j -> y[j])))",
                "sum(z.length, i -> exp(2f * z[i] - max(z.length, j -> z[j])))",
                "sum(z.length, i -> exp(max(z.length, j -> z[j]) - z[i]))",
                "sum(z.length, i -> exp(z[i] - min(z.length, j -> z[j])))",
                "sum(z.length, i -> exp(z[i] - max(z.length - 1, j -> z[j])))",
                "sum(z.length, i -> exp(-square(z[i]) / y[i]))",
                "sum(z.length, i -> exp(-z[i]))",
                "sum(z.length, i -> exp(square(z[i] - y[i])))",
            })
    void isNotClaimedOfOthers(String value) {
        assertThat(signs(value)).isNotEmpty().doesNotContain(true);
    }

    /** Of each exponential in the kernel, whether its argument is known to be never positive. */
    private static List<Boolean> signs(String value) {
        List<Statement> statements = OperationTally.nest(SourceReading.ofMembers(
                                "@Loss static float f(@Prediction float[] z, @Target float[] y) { return " + value
                                        + "; }")
                        .formula())
                .statements();
        NonPositive known = NonPositive.of(statements);
        List<Boolean> signs = new ArrayList<>();
        Statements.forEach(
                statements,
                s -> Statements.expressions(s)
                        .forEach(e -> ExprNodes.anyMatch(e, n -> {
                            if (n instanceof Expr.Unary u && (u.op() == UnaryOp.EXP || u.op() == UnaryOp.EXPM1)) {
                                signs.add(known.holds(u.operand()));
                            }
                            return false;
                        })));
        return signs;
    }
}
