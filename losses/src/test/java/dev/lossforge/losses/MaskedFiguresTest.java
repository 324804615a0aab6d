package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Values and gradients of what is masked, ignored and weighted, as PyTorch 2.13 computes them in float64. {@code F} is
 * {@code torch.nn.functional}; each test names the calls that the numbers come from.
 */
class MaskedFiguresTest {
    private static final int IGNORED = 255;

    private static final Tensor PIXELS = Tensor.over(
            new float[] {
                0.1f, 1.5f, -0.4f, -1.2f, 0, 0.8f, 2, -0.7f, 0.6f, 0.3f, 0.9f, -2, //
                0, 0.25f, -1, 1, -1.5f, 0.75f, 0.5f, 1.25f, 0, -0.5f, 2, 0.125f
            },
            2,
            2,
            2,
            3);
    private static final IntTensor LABELS = IntTensor.over(new int[] {0, IGNORED, 2, 1, 1, 1, IGNORED, 2}, 2, 2, 2);

    /** The weights of the classes of the labels: 0.5, 2 and 1. What is ignored has any. */
    private static final Tensor CLASS_WEIGHTS = Tensor.over(new float[] {0.5f, 7, 1, 2, 2, 2, 7, 1}, 2, 2, 2);

    private static LossInputs pixels() {
        return LossInputs.of(PIXELS, LABELS).ignoring(IGNORED);
    }

    private static void assertFigures(
            LossFunction loss, LossInputs inputs, Reduction reduction, double value, double... gradient) {
        LossResult result = loss.valueAndGradients(inputs, reduction);
        assertThat(result.value()).isCloseTo(value, within(1e-6 * Math.abs(value)));
        float[] actual = result.gradients().values().iterator().next().array();
        assertThat(actual).hasSameSizeAs(gradient);
        for (int i = 0; i < gradient.length; i++) {
            assertThat((double) actual[i]).as("gradient %d", i).isCloseTo(gradient[i], within(2e-7));
        }
    }

    /** {@code F.cross_entropy(pixels, labels, ignore_index=255)}, classes last. */
    @Test
    void aMeanWithIgnoredPixels() {
        assertFigures(
                new SoftmaxCrossEntropyLoss(),
                pixels(),
                Reduction.MEAN,
                1.6353017823748104, //
                -0.13722926003963845,
                0.11937457037791799,
                0.017854689661720467,
                0,
                0,
                0, //
                0.12685823753937803,
                0.00852557289909487,
                -0.1353838104384729, //
                0.05703118726027466,
                -0.06274906815112849,
                0.005717880890853833, //
                0.06284790578844991,
                -0.08596835824870033,
                0.02312045246025041, //
                0.08956308243423196,
                -0.1593148811683006,
                0.06975179873406863,
                0,
                0,
                0, //
                0.011073652695694932,
                0.13490470708823124,
                -0.14597835978392618);
    }

    /** {@code F.cross_entropy(pixels, labels, weight=torch.tensor([.5, 2, 1]), ignore_index=255)}. */
    @Test
    void aWeightedMeanWithIgnoredPixels() {
        assertFigures(
                new SoftmaxCrossEntropyLoss(),
                pixels().withWeights(CLASS_WEIGHTS),
                Reduction.WEIGHTED_MEAN,
                1.5604322627153966, //
                -0.04843385648457828,
                0.04213220130985341,
                0.006301655174724871,
                0,
                0,
                0, //
                0.08954699120426685,
                0.006018051458184614,
                -0.09556504266245146, //
                0.08051461730862305,
                -0.08858691974276964,
                0.008072302434146588, //
                0.08872645523075282,
                -0.12136709399816518,
                0.03264063876741235, //
                0.1264419987306804,
                -0.2249151263552479,
                0.09847312762456747,
                0,
                0,
                0, //
                0.007816696020490541,
                0.09522685206228088,
                -0.10304354808277141);
    }

    /**
     * {@code F.cross_entropy(pixels, labels, ignore_index=255, reduction='sum')}; its gradient is 6 times the mean's.
     */
    @Test
    void aSumWithIgnoredPixels() {
        assertThat(new SoftmaxCrossEntropyLoss().value(pixels(), Reduction.SUM))
                .isCloseTo(9.811810694248862, within(1e-5));
    }

    private static final Tensor SCORES = Tensor.over(new float[] {0.5f, -1, 2, 0.25f, -0.75f, 1.5f}, 3, 2);
    private static final Tensor TRUTHS = Tensor.over(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);
    private static final Tensor MASK = Tensor.over(new float[] {1, 1, 0, 1, 1, 0}, 3, 2);

    /** {@code F.binary_cross_entropy_with_logits(scores, truths, weight=weights)}: a mean over all six. */
    @Test
    void aMeanOfWeightedElements() {
        Tensor weights = Tensor.over(new float[] {1, 2, 0.5f, 0, 3, 1.5f}, 3, 2);
        assertFigures(
                new BinaryCrossEntropyWithLogitsLoss(),
                LossInputs.of(SCORES, TRUTHS).withWeights(weights),
                Reduction.MEAN,
                0.9794662166761445, //
                -0.0629234447996909,
                0.08964714045666504,
                0.07339975649815686,
                0, //
                -0.3395893495876965,
                -0.04560638095158909);
    }

    /** {@code F.binary_cross_entropy_with_logits(scores[mask], truths[mask])}. */
    @Test
    void aMeanOfMaskedElements() {
        assertFigures(
                new BinaryCrossEntropyWithLogitsLoss(),
                LossInputs.of(SCORES, TRUTHS).withMask(MASK),
                Reduction.MEAN,
                0.6250372744230183, //
                -0.09438516719953635,
                0.06723535534249878,
                0,
                -0.10945587477855048,
                -0.16979467479384824,
                0);
    }

    /** {@code F.smooth_l1_loss(scores[mask], truths[mask])}. */
    @Test
    void aMaskedMeanOfResiduals() {
        assertFigures(
                new SmoothL1Loss(1),
                LossInputs.of(SCORES, TRUTHS).withMask(MASK),
                Reduction.MEAN,
                0.5390625, //
                -0.125,
                -0.25,
                0,
                -0.1875,
                -0.25,
                0);
    }
}
