package dev.lossforge.runtime.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.SquaredError;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompileSpecTest {
    private final CompileOptions options = CompileOptions.of(Adam.of(), new SquaredError());

    @Test
    void refusesWhatCannotBeMinimised() {
        assertThatThrownBy(() -> options.withReduction(Reduction.NONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("NONE");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025, Integer.MAX_VALUE})
    void refusesThreadsThatNoMachineHas(int threads) {
        assertThatThrownBy(() -> options.withThreads(threads))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("from 1 to 1024 threads, but " + threads);
    }

    @Test
    void refusesPredictionsThatAreNoOutputs() {
        LossSignature.Input real = LossSignature.Input.prediction("real", 0);
        LossSignature.Input fake = LossSignature.Input.prediction("fake", 0);
        LossFunction critic = named("critic", real, fake);
        Architecture one = Architecture.input(3).add(Dense.of(2)).build();
        Architecture both =
                Architecture.input(3).add(Dense.of(2)).split("real", "fake").build();
        CompileSpec spec = CompileOptions.of(Adam.of(), critic).spec(0);
        spec.requireOutputs(both);
        assertThatThrownBy(() -> spec.requireOutputs(one))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "The loss critic(real, fake) takes the prediction 'real', but the model's outputs"
                                + " are named output; rename an output, or select one:");
        CompileSpec only =
                CompileOptions.of(Adam.of(), named("generator", fake)).spec(0);
        only.requireOutputs(one);
        CompileSpec elsewhere = CompileOptions.of(
                        Adam.of(), LossTerm.of(named("generator", fake)).from("fake", "scores"))
                .spec(0);
        assertThatThrownBy(() -> elsewhere.requireOutputs(one)).hasMessageContaining("the prediction 'scores'");
    }

    @Test
    void refusesTermsThatCannotBeToldApartOrCount() {
        LossTerm term = LossTerm.of(new SquaredError());
        assertThatThrownBy(() -> CompileOptions.of(Adam.of(), term, term))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Two losses are named");
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> term.weighted(weight)).hasMessageContaining("above 0, but " + weight);
            assertThatThrownBy(() -> options.withHyperparameterRate(weight)).hasMessageContaining("but " + weight);
        }
        assertThatThrownBy(() -> term.from("logits", "digit")).hasMessageContaining("no prediction or target 'logits'");
        assertThatThrownBy(() -> term.named("a/b")).hasMessageContaining("has no '/'");
    }

    @Test
    void refusesARateOfHyperparametersThatNoLossTrains() {
        assertThatThrownBy(() -> options.withHyperparameterRate(0.1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("0.1 times that of the layers, but no loss has a hyperparameter that is trained");
        assertThat(options.withHyperparameterRate(1).spec(0).hyperparameterRate())
                .isEqualTo(1);
    }

    private static LossFunction named(String name, LossSignature.Input... inputs) {
        return new FormulaLoss(LossSignature.of(name, Scope.ELEMENT, inputs)) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                throw new UnsupportedOperationException("only the signature is used");
            }
        };
    }

    @Test
    void changesOneThingAtATime() {
        GradientClipping clipping = new GradientClipping.ByNorm(2);
        CompileSpec changed = options.withThreads(2)
                .withReduction(Reduction.SUM)
                .withClipping(clipping)
                .withFrozenLayers("dense")
                .spec(4);
        assertThat(changed)
                .isEqualTo(new CompileSpec(
                        changed.losses(), Reduction.SUM, Adam.of(), 1, List.of(), clipping, Set.of("dense"), 4, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesPenaltyFactorsOutOfRange(double factor) {
        PenaltyFunction squares = SquaredError.squaresOfWeights();
        assertThatThrownBy(() -> new Penalty(factor, squares))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("squares")
                .hasMessageContaining(String.valueOf(factor));
    }

    @Test
    void collectsPenalties() {
        PenaltyFunction first = SquaredError.squaresOfWeights();
        PenaltyFunction second = SquaredError.squaresOfWeights();
        assertThat(options.withPenalty(0.1, first)
                        .withPenalty(0.2, second)
                        .spec(0)
                        .penalties())
                .containsExactly(new Penalty(0.1, first), new Penalty(0.2, second));
    }

    @Test
    void refusesANegativeNumberOfUpdates() {
        Map<String, Tensor> none = Map.of();
        assertThatThrownBy(() -> new OptimizerState(-1, none)).isInstanceOf(ConfigurationException.class);
    }
}
