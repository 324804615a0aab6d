package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.RandomFormula;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that work row by row, for which other tests have too few columns, compute what the expressions say. */
class RandomKernelsTest {
    private static final int FORMULAS = Integer.getInteger("lossforge.random.kernels", 30);
    /** Units in a batch: more than one tile of rows or block of elements would need the slow interpreter for longer. */
    private static final int UNITS = 3;

    /** Rows follow each other, or are lanes where the kernel of a matrix allows it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16})
    void kernelsAgreeWithTheInterpreter(int longestLaneRow) {
        List<RandomFormula> formulas = new ArrayList<>();
        List<JvmSources> files = new ArrayList<>();
        for (int seed = 0; seed < FORMULAS; seed++) {
            RandomFormula random = new RandomFormula(new SplittableRandom(seed), seed % 4 == 0);
            formulas.add(random);
            files.add(emit(random.formula(), "Formula" + seed, longestLaneRow));
        }
        CompiledClasses classes = CompiledClasses.ofSources(files);
        for (int seed = 0; seed < FORMULAS; seed++) {
            check(seed, formulas.get(seed), "sample.Formula" + seed, classes);
        }
    }

    private static JvmSources emit(Formula f, String className, int longestLaneRow) {
        Formula named = new Formula(
                f.kind(),
                "sample",
                "Losses",
                "formula",
                className,
                "",
                f.scope(),
                f.inputs(),
                f.diagonalHessian(),
                f.exprs(),
                f.value(),
                f.parts(),
                f.positions());
        Formula stable = Stabilizer.rewrite(named).formula();
        Derivatives derivatives = Simplifier.rewrite(ReverseMode.differentiate(stable));
        return JvmEmitter.emit(
                derivatives,
                Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewrite(derivatives))),
                Lowering.lower(LoopForm.rewrite(LogSumExpSplitter.rewriteForVectors(derivatives))),
                List.of(),
                true,
                longestLaneRow);
    }

    private static void check(int seed, RandomFormula random, String className, CompiledClasses classes) {
        Formula formula = random.formula();
        float delta = ((Double) random.values().get("delta")).floatValue();
        LossFunction loss = classes.create(LossFunction.class, className, delta);
        int units = formula.scope().rank() == 2 ? 1 : UNITS;
        Data[] data = formula.inputs().stream()
                .filter(i -> i.role() != Role.PARAMETER)
                .map(i ->
                        tensor(i, random.values().get(i.name()), formula.scope().rank(), units))
                .toArray(Data[]::new);
        LossResult result = loss.valueAndGradients(LossInputs.of(data), Reduction.NONE);

        InputValues inputs = random.inputValues();
        double value = new Interpreter(formula.exprs(), inputs).evaluate(formula.value());
        for (float unit : result.values().array()) {
            assertClose(seed, "value", unit, value, value);
        }
        for (float unit : loss.values(LossInputs.of(data)).array()) {
            assertClose(seed, "value alone", unit, value, value);
        }
        Derivatives derivatives = ReverseMode.differentiate(formula);
        Map<String, Double> gradient = DerivativeValues.of(formula.exprs(), derivatives.gradient(), inputs);
        result.gradients().forEach((name, g) -> compare(seed, formula, name, g, gradient, units));
        checkWithoutHessian(loss, LossInputs.of(data), result);
        Map<String, Double> hessian = DerivativeValues.of(formula.exprs(), derivatives.hessian(), inputs);
        result.hessians().forEach((name, h) -> compare(seed, formula, name, h, hessian, units));
    }

    /** Asked for the gradient alone, a kernel finds the same. */
    private static void checkWithoutHessian(LossFunction loss, LossInputs inputs, LossResult expected) {
        BoundLoss bound = BoundLoss.of(loss, inputs);
        List<Tensor> gradients = new ArrayList<>();
        expected.gradients().forEach((name, gradient) -> {
            Tensor own = Tensor.zeros(gradient.shape());
            bound.frame().gradient(loss.signature().position(name), own.array());
            gradients.add(own);
        });
        bound.run();
        assertThat(gradients).containsExactlyElementsOf(expected.gradients().values());
    }

    private static void compare(
            int seed, Formula formula, String name, Tensor actual, Map<String, Double> expected, int units) {
        double scale = expected.values().stream().mapToDouble(Math::abs).max().orElse(0);
        int size = actual.size() / units;
        int columns = formula.scope().rank() == 0 ? 1 : actual.shape().lastExtent();
        for (int i = 0; i < actual.size(); i++) {
            int entry = i % size;
            int[] at = switch (formula.scope()) {
                case ELEMENT -> new int[0];
                case SAMPLE -> new int[] {entry};
                case BATCH -> new int[] {entry / columns, entry % columns};
            };
            String key = name + Arrays.toString(at);
            assertClose(seed, key, actual.array()[i], expected.getOrDefault(key, 0.0), scale);
        }
    }

    private static void assertClose(int seed, String what, double actual, double expected, double scale) {
        assertThat(Math.abs(actual - expected))
                .as("seed %d, %s: %s instead of %s", seed, what, actual, expected)
                .isLessThanOrEqualTo(1e-3 * (1 + Math.abs(scale)));
    }

    /** The value of one unit, as often as there are units. */
    private static Data tensor(Input input, Object value, int rank, int units) {
        double[] unit = switch (value) {
            case Number n -> new double[] {n.doubleValue()};
            case double[] row -> row;
            case double[][] rows ->
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
            default -> throw new AssertionError(value);
        };
        int[] shape = switch (value) {
            case Number n -> new int[] {units};
            case double[] row -> rank == 2 ? new int[] {row.length} : new int[] {units, row.length};
            case double[][] rows -> new int[] {rows.length, rows[0].length};
            default -> throw new AssertionError(value);
        };
        double[] all = new double[unit.length * units];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        if (input.type() == Type.INT) {
            return IntTensor.over(Arrays.stream(all).mapToInt(v -> (int) v).toArray(), shape);
        }
        float[] floats = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            floats[i] = (float) all[i];
        }
        return Tensor.over(floats, shape);
    }
}
