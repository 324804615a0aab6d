package dev.lossforge.runtime.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesLearningRatesThatAreNotAboveZero(double learningRate) {
        String message = "A learning rate is a finite number above 0, but " + learningRate
                + " is given; 0.001 is a common start.";
        assertThatThrownBy(() -> Sgd.of(learningRate))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Adam.of(learningRate)).hasMessage(message);
        assertThatThrownBy(() -> AdamW.of(learningRate)).hasMessage(message);
        assertThatThrownBy(() -> Adam.of().withLearningRate(learningRate)).hasMessage(message);
    }

    @Test
    void refusesOtherHyperparametersOutOfRange() {
        assertThatThrownBy(() -> Sgd.of(0.1).withMomentum(1)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> Sgd.of(0.1).withNesterovMomentum(0)).hasMessageContaining("Nesterov");
        assertThatThrownBy(() -> Adam.of().withBetas(1, 0.999)).hasMessageContaining("beta1");
        assertThatThrownBy(() -> Adam.of().withBetas(0.9, Double.NaN)).hasMessageContaining("beta2");
        assertThatThrownBy(() -> Adam.of().withEpsilon(0)).hasMessageContaining("epsilon");
        assertThatThrownBy(() -> AdamW.of().withWeightDecay(-1)).hasMessageContaining("weight decay");
        assertThatThrownBy(() -> new GradientClipping.ByValue(0)).hasMessageContaining("gradient components");
        assertThatThrownBy(() -> new GradientClipping.ByNorm(Double.NaN)).hasMessageContaining("gradient norms");
        assertThatThrownBy(() -> new GradientClipping.ByGlobalNorm(-1)).hasMessageContaining("global gradient norm");
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(Adam.of()).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8));
        assertThat(AdamW.of(0.01)).isEqualTo(new AdamW(new Adam(0.01, 0.9, 0.999, 1e-8), 0.01));
    }

    @Test
    void keepsOnlyTheSlotsItNeeds() {
        assertThat(Sgd.of(0.1).slots()).isEmpty();
        assertThat(Sgd.of(0.1).withNesterovMomentum(0.9).slots()).containsExactly("velocity");
        assertThat(AdamW.of().slots()).containsExactly("firstMoment", "secondMoment");
    }

    @Test
    void anotherLearningRateKeepsTheRest() {
        assertThat(Sgd.of(0.1).withNesterovMomentum(0.9).withLearningRate(0.2)).isEqualTo(new Sgd(0.2, 0.9, true));
        assertThat(AdamW.of().withWeightDecay(0.5).withLearningRate(0.2).learningRate())
                .isEqualTo(0.2);
        assertThat(AdamW.of().withWeightDecay(0.5).withLearningRate(0.2).weightDecay())
                .isEqualTo(0.5);
    }
}
