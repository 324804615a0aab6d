package dev.lossforge.processor.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.Formulas;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules alone: what it makes of its pattern, and that the result is right where the pattern fails. */
class StabilityRulesTest {

    private static final Input P = Input.of(0, "p", Role.PREDICTION, Type.FLOAT, 0);
    private static final Input Y = Input.of(1, "y", Role.PREDICTION, Type.FLOAT, 0);
    private static final Input Z = Input.of(0, "z", Role.PREDICTION, Type.FLOAT, 1);

    private static final double TANH_REST = -3.3333320000005398905e-10;
    private static final double BESSEL_REST = -10.129278903930855472;
    private static final double NORMAL_INTERVAL = -204.00156229501798932;

    private final Exprs e = new Exprs();
    private final Expr p = e.load(P, List.of());
    private final Expr y = e.load(Y, List.of());
    private final Set<String> tested = new HashSet<>();

    @Test
    void scalarAndRowRules() {
        scalar("log-exp", log(exp(p)), "p", 200, 0, 200);
        String logSumExp = "logΣexp[i < 2] (i == 0 ? p : y)";
        scalar("log-sum-exp-2", log(add(exp(p), exp(y))), logSumExp, 1000, 999, 1000.3132616875182);
        scalar("log-sum-exp-2", log(add(exp(p), exp(y))), logSumExp, Double.NEGATIVE_INFINITY, 1.5, 1.5);
        Expr difference = sub(p, y);
        Expr exponentials = add(exp(difference), exp(sub(y, p)));
        String logCosh = "0.6931471805599453 + logCosh(p − y)";
        scalar("log-sum-exp-2", log(exponentials), logCosh, 1000, 2000, 1000);
        scalar("sigmoid", div(c(1), add(c(1), exp(neg(p)))), "sigmoid(p)", -1000, 0, 0);
        scalar("sigmoid", div(exp(p), add(c(1), exp(p))), "sigmoid(p)", 1000, 0, 1);
        scalar("sigmoid-exp", div(exp(p), add(exp(p), exp(y))), "sigmoid(p − y)", 1000, 900, 1);
        scalar("one-minus-sigmoid", sub(c(1), sigmoid(p)), "sigmoid(−p)", 50, 0, Math.exp(-50));
        scalar("log-sigmoid", log(sigmoid(p)), "−softplus(−p)", -1e9, 0, -1e9);
        scalar("softplus", log(add(c(1), exp(p))), "softplus(p)", 1e9, 0, 1e9);
        scalar("log-1-minus-exp", log(sub(c(1), exp(p))), "log1mExp(p)", -1e-20, 0, Math.log(1e-20));
        scalar("expm1", sub(exp(p), c(1)), "expm1(p)", 1e-20, 0, 1e-20);
        scalar("log1p", log(add(c(1), p)), "log1p(p)", 1e-20, 0, 1e-20);
        scalar("log1p", log(sub(c(1), p)), "log1p(−p)", 1e-20, 0, -1e-20);
        scalar("log-cosh", log(e.unary(UnaryOp.COSH, p)), "logCosh(p)", 800, 0, 800 - Math.log(2));
        scalar("hypot", sqrt(add(mul(p, p), mul(y, y))), "hypot(p, y)", 3e200, 4e200, 5e200);
        scalar("x-log-y", mul(p, log(p)), "xlogy(p, p)", 0, 0, 0);
        scalar("x-log-y", mul(log(y), p), "xlogy(p, y)", 0, 0, 0);
        scalar("x-log1p-y", mul(p, log(sub(c(1), y))), "xlog1py(p, −y)", 0, 1, 0);
        scalar("relative-entropy", mul(p, log(div(p, y))), "relativeEntropy(p, y)", 0, 0, 0);
        softmaxRules();
        edges();
        densitiesAndPoles();
        assertThat(StabilityRules.ALL.stream().map(Rule::name)).containsAll(tested);
    }

