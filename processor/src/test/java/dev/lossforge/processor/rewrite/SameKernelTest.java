package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.testing.SourceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A formula written as in the textbook and the stable form of it become the same expression, from which one kernel is
 * generated, through the rule that is named; the textbook form alone fails at the given point, and the result is right.
 */
class SameKernelTest {

    /**
     * @param rule the rule that the naive form needs
     * @param scalar whether p and q are predictions of one element, or z is a row of three with a target t and class k
     * @param x the values of p and q, or the entries of z
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Case(String rule, boolean scalar, String naive, String stable, double expected, double... x) {}

    private static final double LOG_2 = Math.log(2);

    private static final List<Case> KNOWN = List.of(
            element("log-exp", "log(exp(p))", "p", 1000, 1000, 0),
            element("log-sigmoid", "log(sigmoid(p))", "logSigmoid(p)", -1e9, -1e9, 0),
            element("log-sigmoid", "log(1 - sigmoid(p))", "logSigmoid(-p)", -1e9, 1e9, 0),
            element("log-sigmoid", "-log(1 / (1 + exp(-p)))", "softplus(-p)", 1e9, -1e9, 0),
            element("softplus", "log(1 + exp(p))", "softplus(p)", 1e9, 1e9, 0),
            element("softplus", "log1p(exp(p))", "softplus(p)", 1e9, 1e9, 0),
            row("softplus", "log(1 + sum(z.length, i -> exp(z[i])))", "softplus(logSumExp(z))", 1000, 1000, -1, 2),
            row("log-sum-exp", "log(sum(z.length, i -> exp(z[i])))", "logSumExp(z)", 1000, 1000, 2, 3),
            row(
                    "log-sum-exp",
                    "log(sum(z.length, i -> i == 1 ? exp(z[i]) : 0f))",
                    "logSumExp(z.length, i -> i == 1 ? z[i] : Float.NEGATIVE_INFINITY)",
                    1000,
                    2,
                    1000,
                    3),
            row(
                    "log-of-product",
                    "log(prod(z.length, i -> sigmoid(z[i])))",
                    "sum(z.length, i -> logSigmoid(z[i]))",
                    -3e4,
                    -1e4,
                    -1e4,
                    -1e4),
            element(
                    "log-sum-exp-2",
                    "log(exp(p) + exp(q))",
                    "logSumExp(2, i -> i == 0 ? p : q)",
                    1000 + LOG_2,
                    1000,
                    1000),
            row("softmax", "log(exp(z[k]) / sum(z.length, i -> exp(z[i])))", "logSoftmax(z)[k]", -1000, 0, 1000, 3),
            element("log-softmax", "log(exp(p) / q)", "p - log(q)", 1000 - LOG_2, 1000, 2),
            element("log-product", "log(q * exp(p))", "log(q) + p", 1000 + LOG_2, 1000, 2),
            element("log-product", "log(exp(p) * sigmoid(q))", "p + logSigmoid(q)", 1000 - LOG_2, 1000, 0),
            element("log-power", "log(sqrt(exp(p)))", "0.5f * p", 1000, 2000, 0),
            element("divided-by-powers", "1 / square(1 + exp(p))", "sigmoid(-p) * sigmoid(-p)", 0, 1000, 0),
            element("divided-by-powers", "exp(-p) / pow(1 + exp(-p), 2)", "sigmoid(-p) * sigmoid(p)", 0, -1000, 0),
            element("divided-by-powers", "pow(1 + exp(p), -3)", "pow(sigmoid(-p), 3)", 0, 1000, 0),
            element("divided-by-powers", "q / ((1 + exp(p)) * (1 + exp(-p)))", "", 0, 1000, 3),
            element("log-1-minus-exp", "log(1 - exp(p))", "log1mExp(p)", Math.log(1e-20), -1e-20, 0),
            element("log-difference-exp", "log(exp(p) - exp(q))", "p + log1mExp(q - p)", 1000, 1000, -1000),
            row("log-weighted-sum-exp", "log(sum(z.length, i -> t[i] * exp(z[i])))", "", 1000, 1000, 2, 3),
            element("log-weighted-sum-exp", "log(q * exp(p) + 2)", "", 1000 + LOG_2, 1000, 2),
            element("log-weighted-sum-exp", "log(1 + q * exp(p))", "", 2e-20, Math.log(1e-20), 2),
            element("log1p", "log(1 + p)", "log1p(p)", 1e-20, 1e-20, 0),
            element("log-cosh", "log((exp(p) + exp(-p)) / 2)", "logCosh(p)", 1000 - LOG_2, 1000, 0),
            element("log-expm1", "log(exp(p) - 1)", "p + log1mExp(-p)", 1000, 1000, 0),
            element("log-sinh", "log((exp(p) - exp(-p)) / 2)", "log(sinh(p))", 1000 - LOG_2, 1000, 0),
            element("log-softplus", "log(log(1 + exp(p)))", "log(softplus(p))", -1000, -1000, 0),
            element(
                    "log-difference-sigmoid",
                    "log(1 / (1 + exp(-p)) - 1 / (1 + exp(-q)))",
                    "log(sigmoid(p) - sigmoid(q))",
                    -120.45867514538708,
                    121,
                    120),
            element(
                    "log-of-difference-of-choice",
                    "log(sigmoid(p) - (q > 0 ? sigmoid(q) : 0f))",
                    "q > 0 ? log(sigmoid(p) - sigmoid(q)) : logSigmoid(p)",
                    -120.45867514538708,
                    121,
                    120),
            element(
                    "function-of-choice",
                    "log(q > 0 ? sigmoid(p) : p)",
                    "q > 0 ? logSigmoid(p) : log(p)",
                    -1e9,
                    -1e9,
                    1),
            element(
                    "operation-of-choice",
                    "1 - (q > 0 ? sigmoid(p) : p)",
                    "q > 0 ? sigmoid(-p) : 1 - p",
                    Math.exp(-50),
                    50,
                    1),
            element("power-of-square", "pow(square(p), 0.75f)", "pow(abs(p), 1.5f)", 1e300, 1e200, 0),
            element(
                    "complement-of-mixture",
                    "1 - (q * sigmoid(p) + (1 - q) * (1 - sigmoid(p)))",
                    "q * sigmoid(-p) + (1 - q) * sigmoid(p)",
                    Math.exp(-50),
                    50,
                    1),
            element("erfc", "1 + erf(p)", "erfc(-p)", 1.5374597944280349e-12, -5, 0),
            element("erfc-complement", "1 - normalCdf(p)", "normalCdf(-p)", 9.865876450376946e-10, 6, 0),
            element("erfc-complement", "2 - erfc(p)", "erfc(-p)", 1.5374597944280349e-12, -5, 0),
            element("log1p-erf", "log1p(-erf(p))", "logErfc(p)", Math.log(1.5374597944280349e-12), 5, 0),
            element("log-erfc", "log(erfc(p))", "logErfc(p)", Math.log(1.5374597944280349e-12), 5, 0),
            element("log-normal-cdf", "log(normalCdf(p))", "logNormalCdf(p)", Math.log(9.865876450376946e-10), -6, 0),
            element(
                    "gamma-difference",
                    "lgamma(p) + lgamma(q) - lgamma(p + q)",
                    "lbeta(p, q)",
                    -1077.60982352195438 + 102.968198614513815,
                    1e12,
                    39),
            element("log-quotient", "log(p / q)", "", 60 * Math.log(10), 1e30, 1e-30),
            element("sigmoid", "1 / (1 + exp(-p))", "sigmoid(p)", 0, -1e9, 0),
            element("sigmoid", "exp(p) / (1 + exp(p))", "sigmoid(p)", 1, 1e9, 0),
            element("sigmoid", "1 - 1 / (1 + exp(p))", "sigmoid(p)", Math.exp(-50), -50, 0),
            element("sigmoid", "q / (1 + exp(-p))", "q * sigmoid(p)", 3, 1e9, 3),
            element("sigmoid-exp", "exp(p) / (exp(p) + exp(q))", "sigmoid(p - q)", 1, 1000, 900),
            element("one-minus-sigmoid", "1 - sigmoid(p)", "sigmoid(-p)", Math.exp(-50), 50, 0),
            element("one-minus-sigmoid", "sigmoid(p) - 1", "-sigmoid(-p)", -Math.exp(-50), 50, 0),
            element("tanh-quotient", "(exp(p) - exp(-p)) / (exp(p) + exp(-p))", "tanh(p)", 1, 1000, 0),
            element("tanh", "(exp(2 * p) - 1) / (exp(2 * p) + 1)", "tanh(p)", 1, 1000, 0),
            element("tanh", "(1 - exp(-2 * p)) / (1 + exp(-2 * p))", "tanh(p)", -1, -1000, 0),
            element("tanh", "2 * sigmoid(2 * p) - 1", "tanh(p)", 1e-20, 1e-20, 0),
            element("tanh-quotient", "sinh(p) / cosh(p)", "tanh(p)", 1, 1000, 0),
            element(
                    "tanh-quotient",
                    "(exp(p - q) - exp(q - p)) / (exp(q - p) + exp(p - q))",
                    "tanh(p - q)",
                    1,
                    1000,
                    0),
            element("sinh-cosh", "(exp(p) - exp(-p)) / 2", "sinh(p)", 1e-20, 1e-20, 0),
            element("sinh-cosh", "(exp(2 * p) - exp(-2 * p)) / 2", "sinh(2 * p)", 2e-20, 1e-20, 0),
            element("sinh-cosh", "(exp(p - q) - exp(q - p)) / 2", "sinh(p - q)", 1e-20, 1e-20, 0),
            element("sinh-cosh", "(exp(p + q) - exp(-p - q)) / 2", "sinh(p + q)", 1e-20, 1e-20, 0),
            element("hyperbolic-sum", "sinh(p) + cosh(p)", "exp(p)", Math.exp(-40), -40, 0),
            element("hyperbolic-sum", "cosh(p) - q - sinh(p)", "exp(-p) - q", Math.exp(-40), 40, 0),
            element("hyperbolic-sum", "sinh(-p) + q - cosh(p)", "q - exp(p)", -Math.exp(-40), -40, 0),
            row("softmax", "exp(z[k]) / sum(z.length, i -> exp(z[i]))", "softmax(z)[k]", 1, 1000, 1, 2),
            row(
                    "softmax",
                    "exp(z[k] - max(z)) / sum(z.length, i -> exp(z[i] - max(z)))",
                    "softmax(z)[k]",
                    0.5,
                    1000,
                    1000,
                    2),
            row(
                    "log-sum-exp-shift",
                    "max(z) + log(sum(z.length, i -> exp(z[i] - max(z))))",
                    "logSumExp(z)",
                    1000 + LOG_2,
                    1000,
                    1000,
                    3),
            row(
                    "shift-cancels",
                    "(z[k] - max(z)) - log(sum(z.length, i -> exp(z[i] - max(z))))",
                    "logSoftmax(z)[k]",
                    -LOG_2,
                    1000,
                    1000,
                    3),
            element("exp-product", "exp(p) * exp(q)", "exp(p + q)", 1, 1000, -1000),
            element("exp-product", "q / exp(p)", "q * exp(-p)", 0, 1000, 3),
            element("expm1", "exp(p) - 1", "expm1(p)", 1e-20, 1e-20, 0),
            element("expm1", "1 - exp(p)", "-expm1(p)", -1e-20, 1e-20, 0),
            element("expm1", "exp(p) - q - 1", "expm1(p) - q", 1e-20, 1e-20, 0),
            element("softplus-minus", "log(1 + exp(p)) - p", "softplus(-p)", Math.exp(-50), 50, 0),
            element("softplus-minus", "log(sigmoid(p)) - log(1 - sigmoid(p))", "p", 50, 50, 0),
            element("softplus-parts", "max(p, 0f) + log(1 + exp(-abs(p)))", "softplus(p)", Math.exp(-50), -50, 0),
            element("root-of-square", "sqrt(square(p))", "abs(p)", 1e200, -1e200, 0),
            element("hypot", "sqrt(p * p + q * q)", "hypot(p, q)", 5e200, 3e200, 4e200),
            element("hypot", "sqrt(1 + square(p))", "hypot(1, p)", 1e200, 1e200, 0),
            row("norm", "sqrt(sum(z.length, i -> square(z[i])))", "norm(z)", 5e-30, 3e-30, 4e-30, 0),
            row("norm-of-mean", "sqrt(mean(z.length, i -> square(z[i])))", "", 5e37, 5e37, 5e37, 5e37),
            row("norm-of-multiple", "sqrt(4 * squaredNorm(z))", "2 * norm(z)", 10e37, 3e37, 4e37, 0),
            element("hypot-minus-leg", "sqrt(1 + square(p)) - 1", "p * (p / (1 + hypot(1, p)))", 5e-21, 1e-10, 0),
            row("cosine", "dot(z, t) / (norm(z) * norm(t))", "", 0.5773502691896258, 1e38, 0, 0),
            row(
                    "variance",
                    "mean(z.length, i -> square(z[i])) - square(mean(z))",
                    "mean(z.length, i -> square(z[i] - mean(z)))",
                    2.0 / 3,
                    1e9,
                    1e9 + 1,
                    1e9 + 2),
            row(
                    "variance",
                    "mean(z.length, i -> z[i] * t[i]) - mean(z) * mean(t)",
                    "mean(z.length, i -> (z[i] - mean(z)) * (t[i] - mean(t)))",
                    0,
                    1e9,
                    1e9 + 1,
                    1e9 + 2),
            row(
                    "sum-of-squares",
                    "squaredNorm(z) - square(sum(z)) / z.length",
                    "sum(z.length, i -> square(z[i] - mean(z)))",
                    2,
                    1e9,
                    1e9 + 1,
                    1e9 + 2),
            row(
                    "squared-distance",
                    "squaredNorm(z) + squaredNorm(t) - 2 * dot(z, t)",
                    "sum(z.length, i -> square(z[i] - t[i]))",
                    3 * 0x1p-66,
                    1 + 0x1p-33,
                    1 + 0x1p-33,
                    1 + 0x1p-33),
            element("taylor-rest", "p - log1p(p)", "", 4.999999999666666667e-21, 1e-10, 0),
            element("cosh-minus-one", "cosh(p) - 1", "2 * square(sinh(0.5f * p))", 5e-21, 1e-10, 0),
            element("root-minus-1", "sqrt(1 + p) - 1", "p / (1 + sqrt(1 + p))", 5e-21, 1e-20, 0),
            element("share-of-next", "q - q / (1 + p)", "", 3e-20, 1e-20, 3),
            element("share-of-next", "q + (1 + q) - q / (1 + p)", "", 4, 1e-20, 3),
            element("removable-singularity", "(exp(p) - 1) / p", "", 1.00000000005, 1e-10, 0),
            element("removable-singularity", "log(sinh(p) / p)", "", 1.6666666666666667e-21, 1e-10, 0),
            element("guarded-singularity", "p == 0 ? 1 : (exp(p) - 1) / p", "(exp(p) - 1) / p", 1, 0, 0),
            element("overflowing-divisor", "q / (exp(p) - 1)", "", 3 * Math.exp(-50), 50, 3),
            element("removable-singularity", "p / sinh(p)", "", 100 * Math.exp(-50), 50, 3),
            element("hyperbolic-divisor", "q / cosh(p)", "", 3 / Math.cosh(50), 50, 3),
            element("power-of-one-plus", "pow(1 + p, 1 / q)", "", Math.exp(1 - 5e-11), 1e-10, 1e-10),
            element("power-minus-one", "pow(p, q) - 1", "", 1e-20 * Math.log(3), 3, 1e-20),
            element("power-minus-one", "1 - pow(1 + p, 0.25f)", "", -2.5e-21, 1e-20, 0),
            element("sigmoid-of-softplus", "exp(-softplus(p))", "sigmoid(-p)", 1 / (1 + Math.exp(50)), 50, 0),
            element("sigmoid-of-softplus", "1 - exp(logSigmoid(p))", "sigmoid(-p)", 1 / (1 + Math.exp(50)), 50, 0),
            element(
                    "one-minus-sigmoid-squared",
                    "1 - square(sigmoid(p))",
                    "sigmoid(-p) * (1 + sigmoid(p))",
                    2 / (1 + Math.exp(50)),
                    50,
                    0),
            element("erf", "2 * normalCdf(p) - 1", "", 1e-10 * Math.sqrt(2 / Math.PI), 1e-10, 0),
            element("erf", "erfc(p) - 1", "-erf(p)", -2e-10 / Math.sqrt(Math.PI), 1e-10, 0),
            element(
                    "log-expected-improvement",
                    "log(p * normalCdf(p) + exp(-0.5f * p * p) / sqrt(2 * PI))",
                    "",
                    -500014.73445209115845,
                    -1000,
                    0),
            element("entropy-relative-to-whole", "p * log(p / (p + q))", "", -1, 1e20, 1),
            element("asinh", "log(sqrt(1 + square(p)) + p)", "asinh(p)", 1e-10, 1e-10, 0),
            element("atanh", "log((1 + p) / (1 - p))", "2 * atanh(p)", 2e-10, 1e-10, 0),
            element("atanh-of-two", "log1p(p) - log1p(-p)", "2 * atanh(p)", 2e-10, 1e-10, 0),
            element("log-1-minus-exp-of-exp", "log1mExp(-exp(p))", "", -1000, -1000, 0),
            element("log-normal-interval", "log(normalCdf(q) - normalCdf(p))", "", -19.339619277157038, 0, 1e-8),
            element("one-minus-tanh-squared", "1 - square(tanh(p))", "", 4 * Math.exp(-100), 50, 0),
            element("one-minus-cosine", "1 - cos(p)", "2 * square(sin(0.5f * p))", 5e-21, 1e-10, 0),
            element("relative-entropy", "p * log(p / q)", "", 0, 0, 0),
            element("relative-entropy", "p * log(q / p)", "", 0, 0, 0),
            row("x-log-quotient", "t[0] * 0 + (t[0] - 1) * log(z[0] / z[1])", "", 0, 1, 0, 0),
            element("x-log-difference", "p * (log(p) - log(q))", "p * log(p / q)", 0, 0, 0),
            element("x-log-y", "p * log(p)", "xlogy(p, p)", 0, 0, 0),
            element("x-log1p-y", "p * log(1 - q)", "", 0, 0, 1),
            row(
                    "x-log-softmax",
                    "sum(z.length, i -> softmax(z)[i] * log(softmax(z)[i]))",
                    "sum(z.length, i -> softmax(z)[i] * logSoftmax(z)[i])",
                    -LOG_2,
                    0,
                    0,
                    Double.NEGATIVE_INFINITY));

    private static final List<Case> CASES =
            Stream.concat(KNOWN.stream(), NaiveLikelihoods.CASES.stream()).toList();

    static Case element(String rule, String naive, String stable, double expected, double p, double q) {
        return new Case(rule, true, naive, stable, expected, p, q);
    }

    static Case row(String rule, String naive, String stable, double expected, double... z) {
        return new Case(rule, false, naive, stable, expected, z);
    }

    @Test
    void aNaiveFormulaAndItsStableFormAreOneExpression() {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < CASES.size(); i++) {
            Case c = CASES.get(i);
            source.append(method("naive" + i, c, c.naive()));
            source.append(method("stable" + i, c, c.stable().isEmpty() ? c.naive() : c.stable()));
        }
        SourceReading reading = SourceReading.ofMembers(source.toString());
        assertThat(reading.compilation().errors()).isEmpty();
        Map<String, Formula> formulas =
                reading.formulas().stream().collect(Collectors.toMap(Formula::methodName, f -> f));
        Set<String> applied = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            check(CASES.get(i), formulas.get("naive" + i), formulas.get("stable" + i), applied, problems);
        }
        assertThat(problems).isEmpty();
        assertThat(applied)
                .containsAll(StabilityRules.ALL.stream().map(Rule::name).toList());
    }

    /** Each local holds the one before twice: as a tree the product has 2^40 factors. */
    @Test
    void aShortFormulaMayHaveManyFactors() {
        StringBuilder source =
                new StringBuilder("@Loss static float many(@Prediction float p) {\nfloat v0 = exp(p);\n");
        for (int i = 0; i < 40; i++) {
            String op = i % 3 == 0 ? "%s / (1 + %s)" : i % 3 == 1 ? "%s * (p * %s)" : "%s + 2 * %s";
            source.append("float v" + (i + 1) + " = " + op.formatted("v" + i, "v" + i) + ";\n");
        }
        SourceReading reading = SourceReading.ofMembers(source + "return log(v40) + sqrt(v40);\n}");
        Derivatives derivatives =
                ReverseMode.differentiate(Stabilizer.rewrite(reading.formula()).formula());
        assertThat(LogSumExpSplitter.rewrite(Simplifier.rewrite(derivatives)).gradient())
                .hasSize(1);
    }

