package dev.lossforge.runtime.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses written by hand get shapes, weights, masks, reductions and chunks from the runtime. */
class UnitLossTest {

    /** The pinball loss of one element. */
    private record Pinball(float quantile) implements UnitLoss {
        @Override
        public LossSignature signature() {
            return LossSignature.of(
                    "pinball",
                    LossSignature.Scope.ELEMENT,
                    LossSignature.Input.prediction("p", 0),
                    LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0));
        }

        @Override
        public float evaluate(Unit unit) {
            float error = unit.value(1) - unit.value(0);
            float slope = error >= 0 ? quantile : quantile - 1;
            unit.addGradient(0, -slope);
            return slope * error;
        }
    }

    /** The multiclass hinge of a row of scores, whose second derivative is set to 2 to see where it goes. */
    private record Hinge() implements UnitLoss {
        @Override
        public LossSignature signature() {
            return new LossSignature(
                    "hinge",
                    LossSignature.Scope.SAMPLE,
                    List.of(
                            LossSignature.Input.prediction("scores", 1),
                            LossSignature.Input.target("label", LossSignature.Input.Type.INT, 0)),
                    List.of(),
                    true);
        }

        @Override
        public float evaluate(Unit unit) {
            int label = unit.integer(1);
            float sum = 0;
            for (int i = 0; i < unit.extent(0, 0); i++) {
                float excess = 1 + unit.value(0, i) - unit.value(0, label);
                if (i != label && excess > 0) {
                    sum += excess;
                    unit.addGradient(0, i, 1);
                    unit.addGradient(0, label, -1);
                    unit.addHessian(0, i, 2);
                }
            }
            return sum;
        }
    }

    private final LossFunction pinball = new Pinball(0.75f);
    private final Tensor predictions = Tensor.vector(1, 5, 2);
    private final Tensor targets = Tensor.vector(3, 1, 2);

    @Test
    void weightsMasksAndReductionsApply() {
        LossInputs inputs = LossInputs.of(predictions, targets);
        assertThat(pinball.value(inputs, Reduction.SUM)).isEqualTo(2.5);
        assertThat(pinball.value(inputs, Reduction.MEAN)).isCloseTo(2.5 / 3, within(1e-12));
        assertThat(pinball.values(inputs)).isEqualTo(Tensor.vector(1.5f, 1, 0));

        LossResult weighted =
                pinball.valueAndGradients(inputs.withWeights(Tensor.vector(2, 4, 0)), Reduction.WEIGHTED_MEAN);
        assertThat(weighted.value()).isCloseTo(7.0 / 6, within(1e-7));
        assertThat(weighted.gradient("p").array()).containsExactly(new float[] {-0.25f, 1f / 6, 0}, within(1e-7f));

        LossResult masked = pinball.valueAndGradients(inputs.withMask(Tensor.vector(0, 1, 1)), Reduction.MEAN);
        assertThat(masked.value()).isEqualTo(0.5);
        assertThat(masked.gradient()).isEqualTo(Tensor.vector(0, 0.125f, -0.375f));
    }

    @Test
    void rowsAreUnits() {
        Tensor scores = Tensor.matrix(new float[][] {{1, 2, 3}, {4, 0, 0}});
        LossResult result = new Hinge().valueAndGradients(LossInputs.of(scores, IntTensor.vector(1, 0)), Reduction.SUM);
        assertThat(result.value()).isEqualTo(2);
        assertThat(result.gradient("scores")).isEqualTo(Tensor.matrix(new float[][] {{0, -1, 1}, {0, 0, 0}}));
        assertThat(result.hessian("scores")).isEqualTo(Tensor.matrix(new float[][] {{0, 0, 2}, {0, 0, 0}}));
    }

    /** The first chunk is a few elements longer than the others. */
    @ParameterizedTest
    @ValueSource(ints = {3, 65_536, 65_547, 65_548, 65_549, 131_084, 131_085, 200_000})
    void aLargeBatchIsCutIntoChunks(int size) {
        Tensor zeros = Tensor.zeros(size);
        Tensor ones = Tensor.zeros(size);
        Arrays.fill(ones.array(), 1);
        LossResult result = pinball.valueAndGradients(LossInputs.of(zeros, ones), Reduction.SUM);
        assertThat(result.value()).isEqualTo(0.75 * size);
        assertThat(result.gradient().array()).containsOnly(-0.75f);
    }

    @Test
    void shapesAreChecked() {
        LossInputs inputs = LossInputs.of(predictions, Tensor.vector(1, 2));
        assertThatThrownBy(() -> pinball.value(inputs, Reduction.SUM))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'y' needs the same shape");
    }

    @Test
    void hyperparametersAreFieldsOfTheClass() {
        UnitLoss loss = new UnitLoss() {
            @Override
            public LossSignature signature() {
                return LossSignature.of(
                        "scaled",
                        LossSignature.Scope.ELEMENT,
                        LossSignature.Input.prediction("p", 0),
                        LossSignature.Input.parameter("s", LossSignature.Input.Type.FLOAT, 0));
            }

            @Override
            public float evaluate(Unit unit) {
                return unit.value(0);
            }
        };
        LossInputs inputs = LossInputs.of(predictions);
        assertThatThrownBy(() -> loss.value(inputs, Reduction.SUM))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keep hyperparameters in fields of the class");
    }

    @Test
    void aResultThatIsNotThereIsNamed() {
        LossResult result = pinball.valueAndGradients(LossInputs.of(predictions, targets), Reduction.SUM);
        assertThatThrownBy(() -> result.gradient("q"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("There is no prediction 'q'; the loss has p.");
        assertThatThrownBy(() -> result.parameterGradient("delta"))
                .hasMessage("There is no trainable hyperparameter 'delta'; the loss has none.");
        assertThatThrownBy(() -> result.hessian("p"))
                .hasMessage("There is no Hessian for a prediction 'p'; the loss computes none.");
    }
}