    private void edges() {
        Expr half = mul(c(0.5), p);
        scalar("log-expm1", log(sub(exp(p), c(1))), "p + log1mExp(−p)", 1000, 0, 1000);
        scalar(
                "log-sinh",
                log(e.unary(UnaryOp.SINH, p)),
                "p − 0.6931471805599453 + log1mExp((−2)·p)",
                800,
                0,
                800 - Math.log(2));
        applied("log-softplus", log(e.unary(UnaryOp.SOFTPLUS, p)), -1000, 0, -1000);
        applied("log-difference-sigmoid", log(sub(sigmoid(p), sigmoid(y))), 121, 120, -120.45867514538708);
        applied("log-weighted-sum-exp", log(mul(half, sub(exp(p), exp(y)))), 1000, 0, 1000 + Math.log(500));
        applied("power-of-exp", e.binary(BinaryOp.POW, exp(p), y), 1000, 0.25, Math.exp(250));
        applied("power-of-square", e.binary(BinaryOp.POW, mul(p, p), y), 1e200, 0.75, 1e300);
        applied("function-of-choice", log(choice(sigmoid(p), exp(p))), -1000, 1, -1000);
        applied("operation-of-choice", sub(c(1), choice(sigmoid(p), p)), 50, 1, Math.exp(-50));
        applied(
                "log-of-difference-of-choice",
                log(sub(sigmoid(p), choice(sigmoid(y), p))),
                121,
                120,
                -120.45867514538708);
        applied(
                "complement-of-mixture",
                sub(c(1), add(mul(y, sigmoid(p)), mul(sub(c(1), y), p))),
                50,
                1,
                Math.exp(-50));
        applied("erfc", add(c(1), e.unary(UnaryOp.ERF, p)), -5, 0, 1.5374597944280349e-12);
        applied("erfc-complement", sub(c(1), e.unary(UnaryOp.NORMAL_CDF, p)), 6, 0, 9.865876450376946e-10);
        applied("log1p-erf", e.unary(UnaryOp.LOG1P, e.unary(UnaryOp.ERF, p)), -5, 0, Math.log(1.5374597944280349e-12));
        applied("log-erfc", log(e.unary(UnaryOp.ERFC, p)), 5, 0, Math.log(1.5374597944280349e-12));
        applied("log-normal-cdf", log(e.unary(UnaryOp.NORMAL_CDF, p)), -6, 0, Math.log(9.865876450376946e-10));
        firstTerms();
        Expr rise = sub(e.unary(UnaryOp.LGAMMA, add(p, y)), e.unary(UnaryOp.LGAMMA, p));
        scalar("gamma-difference", rise, "lgammaDifference(p, y)", 1e12, 39, 1077.609823521954380);
    }

    private void firstTerms() {
        Expr log1p = e.unary(UnaryOp.LOG1P, p);
        scalar("taylor-rest", sub(p, log1p), "−log1pRest(p)", 1e-20, 0, 5e-41);
        applied("taylor-rest", sub(mul(y, log1p), mul(y, p)), 1e-20, 3, -1.5e-40);
        applied("taylor-rest", sub(mul(y, log1p), mul(y, p)), -1, 0, 0);
        applied("taylor-rest", add(sub(mul(y, log(p)), mul(y, p)), y), 1 + 0x1p-50, 3, -3 * 0x1p-101);
        scalar("taylor-rest", sub(sub(exp(p), c(1)), p), "expm1Rest(p)", 1e-20, 0, 5e-41);
        scalar("taylor-rest", sub(exp(p), add(p, c(1))), "expm1Rest(p)", -1e-20, 0, 5e-41);
        scalar("taylor-rest", sub(sub(p, c(1)), log(p)), "−logRest(p)", 1 + 0x1p-50, 0, 0x1p-101);
        applied("taylor-rest", sub(e.unary(UnaryOp.TANH, p), p), 1e-3, 0, TANH_REST);
        applied("taylor-rest", sub(e.unary(UnaryOp.LOG_BESSEL_I0, p), p), 1e8, 0, BESSEL_REST);
        applied("cosh-minus-one", sub(e.unary(UnaryOp.COSH, p), c(1)), 1e-20, 0, 5e-41);
        applied("root-minus-1", sub(sqrt(add(c(1), p)), c(1)), 1e-20, 0, 5e-21);
        applied("share-of-next", sub(y, div(y, add(c(1), p))), 1e-20, 3, 3e-20);
        Expr mass = sub(e.unary(UnaryOp.NORMAL_CDF, p), e.unary(UnaryOp.NORMAL_CDF, y));
        applied("log-normal-interval", log(mass), 20.125, 20, NORMAL_INTERVAL);
        applied("log-1-minus-exp-of-exp", log(sub(c(1), exp(neg(exp(p))))), -1000, 0, -1000);
        applied("asinh", log(add(p, sqrt(add(mul(p, p), c(1))))), -1e8, 0, -19.113827924512310807);
        applied("atanh", log(div(add(c(1), p), sub(c(1), p))), 1e-20, 0, 2e-20);
        applied("atanh-of-two", sub(log(add(c(1), p)), log(sub(c(1), p))), 1e-20, 0, 2e-20);
    }

