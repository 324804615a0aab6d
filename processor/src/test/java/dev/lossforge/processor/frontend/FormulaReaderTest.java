package dev.lossforge.processor.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.testing.SourceReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaReaderTest {

    @Test
    void theHeadIsReadCompletely() {
        Formula formula = SourceReading.ofMembers("""
                          @Loss(hessian = Hessian.DIAGONAL)
                          static float huber(
                              @Prediction(min = -1) float p, @Target int y,
                              @Param(defaultValue = 1.5, min = 0, max = 9, trainable = true) float delta) {
                            return (p - y) * delta;
                          }
                        """).formula();
        assertThat(formula.packageName()).isEqualTo("sample");
        assertThat(formula.declaringClass()).isEqualTo("Losses");
        assertThat(formula.className()).isEqualTo("HuberLoss");
        assertThat(formula.scope()).isEqualTo(Scope.ELEMENT);
        assertThat(formula.diagonalHessian()).isTrue();
        assertThat(formula.source()).startsWith("@Loss(hessian").endsWith("\n}").contains("\n  return");
        assertThat(formula.inputs())
                .extracting(Input::role)
                .containsExactly(Role.PREDICTION, Role.TARGET, Role.PARAMETER);
        Input delta = formula.inputs().get(2);
        assertThat(delta.defaultValue()).contains(1.5);
        assertThat(delta.max()).isEqualTo(9);
        assertThat(delta.trainable()).isTrue();
        assertThat(formula.inputs().getFirst().min()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"huber,HuberLoss", "softmaxCrossEntropy,SoftmaxCrossEntropyLoss", "tripletLoss,TripletLoss"})
    void theClassIsNamedAfterTheMethod(String method, String className) {
        String source = "@Loss static float " + method + "(@Prediction float p) { return p; }";
        assertThat(SourceReading.ofMembers(source).formula().className()).isEqualTo(className);
    }

    @Test
    void inABatchAllArraysHaveTheLengthOfTheFirstPrediction() {
        Formula formula = SourceReading.ofMembers("""
                        @Loss static float f(@Prediction float[][] a, @Prediction float[][] b, @Target int[] y) {
                          return sum(y.length, i -> a[i][0] * b.length);
                        }
                        """).formula();
        Expr length = formula.exprs().extent(formula.inputs().getFirst(), 0);
        assertThat(formula.value()).isInstanceOfSatisfying(Expr.Reduce.class, r -> {
            assertThat(r.index().extent()).isSameAs(length);
            assertThat(ExprText.of(r.body())).doesNotContain("|b|");
        });
    }

    @Test
    void aHelperAndTheSameTextWrittenOutAreOneExpression() {
        Formula formula = SourceReading.ofMembers("""
                        static float twice(float x) { float d = 2 * x; return d; }
                        @Loss static float f(@Prediction float p) { return twice(p) - 2 * p; }
                        """).formula();
        assertThat(formula.value())
                .isInstanceOfSatisfying(
                        Expr.Binary.class, b -> assertThat(b.left()).isSameAs(b.right()));
        assertThat(formula.positions().of(((Expr.Binary) formula.value()).left()))
                .hasSizeGreaterThan(1);
    }
}