    private static String method(String name, Case c, String expression) {
        return "@Loss static float %s(%s) { return %s; }\n"
                .formatted(
                        name,
                        c.scalar()
                                ? "@Prediction float p, @Prediction float q"
                                : "@Prediction float[] z, @Target float[] t, @Target int k",
                        expression);
    }

    private static void check(Case c, Formula naive, Formula stable, Set<String> applied, List<String> problems) {
        Stabilizer.Result result = Stabilizer.rewrite(naive);
        List<String> rules =
                result.applications().stream().map(a -> a.rule().name()).toList();
        applied.addAll(rules);
        String text = ExprText.of(result.formula().value());
        if (!rules.contains(c.rule())) {
            problems.add("%s is not applied to %s: %s gives %s".formatted(c.rule(), c.naive(), rules, text));
        }
        String other = ExprText.of(Stabilizer.rewrite(stable).formula().value());
        if (!other.equals(text)) {
            problems.add("%s becomes %s, but %s becomes %s".formatted(c.naive(), text, c.stable(), other));
        }
        Map<String, Object> inputs = c.scalar()
                ? Map.of("p", c.x()[0], "q", c.x()[1])
                : Map.of("z", c.x(), "t", new double[] {1, 1, 1}, "k", 0.0);
        Derivatives computed = LogSumExpSplitter.rewrite(new Derivatives(result.formula(), List.of(), List.of()));
        double value = new Interpreter(naive.exprs(), InputValues.of(inputs)).evaluate(computed.value());
        if (!(Math.abs(value - c.expected()) <= 1e-14 * Math.abs(c.expected()))) {
            problems.add("%s = %s is %s instead of %s".formatted(c.naive(), text, value, c.expected()));
        }
    }
}
