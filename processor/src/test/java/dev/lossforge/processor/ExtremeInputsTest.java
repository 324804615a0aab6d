package dev.lossforge.processor;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated kernels where a formula, computed as it is written, overflows, vanishes, cancels or is NaN in float32: the
 * values and gradients are the true ones, to a few units in the last place.
 */
class ExtremeInputsTest {

    private static final double ULPS = 6;

    /** A difference from 1 that a derivative in float32 cannot tell. */
    private static final double UNKNOWN = Double.MIN_NORMAL;

    /**
     * @param type what the formula takes: p and y per element, or rows z and t of three with a class k
     * @param inputs p and y, or the entries of z, of t and k
     * @param gradient the derivatives by p, or the entries of z
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    private record Case(Type type, String formula, double[] inputs, double value, double... gradient) {}

    private enum Type {
        ELEMENT("float p, @Target float y", ""),
        CURVED("float p, @Target float y", "(hessian = Hessian.DIAGONAL)"),
        ROW("float[] z, @Target float[] t, @Target int k", "");

        private final String parameters;
        private final String options;

        Type(String parameters, String options) {
            this.parameters = parameters;
            this.options = options;
        }
    }

    private static final List<Case> CASES = List.of(
            // A side that is not taken, within the side of another choice.
            element("p > 0 ? max(pow(p, 0.5f), 1f) : p", -1, 0, -1, 1),
            element("p > 0 ? min(sqrt(p), 2f) : 2 * p", -1, 0, -2, 2),
            element("p > 0 ? max(max(sqrt(p), 0.5f), log(p)) : p", -1, 0, -1, 1),
            element("p > 0 ? max(pow(p, 0.5f), 1f) * max(log(p), y) : p", -1, 0, -1, 1),
            element("max(p > 0 ? log(p) * sqrt(p) : 0f, p + 2)", -1, 0, 1, 1),
            element("p > 0 ? sqrt(square(log(p)) + 1) : p", -1, 0, -1, 1),
            row(
                    "sum(z.length, i -> z[i] > 0 ? max(norm(vector(2, j -> log(z[i]))), y0(t)) : 0f)",
                    -1,
                    -1,
                    -1,
                    0,
                    0,
                    0,
                    0),
            // Squares that overflow or vanish.
            row("norm(z)", 3e19, 4e19, 0, 5e19, 0.6, 0.8, 0),
            row("norm(z)", 3e-23, 4e-23, 0, 5e-23, 0.6, 0.8, 0),
            row("norm(z)", 0, 0, 0, 0, 0, 0, 0),
            row("sqrt(mean(z.length, i -> square(z[i] - t[i])))", 3e19, 3e19, 3e19, 3e19, third(), third(), third()),
            row("sqrt(squaredNorm(z))", -3e-25, 0, 4e-25, 5e-25, -0.6, 0, 0.8),
            element("sqrt(p * p + y * y)", 3e19, 4e19, 5e19, 0.6),
            element("sqrt(p * p + y * y)", 3e-23, 4e-23, 5e-23, 0.6),
            element("sqrt(1 + square(p)) - 1", 1e-5, 0, 0.5e-10, 1e-5),
            rows(
                    "cosineSimilarity(z, t)",
                    new double[] {1e20, 0, 0, 1e20, 1e20, 0, 0},
                    Math.sqrt(0.5),
                    0,
                    Math.sqrt(0.5) / 1e20,
                    0),
            rows(
                    "cosineSimilarity(z, t)",
                    new double[] {1e-23, 0, 0, 1e-23, 1e-23, 0, 0},
                    Math.sqrt(0.5),
                    0,
                    Math.sqrt(0.5) / 1e-23,
                    0),
            rows(
                    "dot(z, t) / (norm(z) * norm(t))",
                    new double[] {1e20, 0, 0, 1e20, 1e20, 0, 0},
                    Math.sqrt(0.5),
                    0,
                    Math.sqrt(0.5) / 1e20,
                    0),
            // A root has no sign, whatever its square was of.
            element("sqrt(4 * square(p))", -3, 0, 6, -2),
            rows(
                    "cosineSimilarity(z, vector(z.length, i -> t[k]))",
                    new double[] {0, 1, 0, -2, 0, 0, 0},
                    -1 / Math.sqrt(3),
                    -1 / Math.sqrt(3),
                    UNKNOWN,
                    -1 / Math.sqrt(3)),
            // Logits of −∞, and 0·log 0.
            row("-sum(z.length, i -> softmax(z)[i] * logSoftmax(z)[i])", 0, 0, NEGATIVE_INFINITY, Math.log(2), 0, 0, 0),
            row(
                    "-sum(z.length, i -> softmax(z)[i] * log(softmax(z)[i]))",
                    0,
                    0,
                    NEGATIVE_INFINITY,
                    Math.log(2),
                    0,
                    0,
                    0),
            element("y * log(y / p)", 1e-30, 0.5, 0.5 * Math.log(0.5e30), -0.5e30),
            element("y * log(y / p)", 1e30, 1e-10, 1e-10 * Math.log(1e-40), -1e-40),
            element("y * log(y / p)", 0.5, 0, 0, 0),
            element("log(p / y)", 1e-30, 1e30, Math.log(1e-60), 1e30),
            // Mixtures written by hand.
            rows(
                    "-log(sum(z.length, i -> t[i] * exp(-0.5f * square(z[i]))))",
                    new double[] {100, 110, 120, 0.25, 0.5, 0.25, 0},
                    5000 - Math.log(0.25),
                    100,
                    0,
                    0),
            rows(
                    "-log(sum(z.length, i -> t[i] / 2f * exp(-0.5f * square(z[i] / 2f))))",
                    new double[] {200, 220, 240, 0.25, 0.5, 0.25, 0},
                    5000 - Math.log(0.125),
                    50,
                    0,
                    0),
            element(
                    "-log(0.25f * exp(-0.5f * square(p)) + 0.75f * exp(-0.5f * square(p - 4)))",
                    100,
                    0,
                    4608 - Math.log(0.75),
                    96),
            // A row that is classified well; the value of k is 0.
            row("logSumExp(z) - z[k]", 20, 0, 0, Math.log1p(2 * Math.exp(-20)), UNKNOWN, Math.exp(-20), Math.exp(-20)),
            element("log(exp(p) + exp(y)) - p", 50, 0, Math.exp(-50), UNKNOWN),
            curved("norm(vector(2, i -> p - y))", 2, 2, 0, 0, 0),
            // A gradient that is 0 where it has a slope, under two masks.
            curved(
                    "(p > -1 ? square(p) : 0f) * exp(y) + sqrt((p > -2 ? square(p) : 0f) + (p > -1 ? 3 * square(p) : 0f) + 1)",
                    0,
                    0,
                    1,
                    0,
                    2 + 4),
            // Ends of the domain.
            element("sqrt(p)", -0.0, 0, 0, POSITIVE_INFINITY),
            element("y > 1 ? sqrt(p) : 3 * p", -0.0, 0, 0, 3),
            // A square of what has a kink.
            curved("0.5f * abs(p - y) * abs(p - y)", 2, 2, 0, 0, 1),
            curved("abs(p - y) <= 1 ? 0.5f * square(abs(p - y)) : abs(p - y) - 0.5f", 2, 2, 0, 0, 1),
            curved("abs(p - y) * abs(p - y) * 3", 2, 2, 0, 0, 6));

    private static double third() {
        return 1 / Math.sqrt(3) / Math.sqrt(3);
    }

    private static Case element(String formula, double p, double y, double value, double gradient) {
        return new Case(Type.ELEMENT, formula, new double[] {p, y}, value, gradient);
    }

    private static Case curved(String formula, double p, double y, double value, double gradient, double hessian) {
        return new Case(Type.CURVED, formula, new double[] {p, y}, value, gradient, hessian);
    }

    private static Case row(
            String formula, double a, double b, double c, double value, double da, double db, double dc) {
        return rows(formula, new double[] {a, b, c, 0, 0, 0, 0}, value, da, db, dc);
    }

    private static Case rows(String formula, double[] inputs, double value, double... gradient) {
        return new Case(Type.ROW, formula, inputs, value, gradient);
    }

    @TestFactory
    Stream<DynamicTest> theTruthIsComputed() {
        StringBuilder members = new StringBuilder("static float y0(float[] t) { return t[0]; }\n");
        for (int i = 0; i < CASES.size(); i++) {
            Case c = CASES.get(i);
            members.append("@Loss%s static float case%d(@Prediction %s) { return %s; }\n"
                    .formatted(c.type.options, i, c.type.parameters, c.formula));
        }
        SourceReading reading = SourceReading.withKernels(SourceReading.file("Losses", members.toString()));
        assertThat(reading.compilation().errors()).isEmpty();
        CompiledClasses classes = new CompiledClasses(reading.compilation());
        return IntStream.range(0, CASES.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        i + ": " + CASES.get(i).formula,
                        () -> check(CASES.get(i), classes.create(LossFunction.class, "sample.Case" + i + "Loss"))));
    }

    private static void check(Case c, LossFunction loss) {
        float[] in = new float[c.inputs.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) c.inputs[i];
        }
        LossInputs inputs = c.type == Type.ROW
                ? LossInputs.of(
                        Tensor.matrix(new float[] {in[0], in[1], in[2]}),
                        Tensor.matrix(new float[] {in[3], in[4], in[5]}),
                        IntTensor.vector((int) in[6]))
                : LossInputs.of(Tensor.vector(in[0]), Tensor.vector(in[1]));
        LossResult result = loss.valueAndGradients(inputs, Reduction.NONE);
        compare("value", result.values().array()[0], c.value);
        assertThat(loss.values(inputs)).as("values alone").isEqualTo(result.values());
        float[] gradient = result.gradient().array();
        for (int i = 0; i < gradient.length; i++) {
            compare("gradient " + i, gradient[i], c.gradient[i]);
        }
        if (c.type == Type.CURVED) {
            compare("hessian", result.hessians().get("p").array()[0], c.gradient[1]);
        }
    }

    private static void compare(String what, float actual, double expected) {
        boolean same = expected == UNKNOWN
                || actual == (float) expected
                || Math.abs(actual - expected) <= ULPS * Math.ulp((float) expected);
        assertThat(same).as("%s is %s instead of %s", what, actual, expected).isTrue();
    }
}
