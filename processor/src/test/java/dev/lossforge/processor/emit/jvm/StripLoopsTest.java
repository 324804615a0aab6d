package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a matrix as lanes: vector loops over strips of rows find what scalar code finds. */
class StripLoopsTest {
    private static final List<Formula> FORMULAS = SourceReading.ofMembers("""
        @Loss(scope = Scope.SAMPLE) static float pixels(@Prediction float[][] p, @Target int[] label) {
            return mean(p.length, i -> logSumExp(p[i]) - p[i][label[i]]);
        }

        @Loss(scope = Scope.SAMPLE) static float margins(@Prediction float[][] p, @Target int[] label) {
            return mean(p.length, i ->
                max(p[i].length, c -> c == label[i] ? 0f : max(0f, 1f + p[i][c] - p[i][label[i]])));
        }

        @Loss(scope = Scope.SAMPLE) static float overlap(@Prediction float[][] p, @Target int[] label) {
            float[] n = vector(p.length, i -> logSumExp(p[i]));
            return mean(p[0].length, c -> {
                float q = sum(p.length, i -> label[i] == c ? exp(p[i][c] - n[i]) : 0f);
                return q / (1f + sum(p.length, i -> exp(p[i][c] - n[i])));
            });
        }

        @Loss(scope = Scope.SAMPLE) static float scaled(
                @Prediction float[][] p, @Target int[] label, @Param(trainable = true) float[] w) {
            return mean(p.length, i -> square(sum(p[i].length, j -> w[j] * p[i][j]) - label[i]));
        }

        @Loss static float spread(@Prediction float[][] p, @Target int[] label) {
            return sqrt(mean(p.length, i -> {
                float m = mean(p[i]);
                return (1f + label[i]) * mean(p[i].length, j -> square(p[i][j] - m));
            }));
        }

        @Loss(scope = Scope.SAMPLE) static float sides(@Prediction float[][] p, @Target int[] label) {
            return mean(p.length, i -> label[i] * square((p[i][1] - p[i][0]) * p[i][0] - 1f));
        }\
        """).formulas();
    private static final CompiledClasses VECTORS =
            CompiledClasses.ofSources(FORMULAS.stream().map(f -> emit(f, true)).toList());
    private static final CompiledClasses SCALARS =
            CompiledClasses.of(FORMULAS.stream().map(f -> emit(f, false).loss()).toList());

    private static JvmSources emit(Formula formula, boolean withVectors) {
        Derivatives derivatives = Simplifier.rewrite(ReverseMode.differentiate(formula));
        return JvmEmitter.emit(
                derivatives,
                Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewrite(derivatives))),
                Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewriteForVectors(derivatives))),
                List.of(),
                List.of(),
                withVectors);
    }

    private static LossFunction loss(CompiledClasses classes, Formula formula, int columns) {
        String name = "sample." + formula.className();
        return formula.methodName().equals("scaled")
                ? classes.create(
                        LossFunction.class, name, (Object) random(columns).array())
                : classes.create(LossFunction.class, name);
    }

    private static Tensor random(int... shape) {
        SplittableRandom random = new SplittableRandom(5);
        Tensor x = Tensor.zeros(shape);
        for (int i = 0; i < x.size(); i++) {
            x.array()[i] = (float) random.nextDouble(-2, 2);
        }
        return x;
    }

    private static LossInputs inputs(Tensor p, Formula formula, int samples, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(6);
        int[] label = new int[samples * rows];
        for (int i = 0; i < label.length; i++) {
            label[i] = random.nextInt(columns);
        }
        boolean ofBatch = formula.scope().rank() == 2;
        return LossInputs.of(p, ofBatch ? IntTensor.over(label, rows) : IntTensor.over(label, samples, rows));
    }

    private static void compare(Formula formula, int samples, int rows, int columns, boolean special) {
        int units = formula.scope().rank() == 2 ? 1 : samples;
        Tensor p = units == 1 && formula.scope().rank() == 2 ? random(rows, columns) : random(units, rows, columns);
        if (special) {
            p.array()[columns + 1] = Float.NaN;
            p.array()[p.size() - 1] = Float.POSITIVE_INFINITY;
            p.array()[p.size() / 2] = Float.NEGATIVE_INFINITY;
        }
        LossInputs inputs = inputs(p, formula, units, rows, columns);
        LossResult expected = loss(SCALARS, formula, columns).valueAndGradients(inputs, Reduction.NONE);
        LossResult actual = loss(VECTORS, formula, columns).valueAndGradients(inputs, Reduction.NONE);
        assertClose(formula, actual.values(), expected.values());
        expected.gradients()
                .forEach((name, gradient) ->
                        assertClose(formula, actual.gradients().get(name), gradient));
        assertClose(formula, loss(VECTORS, formula, columns).values(inputs), expected.values());
    }

    private static void assertClose(Formula formula, Tensor actual, Tensor expected) {
        double largest = 0;
        for (float x : expected.array()) {
            largest = Float.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
        }
        for (int i = 0; i < expected.size(); i++) {
            float wanted = expected.array()[i];
            if (Float.isFinite(wanted)) {
                assertThat(actual.array()[i]).as(formula.methodName()).isCloseTo(wanted, within((float)
                        (3e-6 * largest)));
            } else {
                assertThat((Float) actual.array()[i]).as(formula.methodName()).isEqualTo((Float) wanted);
            }
        }
    }

    /** Rows around the ends of vectors and strips; one matrix, and more than one thread's share. */
    @ParameterizedTest
    @CsvSource({"1, 64, 2", "3, 65, 3", "2, 511, 16", "1, 512, 5", "2, 513, 8", "1, 1025, 4", "5, 2000, 7", "2, 70, 17"
    })
    void rowsAreLanes(int samples, int rows, int columns) {
        FORMULAS.forEach(formula -> compare(formula, samples, rows, columns, false));
    }

    @Test
    void specialValuesAreWhatScalarCodeFinds() {
        FORMULAS.forEach(formula -> compare(formula, 2, 530, 6, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void everyFormulaHasAKernelForThem(int formula) {
        assertThat(emit(FORMULAS.get(formula), true).loss().toString()).contains("double gradientInStrips(");
    }
}