    private void densitiesAndPoles() {
        Expr power = e.binary(BinaryOp.POW, exp(p), y);
        applied("log-of-power", log(mul(y, e.binary(BinaryOp.POW, y, mul(c(200), p)))), 3, 1e-2, -601 * Math.log(100));
        applied("log-share-of-whole", log(div(exp(p), add(exp(p), y))), 80, 3, -3 * Math.exp(-80));
        applied("removable-singularity-of-sum", mul(add(div(c(1), p), y), log(add(c(1), p))), 1e-20, 3, 1);
        applied("square-of-arc-cosine", square(e.unary(UnaryOp.ACOS, p)), 1 - 0x1p-40, 0, 0x1p-39 + 0x1p-80 / 3);
        Expr tanh = e.unary(UnaryOp.TANH, p);
        applied("taylor-rest", sub(div(c(1), tanh), div(c(1), p)), 1e-20, 0, 1e-20 / 3);
        applied("one-plus-tanh", add(c(1), tanh), -50, 0, 2 * Math.exp(-100));
        applied("one-plus-tanh", sub(c(1), tanh), 50, 0, 2 * Math.exp(-100));
        applied("inverse", e.unary(UnaryOp.ATANH, tanh), 50, 0, 50);
        applied("complement-of-expm1", log(sub(c(1), sub(c(1), exp(neg(power))))), 100, 2, -Math.exp(200));
        applied("sum-by-exp", div(add(exp(p), y), exp(sub(p, y))), 800, 1, Math.exp(1));
        Expr count = add(lgamma(add(exp(p), y)), neg(lgamma(exp(p))));
        applied("gamma-of-exponential", count, -1000, 3, Math.log(2) - 1000);
        applied("beta-difference", sub(beta(add(p, y), add(y, c(3))), beta(p, y)), 2, 1, -Math.log(30));
        Expr part = add(exp(p), c(2));
        applied("difference-of-log-sum-exps", sub(log(part), log(add(part, exp(y)))), 80, 0, -Math.exp(-80));
    }

    private Expr choice(Expr x, Expr z) {
        return e.select(e.compare(Comparison.GREATER, y, c(0.5)), x, z);
    }

