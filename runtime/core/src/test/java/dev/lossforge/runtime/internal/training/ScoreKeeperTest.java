package dev.lossforge.runtime.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.SquaredError;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreKeeperTest {
    private final Batch three = new Batch(Tensor.zeros(3, 1), Tensor.zeros(3, 1), Tensor.vector(1, 1, 4));
    private final Batch one = new Batch(Tensor.zeros(1, 1), Tensor.zeros(1, 1), Tensor.vector(2));

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
        "MEAN, 4.2",
        "SUM, 12.2",
        "WEIGHTED_MEAN, 4.2",
    })
    void addsUpBatchesOfDifferentSizes(Reduction reduction, double expected) {
        ScoreKeeper keeper = keeper(reduction);
        keeper.addLoss(2, 0.1, three);
        keeper.addLoss(10, 0.5, one);
        assertThat(keeper.scores().loss()).isCloseTo(expected, within(1e-12));
        assertThat(keeper.samples()).isEqualTo(4);
    }

    @Test
    void withoutWeightsTheWeightedMeanIsTheMean() {
        ScoreKeeper keeper = keeper(Reduction.WEIGHTED_MEAN);
        keeper.addLoss(2, 0, Batch.of(three.inputs(), three.targets()));
        keeper.addLoss(10, 0, Batch.of(one.inputs(), one.targets()));
        assertThat(keeper.scores().loss()).isCloseTo(4, within(1e-12));
    }
}
