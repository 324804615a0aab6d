package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Values that can be worked out by hand, and gradients at the kinks. */
class WorkedValuesTest {

    private static final double LN_0_9 = 0.10536051565782628;

    @Test
    void squaredErrors() {
        Tensor p = Tensor.matrix(new float[] {2.5f}, new float[] {5.5f});
        Tensor y = Tensor.matrix(new float[] {3}, new float[] {5});
        assertMean(new MeanSquaredErrorLoss(), p, y, 0.25);
        assertMean(new HalfSquaredErrorLoss(), p, y, 0.125);
        assertMean(new RootMeanSquaredErrorLoss(), p, y, 0.5);
        assertMean(new MeanAbsoluteErrorLoss(), p, y, 0.5);
        assertThat(entries(result(new RootMeanSquaredErrorLoss(), p, y).gradient()))
                .containsExactly(-0.5f, 0.5f);
    }

    @Test
    void rootMeanSquaredErrorOfEqualsIsFlat() {
        Tensor p = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
        LossResult result = result(new RootMeanSquaredErrorLoss(), p, p);
        assertThat(result.value()).isZero();
        assertThat(entries(result.gradient())).containsOnly(0f);
    }

    @Test
    void huberIsQuadraticThenLinear() {
        Tensor p = Tensor.vector(0.5f, 3, -3);
        Tensor y = Tensor.vector(0, 0, 0);
        LossResult result = new HuberLoss(1).valueAndGradients(LossInputs.of(p, y), Reduction.NONE);
        assertThat(entries(result.values())).containsExactly(0.125f, 2.5f, 2.5f);
        assertThat(entries(result.gradient())).containsExactly(0.5f, 1, -1);
        assertThat(entries(result.hessians().get("p"))).containsExactly(1f, 0, 0);
    }

    @Test
    void crossEntropyInNats() {
        Tensor p = Tensor.matrix(new float[] {0.9f, 0.1f});
        assertMean(new CrossEntropyLoss(), p, Tensor.matrix(new float[] {1, 0}), LN_0_9);
        assertMean(new SparseCrossEntropyLoss(), p, IntTensor.vector(0), LN_0_9);
        Tensor logits = Tensor.matrix(new float[] {(float) Math.log(0.9), (float) Math.log(0.1)});
        assertMean(new SoftmaxCrossEntropyLoss(), logits, IntTensor.vector(0), LN_0_9);
        assertMean(new SoftmaxCrossEntropyWithProbabilitiesLoss(), logits, Tensor.matrix(new float[] {1, 0}), LN_0_9);
    }

    @Test
    void logisticLossOnProbabilities() {
        assertMean(new BinaryCrossEntropyLoss(), Tensor.vector(0.9f), Tensor.vector(1), LN_0_9);
        assertMean(new BinaryCrossEntropyLoss(), Tensor.vector(0.9f), Tensor.vector(0), 2.302585092994046);
    }

    @Test
    void hingeAndItsKink() {
        Tensor s = Tensor.vector(2, 0.3f, 0.5f, 1, 0.5f);
        Tensor y = Tensor.vector(1, 1, -1, 1, 0);
        LossResult result = new HingeLoss().valueAndGradients(LossInputs.of(s, y), Reduction.NONE);
        assertThat(entries(result.values())).containsExactly(0, 1 - 0.3f, 1.5f, 0, 1.5f);
        assertThat(entries(result.gradient())).containsExactly(0, -1, 1, 0, 1);
    }

    @Test
    void squaredHingeOfZeroOneLabels() {
        Tensor s = Tensor.vector(0.6f, 0.4f);
        assertMean(new SquaredHingeLoss(), s, Tensor.vector(0, 1), 1.46);
    }

    @Test
    void kullbackLeiblerWithZeros() {
        Tensor p = Tensor.matrix(new float[] {0.5f, 0.5f, 0});
        Tensor y = Tensor.matrix(new float[] {1, 0, 0});
        LossResult result = result(new KullbackLeiblerLoss(), p, y);
        assertThat(result.value()).isCloseTo(Math.log(2), within(1e-7));
        assertThat(entries(result.gradient())).containsExactly(-2, 0, 0);
    }

    @Test
    void adversarialPairs() {
        Tensor real = Tensor.vector(0.5f, 2);
        Tensor fake = Tensor.vector(-0.5f, 1);
        LossInputs both = LossInputs.named("real", real).and("fake", fake);
        LossResult hinge = new HingeDiscriminatorLoss().valueAndGradients(both, Reduction.NONE);
        assertThat(entries(hinge.values())).containsExactly(1, 2);
        assertThat(entries(hinge.gradients().get("real"))).containsExactly(-1, 0);
        assertThat(entries(hinge.gradients().get("fake"))).containsExactly(1, 1);
        LossResult wasserstein = new WassersteinCriticLoss().valueAndGradients(both, Reduction.SUM);
        assertThat(wasserstein.value()).isEqualTo(-2);
        LossResult minimax = new MinimaxDiscriminatorLoss().valueAndGradients(both, Reduction.SUM);
        double expected = softplus(-0.5) + softplus(-2) + softplus(-0.5) + softplus(1);
        assertThat(minimax.value()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void regularizersSumOverAllWeights() {
        Tensor w = Tensor.matrix(new float[] {1, -2}, new float[] {0, 3});
        Tensor gradient = Tensor.zeros(2, 2);
        assertThat(new L1Regularizer().addGradient(w, 0.5, gradient)).isEqualTo(6);
        assertThat(entries(gradient)).containsExactly(0.5f, -0.5f, 0, 0.5f);
        assertThat(new L2Regularizer().addGradient(w, 0.5, gradient)).isEqualTo(14);
        assertThat(entries(gradient)).containsExactly(1.5f, -2.5f, 0, 3.5f);
        assertThat(new ElasticNetRegularizer(0.5f).value(w)).isEqualTo(10);
    }

    @Test
    void orthogonalRowsCostNothing() {
        Tensor w = Tensor.matrix(new float[] {1, 2}, new float[] {0, 3});
        Tensor gradient = Tensor.zeros(2, 2);
        assertThat(new OrthogonalRegularizer().addGradient(w, 1, gradient)).isEqualTo(152);
        assertThat(entries(gradient)).containsExactly(16, 104, 24, 144);
        assertThat(new OrthogonalRegularizer().value(Tensor.matrix(new float[] {0, 1, 0}, new float[] {-1, 0, 0})))
                .isZero();
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    private static LossResult result(LossFunction loss, Data prediction, Data target) {
        return loss.valueAndGradients(LossInputs.of(prediction, target), Reduction.MEAN);
    }

    private static void assertMean(LossFunction loss, Data prediction, Data target, double expected) {
        assertThat(result(loss, prediction, target).value())
                .as(loss.name())
                .isCloseTo(expected, within(2e-7 * Math.max(1, Math.abs(expected))));
        assertThat(loss.value(LossInputs.of(prediction, target), Reduction.MEAN))
                .as(loss.name())
                .isCloseTo(expected, within(2e-7 * Math.max(1, Math.abs(expected))));
    }

    /** The entries, with 0 for −0. */
    private static float[] entries(Tensor tensor) {
        float[] entries = tensor.array().clone();
        for (int i = 0; i < entries.length; i++) {
            entries[i] += 0f;
        }
        return entries;
    }
}
