package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.loop.Step;
import dev.lossforge.processor.loop.Tabulation;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.LoopInterpreter;
import dev.lossforge.processor.testing.RandomFormula;
import dev.lossforge.processor.testing.StepInterpreter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random formulas: the stable form has the formula's value, the gradient is the difference quotient, and the loops
 * compute what the expressions say.
 */
class RandomDerivativesTest {

    private static final int FORMULAS = Integer.getInteger("lossforge.random.formulas", 500);
    private static final double STEP = 1e-6;

    @Test
    void gradientsAndLoopsAgree() {
        int judged = 0;
        for (int seed = 0; seed < FORMULAS; seed++) {
            judged += check(seed) ? 1 : 0;
        }
        assertThat(judged).as("formulas smooth enough to judge").isGreaterThan(FORMULAS * 3 / 4);
    }

    private static boolean check(int seed) {
        RandomFormula random = new RandomFormula(new SplittableRandom(seed), seed % 4 == 0);
        Formula original = random.formula();
        Formula formula = Stabilizer.rewrite(original).formula();
        Derivatives derivatives = LogSumExpSplitter.rewrite(Simplifier.rewrite(ReverseMode.differentiate(formula)));
        LoopNest nest = Lowering.lower(LoopForm.rewrite(derivatives));
        Map<String, Double> gradient =
                DerivativeValues.of(formula.exprs(), derivatives.gradient(), random.inputValues());
        Map<String, Double> hessian = DerivativeValues.of(formula.exprs(), derivatives.hessian(), random.inputValues());
        double value = new Interpreter(formula.exprs(), random.inputValues()).evaluate(formula.value());

        assertClose(
                seed,
                "stable form",
                value,
                new Interpreter(formula.exprs(), random.inputValues()).evaluate(original.value()),
                1e-10);

        LoopInterpreter loops = new LoopInterpreter(nest, random.inputValues());
        loops.run(nest.statements());
        assertClose(seed, "value", loops.value(), value, 1e-12);
        assertSame(seed, loops.derivative(1), gradient);
        assertSame(seed, loops.derivative(2), hessian);
        LoopInterpreter valueOnly = new LoopInterpreter(nest, random.inputValues());
        valueOnly.run(nest.valueStatements());
        assertClose(seed, "value alone", valueOnly.value(), value, 1e-12);
        LoopNest forDevice = Lowering.lowerForDevice(derivatives);
        assertThat(forDevice.buffers()).isEmpty();
        LoopInterpreter onDevice = new LoopInterpreter(forDevice, random.inputValues());
        onDevice.run(forDevice.statements());
        assertClose(seed, "value on a device", onDevice.value(), value, 1e-12);
        assertSame(seed, onDevice.derivative(1), gradient);
        assertSame(seed, onDevice.derivative(2), hessian);
        checkSteps(seed, derivatives, random.inputValues(), value, gradient);

        return judge(seed, random, gradient, hessian);
    }

    private static void checkSteps(
            int seed, Derivatives derivatives, InputValues inputs, double value, Map<String, Double> gradient) {
        if (derivatives.formula().scope() == Scope.BATCH) {
            BatchProgram program = Tabulation.of(derivatives);
            StepInterpreter steps = new StepInterpreter(program, inputs);
            steps.run(program.steps());
            assertClose(seed, "value by steps", steps.value(), value, 1e-12);
            assertSame(seed, steps.derivative(1), gradient);
            StepInterpreter valueOnly = new StepInterpreter(program, inputs);
            valueOnly.run(program.steps().stream().filter(Step::ofValue).toList());
            assertClose(seed, "value alone by steps", valueOnly.value(), value, 1e-12);
        }
    }

    private static void assertSame(int seed, Map<String, Double> actual, Map<String, Double> expected) {
        Map<String, Double> all = new TreeMap<>(expected);
        actual.keySet().forEach(k -> all.putIfAbsent(k, 0.0));
        all.forEach((key, value) -> assertClose(seed, key, actual.getOrDefault(key, 0.0), value, 1e-9));
    }

    private static void assertClose(int seed, String what, double actual, double expected, double tolerance) {
        assertThat(Math.abs(actual - expected))
                .as("seed %d, %s: %s instead of %s", seed, what, actual, expected)
                .isLessThanOrEqualTo(tolerance * (1 + Math.abs(expected)));
    }

    /** Compares with central differences of two widths; where those differ the formula has a kink here. */
    private static boolean judge(
            int seed, RandomFormula random, Map<String, Double> gradient, Map<String, Double> hessian) {
        boolean smooth = true;
        for (Map.Entry<String, Double> entry : gradient.entrySet()) {
            double narrow = difference(random, entry.getKey(), STEP);
            double wide = difference(random, entry.getKey(), 3 * STEP);
            if (Math.abs(narrow - wide) > 1e-6 * (1 + Math.abs(narrow))) {
                smooth = false;
            } else {
                assertClose(seed, entry.getKey(), entry.getValue(), narrow, 2e-6);
            }
        }
        return judgeHessian(seed, random, hessian) && smooth;
    }

    private static boolean judgeHessian(int seed, RandomFormula random, Map<String, Double> hessian) {
        boolean smooth = true;
        List<Contribution> first = hessian.isEmpty()
                ? List.of()
                : ReverseMode.differentiate(random.formula()).gradient();
        for (Map.Entry<String, Double> entry : hessian.entrySet()) {
            double narrow = secondDifference(random, first, entry.getKey(), STEP);
            double wide = secondDifference(random, first, entry.getKey(), 3 * STEP);
            if (Math.abs(narrow - wide) > 1e-5 * (1 + Math.abs(narrow))) {
                smooth = false;
            } else {
                assertClose(seed, "second " + entry.getKey(), entry.getValue(), narrow, 2e-5);
            }
        }
        return smooth;
    }

    private static double difference(RandomFormula random, String key, double step) {
        return (value(random, key, step) - value(random, key, -step)) / (2 * step);
    }

    private static double value(RandomFormula random, String key, double shift) {
        return new Interpreter(random.formula().exprs(), shifted(random, key, shift))
                .evaluate(random.formula().value());
    }

    private static double secondDifference(RandomFormula random, List<Contribution> first, String key, double step) {
        return (slope(random, first, key, step) - slope(random, first, key, -step)) / (2 * step);
    }

    private static double slope(RandomFormula random, List<Contribution> first, String key, double shift) {
        return DerivativeValues.of(random.formula().exprs(), first, shifted(random, key, shift))
                .getOrDefault(key, 0.0);
    }

    private static InputValues shifted(RandomFormula random, String key, double shift) {
        InputValues base = random.inputValues();
        return new InputValues() {
            @Override
            public double get(Input input, int... indices) {
                double value = base.get(input, indices);
                return DerivativeValues.key(input, indices).equals(key) ? value + shift : value;
            }

            @Override
            public int extent(Input input, int axis) {
                return base.extent(input, axis);
            }
        };
    }
}