    /** The rule is applied, among others perhaps, and the value is right. */
    private void applied(String rule, Expr naive, double p0, double y0, double expected) {
        Stabilizer.Result result = Stabilizer.rewrite(Formulas.of(e, Scope.ELEMENT, List.of(P, Y), naive));
        expectApplied(rule, result);
        double value = new Interpreter(e, InputValues.of(Map.of("p", p0, "y", y0)))
                .evaluate(result.formula().value());
        assertThat(value).as(rule).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    /** What can neither overflow nor vanish is left as it is, and costs no exponentials of logarithms. */
    @Test
    void aModestSumStays() {
        for (Expr sum : List.of(add(c(0.5), sigmoid(p)), add(mul(c(3), sigmoid(y)), c(1.5)))) {
            Stabilizer.Result result = Stabilizer.rewrite(Formulas.of(e, Scope.ELEMENT, List.of(P, Y), div(p, sum)));
            assertThat(result.applications()).isEmpty();
        }
    }

    private void softmaxRules() {
        Expr n = e.extent(Z, 0);
        Expr sumOfExp = e.reduce(ReduceOp.SUM, n, i -> exp(e.load(Z, List.of(i))));
        Expr first = e.load(Z, List.of(e.constant(0)));
        row("log-sum-exp", log(sumOfExp), "logΣexp[i < |z|] z[i]");
        row("softmax", div(exp(first), sumOfExp), "exp(z[0] − logΣexp[i < |z|] z[i])");
        InputValues large = InputValues.of(Map.of("z", new double[] {1000, 1001}));
        Formula stable = Stabilizer.rewrite(Formulas.of(e, Scope.SAMPLE, List.of(Z), log(sumOfExp)))
                .formula();
        Derivatives derivatives = LogSumExpSplitter.rewrite(Simplifier.rewrite(ReverseMode.differentiate(stable)));
        assertThat(DerivativeValues.of(e, derivatives.gradient(), large).values())
                .allSatisfy(g -> assertThat(g).isBetween(0.0, 1.0))
                .satisfies(g -> assertThat(g.stream().mapToDouble(d -> d).sum()).isEqualTo(1.0, within(1e-12)));
    }

    private void scalar(String rule, Expr naive, String stableText, double p0, double y0, double expected) {
        Formula formula = Formulas.of(e, Scope.ELEMENT, List.of(P, Y), naive);
        Stabilizer.Result result = Stabilizer.rewrite(formula);
        assertThat(ExprText.of(result.formula().value())).as(rule).isEqualTo(stableText);
        expectApplied(rule, result);
        double value = new Interpreter(e, InputValues.of(Map.of("p", p0, "y", y0)))
                .evaluate(result.formula().value());
        assertThat(value).as(rule).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
    }

    private void row(String rule, Expr naive, String stableText) {
        Stabilizer.Result result = Stabilizer.rewrite(Formulas.of(e, Scope.SAMPLE, List.of(Z), naive));
        assertThat(ExprText.of(result.formula().value())).as(rule).isEqualTo(stableText);
        expectApplied(rule, result);
    }

    private void expectApplied(String rule, Stabilizer.Result result) {
        assertThat(result.applications().stream().map(a -> a.rule().name())).contains(rule);
        tested.add(rule);
    }

    private Expr c(double value) {
        return e.constant(value);
    }

    private Expr exp(Expr x) {
        return e.unary(UnaryOp.EXP, x);
    }

    private Expr log(Expr x) {
        return e.unary(UnaryOp.LOG, x);
    }

    private Expr square(Expr x) {
        return e.unary(UnaryOp.SQUARE, x);
    }

    private Expr lgamma(Expr x) {
        return e.unary(UnaryOp.LGAMMA, x);
    }

    private Expr beta(Expr x, Expr z) {
        return e.binary(BinaryOp.LBETA, x, z);
    }

    private Expr sqrt(Expr x) {
        return e.unary(UnaryOp.SQRT, x);
    }

    private Expr sigmoid(Expr x) {
        return e.unary(UnaryOp.SIGMOID, x);
    }

    private Expr neg(Expr x) {
        return e.unary(UnaryOp.NEGATE, x);
    }

    private Expr add(Expr a, Expr b) {
        return e.binary(BinaryOp.ADD, a, b);
    }

    private Expr sub(Expr a, Expr b) {
        return e.binary(BinaryOp.SUBTRACT, a, b);
    }

    private Expr mul(Expr a, Expr b) {
        return e.binary(BinaryOp.MULTIPLY, a, b);
    }

    private Expr div(Expr a, Expr b) {
        return e.binary(BinaryOp.DIVIDE, a, b);
    }
}
