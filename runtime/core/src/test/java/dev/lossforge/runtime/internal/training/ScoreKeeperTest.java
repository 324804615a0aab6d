package dev.lossforge.runtime.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.SquaredError;
import dev.lossforge.runtime.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreKeeperTest {
    private static ScoreKeeper keeper(Reduction reduction) {
        return new ScoreKeeper(
                CompileOptions.of(Sgd.of(0.1), new SquaredError())
                        .withReduction(reduction)
                        .spec(0),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        // (3·2 + 1·10) / 4; 2 + 10; (6·2 + 2·10) / 8. The penalty: (3·0.1 + 1·0.5) / 4 = 0.2.
        "MEAN, 3, 1, 4.2",
        "SUM, 1, 1, 12.2",
        "WEIGHTED_MEAN, 6, 2, 4.2",
        // Of three samples one and a half count: (1.5·2 + 1·10) / 2.5.
        "MEAN, 1.5, 1, 5.4",
    })
    void addsUpBatchesOfDifferentSizes(Reduction reduction, double ofThree, double ofOne, double expected) {
        ScoreKeeper keeper = keeper(reduction);
        add(keeper, 2, ofThree);
        keeper.addSamples(0.1, 3, Map.of());
        add(keeper, 10, ofOne);
        keeper.addSamples(0.5, 1, Map.of());
        assertThat(keeper.scores().loss()).isCloseTo(expected, within(1e-12));
        assertThat(keeper.samples()).isEqualTo(4);
    }

    @Test
    void aBatchInWhichNothingCountsChangesNothing() {
        ScoreKeeper keeper = keeper(Reduction.MEAN);
        add(keeper, 0, 0);
        assertThat(keeper.scores().loss()).isNaN();
        add(keeper, 7, 2);
        add(keeper, 0, 0);
        keeper.addSamples(0, 6, Map.of());
        assertThat(keeper.scores().loss()).isEqualTo(7);
    }

    private static void add(ScoreKeeper keeper, double loss, double divisor) {
        keeper.addLosses(loss, Map.of(), List.of(divisor));
    }

    /** One loss counts all samples of both batches, the other one half of the first. */
    @Test
    void eachOfSeveralLossesHasItsOwnMean() {
        ScoreKeeper keeper = new ScoreKeeper(
                CompileOptions.of(
                                Sgd.of(0.1),
                                LossTerm.of(new SquaredError()).named("a"),
                                LossTerm.of(new SquaredError()).named("b").weighted(10))
                        .spec(0),
                List.of());
        keeper.addLosses(Double.NaN, Map.of("a", 1.0, "b", 2.0), List.of(4.0, 2.0));
        keeper.addLosses(Double.NaN, Map.of("a", 3.0, "b", 5.0), List.of(4.0, 4.0));
        keeper.addSamples(0, 8, Map.of());
        ScoreKeeper other = keeper(Reduction.MEAN);
        assertThat(keeper.scores().parts()).containsExactly(Map.entry("a", 2.0), Map.entry("b", 4.0));
        assertThat(keeper.scores().loss()).isEqualTo(42);
        assertThatThrownBy(() -> other.restore(keeper.tallies())).hasMessageContaining("no tally of the loss");
    }
}
