package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import org.junit.jupiter.api.Test;

/**
 * Losses whose samples are matrices. Expected values and entries of gradients are those of the definitions in float64
 * by PyTorch 2 (avg_pool2d for windows, all permutations of sources).
 */
class MatrixSamplesTest {

    private static final Tensor IMAGES = wave(2, 9, 11, 1.3, 0.7, 0.5);
    private static final Tensor TRUE_IMAGES = wave(2, 9, 11, 0.9, 0.4, 1.1);

    /** {@code 0.5 + 0.4 sin(a·i + b·j + s·(k + 1))} at [k, i, j]. */
    private static Tensor wave(int samples, int rows, int columns, double a, double b, double s) {
        Tensor wave = Tensor.zeros(samples, rows, columns);
        for (int n = 0; n < wave.size(); n++) {
            int k = n / (rows * columns);
            wave.array()[n] =
                    (float) (0.5 + 0.4 * Math.sin(a * (n / columns % rows) + b * (n % columns) + s * (k + 1)));
        }
        return wave;
    }

    private static void check(LossFunction loss, double[] values, int[] entries, double[] gradient, Data... inputs) {
        LossInputs data = LossInputs.of(inputs);
        float[] found = loss.values(data).array();
        assertThat(found).hasSize(values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) found[i]).isCloseTo(values[i], within(2e-5 * (1 + Math.abs(values[i]))));
        }
        LossResult result = loss.valueAndGradients(data, Reduction.MEAN);
        for (int i = 0; i < entries.length; i++) {
            assertThat((double) result.gradient().array()[entries[i]])
                    .as("∂[%s]", entries[i])
                    .isCloseTo(gradient[i], within(2e-5 * (1 + Math.abs(gradient[i]))));
        }
    }

    @Test
    void totalVariationOfImages() {
        check(
                new ImageTotalVariationLoss(),
                new double[] {42.523461140692234, 42.571980096399784},
                new int[] {0, 25, 60, 120},
                new double[] {-1, -1, -1, -0.5},
                IMAGES);
    }

    @Test
    void structuralSimilarityOfImages() {
        check(
                new StructuralSimilarityLoss(),
                new double[] {1.3990634627049756, 1.1577465466505283},
                new int[] {0, 25, 60, 120},
                new double[] {
                    -0.0028950303012945733, 0.046260100648379154, -0.031216802196311802, -0.0051812566815987345
                },
                IMAGES,
                TRUE_IMAGES);
        assertThat(new StructuralSimilarityLoss().value(LossInputs.of(IMAGES, IMAGES), Reduction.MEAN))
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void sourcesInTheBestOrder() {
        sources(1, new double[] {-2.2387703878783665, 0.29369628306601836}, new int[] {0, 7, 23}, new double[] {
            -1.106281165282995, -1.2009170917400833, -2.1204327603502784
        });
        sources(2, new double[] {-8.76158824942558, -9.31130352511332}, new int[] {0, 7, 47}, new double[] {
            1.8486886055170142, -0.8361715211728156, -1.7798288859823526
        });
        sources(3, new double[] {-8.887639013805774, -8.028289285913734}, new int[] {0, 7, 71}, new double[] {
            1.2324590703446756, -0.5574476807818769, 0.9287591964773503
        });
    }

    private static void sources(int count, double[] values, int[] entries, double[] gradient) {
        check(
                new PermutationInvariantDistortionLoss(),
                values,
                entries,
                gradient,
                wave(2, count, 12, 2.1, 0.9, 0.3),
                wave(2, count, 12, -1.7, 1.1, 0.8));
    }

    @Test
    void sourcesInAnyOrderAreTheSame() {
        Tensor p = wave(1, 3, 12, 2.1, 0.9, 0.3);
        float[] y = wave(1, 3, 12, -1.7, 1.1, 0.8).array();
        float[] turned = new float[36];
        System.arraycopy(y, 12, turned, 0, 24);
        System.arraycopy(y, 0, turned, 24, 12);
        LossFunction loss = new PermutationInvariantDistortionLoss();
        assertThat(loss.value(LossInputs.of(p, Tensor.over(turned, 1, 3, 12)), Reduction.MEAN))
                .isCloseTo(loss.value(LossInputs.of(p, Tensor.over(y, 1, 3, 12)), Reduction.MEAN), within(1e-5));
    }

    @Test
    void diceOfClassesAndImages() {
        Tensor p = wave(2, 6, 3, 1.3, 0.7, 0.5);
        for (int row = 0; row < 12; row++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(p.array()[3 * row + c]);
            }
            for (int c = 0; c < 3; c++) {
                p.array()[3 * row + c] = (float) (Math.exp(p.array()[3 * row + c]) / sum);
            }
        }
        check(
                new ClassDiceLoss(1e-7f, 1, -100),
                new double[] {0.5452274469038556, 0.5511223126052678},
                new int[] {0, 7, 35},
                new double[] {-0.055462280348191395, 0.01778679107662443, 0.02343379353141076},
                p,
                IntTensor.over(new int[] {0, 1, 2, 1, 0, -100, 1, 1, -100, 1, 0, 1}, 2, 6));
    }

    @Test
    void samplesOfWeightZeroAreNotLookedAt() {
        Tensor holes = Tensor.over(IMAGES.array().clone(), 2, 9, 11);
        holes.array()[100] = Float.NaN;
        LossInputs weighted = LossInputs.of(holes).withWeights(Tensor.vector(2, 0));
        LossResult result = new ImageTotalVariationLoss().valueAndGradients(weighted, Reduction.WEIGHTED_MEAN);
        assertThat(result.value()).isCloseTo(42.523461, within(1e-4));
        for (int i = 99; i < 198; i++) {
            assertThat(result.gradient().array()[i]).isZero();
        }
    }

    @Test
    void shapesThatDoNotFitAreTold() {
        LossFunction loss = new StructuralSimilarityLoss();
        assertThatThrownBy(() -> loss.value(LossInputs.of(Tensor.zeros(9, 11), Tensor.zeros(9, 11)), Reduction.MEAN))
                .isInstanceOf(ShapeException.class)
                .hasMessage("The loss structuralSimilarity(p, y, range) takes 'p' with three axes, [samples, rows,"
                        + " columns], but its shape is [9, 11]; reshape it.");
        assertThatThrownBy(() -> loss.value(LossInputs.of(IMAGES, Tensor.zeros(3, 9, 11)), Reduction.MEAN))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("needs one matrix per sample, shape [2, rows, columns]");
        assertThatThrownBy(() -> loss.value(LossInputs.of(IMAGES, Tensor.zeros(2, 9, 12)), Reduction.MEAN))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("the one has 11 entries there and the other 12");
    }

    @Test
    void aConvolutionOverTimeIsFitted() {
        Sequential model = Sequential.builder()
                .input(9, 11)
                .add(Conv1D.of(11, 3).withPadding(Padding.SAME))
                .seed(1)
                .build();
        model.compile(
                CompileOptions.of(Adam.of(0.02), new StructuralSimilarityLoss()).withThreads(2));
        Dataset data = Dataset.of(IMAGES, TRUE_IMAGES);
        double before = model.evaluate(data).loss();
        model.fit(data, FitOptions.epochs(150));
        assertThat(model.evaluate(data).loss()).isLessThan(0.5 * before);
        model.close();
    }

    @Test
    void anOutputOfOneAxisIsRefused() {
        Sequential model = Sequential.builder().input(9).add(Dense.of(3)).build();
        assertThatThrownBy(() -> model.compile(CompileOptions.of(Adam.of(0.02), new ImageTotalVariationLoss())))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("takes one matrix of predictions per sample, but the model's output has the shape"
                        + " [3]; give the model an output of two axes, [rows, columns].");
    }
}
