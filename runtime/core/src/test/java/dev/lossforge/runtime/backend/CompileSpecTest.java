package dev.lossforge.runtime.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.loss.GeneratedLoss;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.loss.Regularizer;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.model.SquaredError;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.GradientClipping;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompileSpecTest {
    private final CompileSpec spec = CompileSpec.of(new SquaredError(), Adam.of());

    @Test
    void refusesWhatCannotBeMinimised() {
        assertThatThrownBy(() -> spec.withReduction(Reduction.NONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("NONE");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025, Integer.MAX_VALUE})
    void refusesThreadsThatNoMachineHas(int threads) {
        assertThatThrownBy(() -> spec.withThreads(threads))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("from 1 to 1024 threads, but " + threads);
    }

    @Test
    void refusesLossesOfMoreOrLessThanOneOutputAndOneTarget() {
        LossInput real = LossInput.prediction("real", 0);
        LossInput fake = LossInput.prediction("fake", 0);
        LossInput label = LossInput.target("label", LossInput.Type.INT, 0);
        Loss critic = named("critic", real, fake, label);
        assertThatThrownBy(() -> CompileSpec.of(critic, Adam.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(
                        "The loss critic(real, fake, label) takes 2 predictions, but a model makes one output;");
        Loss generator = named("generator", fake);
        assertThatThrownBy(() -> CompileSpec.of(generator, Adam.of())).hasMessageContaining("takes 0 targets");
        Loss targetFirst = named("targetFirst", label, fake);
        assertThat(CompileSpec.of(targetFirst, Adam.of()).loss()).isSameAs(targetFirst);
    }

    private static Loss named(String name, LossInput... inputs) {
        return new GeneratedLoss(LossSignature.of(name, Scope.ELEMENT, inputs)) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                throw new UnsupportedOperationException("only the signature is used");
            }
        };
    }

    @Test
    void changesOneThingAtATime() {
        GradientClipping clipping = new GradientClipping.ByNorm(2);
        Set<String> frozen = Set.of("dense");
        CompileSpec changed = spec.withSeed(4)
                .withThreads(2)
                .withReduction(Reduction.SUM)
                .withClipping(clipping)
                .withFrozenLayers(frozen);
        assertThat(changed)
                .isEqualTo(new CompileSpec(
                        spec.loss(), Reduction.SUM, Adam.of(), spec.penalties(), clipping, frozen, 4, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesPenaltyFactorsOutOfRange(double factor) {
        Regularizer squares = SquaredError.squaresOfWeights();
        assertThatThrownBy(() -> new Penalty(factor, squares))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("squares")
                .hasMessageContaining(String.valueOf(factor));
    }

    @Test
    void collectsPenalties() {
        Penalty first = new Penalty(0.1, SquaredError.squaresOfWeights());
        Penalty second = new Penalty(0.2, SquaredError.squaresOfWeights());
        assertThat(spec.withPenalty(first).withPenalty(second).penalties()).containsExactly(first, second);
    }

    @Test
    void refusesANegativeNumberOfUpdates() {
        Map<String, Tensor> none = Map.of();
        assertThatThrownBy(() -> new OptimizerState(-1, none)).isInstanceOf(ConfigurationException.class);
    }
}
