package dev.lossforge.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LightGBMObjectiveTest {
    private static final int ROUNDS = 20;
    private static final String PARAMETERS =
            "num_leaves=7 learning_rate=0.2 verbosity=-1 num_threads=1 deterministic=true ";

    /** The scores of the rows that were learned from, those of a class together. */
    private static double[] scores(Rows rows, String parameters, Optional<LightGBMObjective> objective)
            throws LGBMException {
        try (LGBMDataset data =
                LGBMDataset.createFromMat(rows.features(), rows.count(), Rows.FEATURES, true, PARAMETERS, null)) {
            data.setField("label", rows.labels());
            data.setField("weight", rows.weights());
            try (LGBMBooster booster = LGBMBooster.create(data, PARAMETERS + parameters)) {
                for (int round = 0; round < ROUNDS; round++) {
                    if (objective.isPresent()) {
                        objective.get().update(booster);
                    } else {
                        booster.updateOneIter();
                    }
                }
                return objective.isPresent() ? booster.getPredict(0) : rawScores(booster, rows);
            }
        }
    }

    private static double[] rawScores(LGBMBooster booster, Rows rows) throws LGBMException {
        return booster.predictForMat(
                rows.features(), rows.count(), Rows.FEATURES, true, PredictionType.C_API_PREDICT_RAW_SCORE);
    }

    /** The formula is that of LightGBM's own objective, so the trees are the same. */
    @Test
    void growsTheTreesThatTheBuiltInLogisticObjectiveGrows() throws LGBMException {
        Rows rows = Rows.of(800, 2);
        double[] builtIn = scores(rows, "objective=binary boost_from_average=false", Optional.empty());
        double[] own = scores(
                rows,
                "objective=none",
                Optional.of(LightGBMObjective.of(new BinaryCrossEntropyWithLogitsLoss(), rows.labels())
                        .withWeights(rows.weights())));
        for (int row = 0; row < builtIn.length; row++) {
            assertThat(own[row]).as("row %d", row).isCloseTo(builtIn[row], within(1e-3));
        }
    }

    @Test
    void learnsSeveralClasses() throws LGBMException {
        Rows rows = Rows.of(800, 3);
        double[] own = scores(
                rows,
                "objective=none num_class=3",
                Optional.of(LightGBMObjective.of(new SoftmaxCrossEntropyLoss(), rows.labels())));
        assertThat(own).hasSize(3 * rows.count());
        int right = 0;
        for (int row = 0; row < rows.count(); row++) {
            int best = 0;
            for (int j = 1; j < 3; j++) {
                best = own[j * rows.count() + row] > own[best * rows.count() + row] ? j : best;
            }
            right += best == rows.labels()[row] ? 1 : 0;
        }
        assertThat((double) right / rows.count()).isGreaterThan(0.8);
    }
}
