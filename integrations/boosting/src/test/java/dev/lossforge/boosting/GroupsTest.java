package dev.lossforge.boosting;

import static dev.lossforge.boosting.XGBoostRuns.margins;
import static dev.lossforge.boosting.XGBoostRuns.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.ListMleLoss;
import dev.lossforge.losses.ListwiseSoftmaxLoss;
import dev.lossforge.losses.PairwiseLogisticLoss;
import dev.lossforge.runtime.data.DataException;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/** Losses of query groups. */
class GroupsTest {
    private static final String NO_GROUPS =
            "The loss is one per group, but the rows have no groups; set the group field of the data, or leave out"
                    + " perGroup().";
    private static final int[] SIZES = sizes();
    private static final Rows ROWS =
            Rows.of(rows(), (score, random) -> Math.clamp(Math.round(score + 1 + random.nextGaussian() / 2), 0, 3));

    /** From 1 to 11, several groups of each. */
    private static int[] sizes() {
        int[] sizes = new int[100];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = 1 + i * 7 % 11;
        }
        return sizes;
    }

    private static int rows() {
        int rows = 0;
        for (int size : SIZES) {
            rows += size;
        }
        return rows;
    }

    /** RankNet, pair by pair within each group. */
    @Test
    void addsUpEachGroupAlone() {
        Random random = new Random(7);
        float[] scores = new float[ROWS.count()];
        float[] weights = new float[SIZES.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 4;
        }
        double[] gradients = new double[scores.length];
        double[] curvatures = new double[scores.length];
        double loss = 0;
        int start = 0;
        for (int group = 0; group < SIZES.length; group++) {
            for (int i = start; i < start + SIZES[group]; i++) {
                for (int j = start; j < start + SIZES[group]; j++) {
                    if (ROWS.labels()[i] > ROWS.labels()[j]) {
                        double wrong = 1 / (1 + Math.exp(scores[i] - scores[j]));
                        loss -= weights[group] * Math.log(1 - wrong);
                        gradients[i] -= weights[group] * wrong;
                        gradients[j] += weights[group] * wrong;
                        curvatures[i] += weights[group] * wrong * (1 - wrong);
                        curvatures[j] += weights[group] * wrong * (1 - wrong);
                    }
                }
            }
            start += SIZES[group];
        }
        BoostingRows rows = BoostingRows.of(ROWS.labels()).withGroups(SIZES).withWeights(weights);
        ScoreLoss rankNet = ScoreLoss.of(new PairwiseLogisticLoss()).perGroup();
        ScoreLoss.Derivatives derivatives = rankNet.at(scores, rows);
        for (int i = 0; i < scores.length; i++) {
            assertThat((double) derivatives.gradients()[i]).isCloseTo(gradients[i], within(2e-5));
            assertThat((double) derivatives.curvatures()[i]).isCloseTo(curvatures[i], within(2e-5));
        }
        assertThat(rankNet.value(scores, rows)).isCloseTo(loss / 150, within(1e-5));
    }

    private static double rightPairs(float[] scores) {
        int right = 0;
        int pairs = 0;
        int start = 0;
        for (int size : SIZES) {
            for (int i = start; i < start + size; i++) {
                for (int j = start; j < start + size; j++) {
                    if (ROWS.labels()[i] > ROWS.labels()[j]) {
                        pairs++;
                        right += scores[i] > scores[j] ? 1 : 0;
                    }
                }
            }
            start += size;
        }
        return (double) right / pairs;
    }

    private static void assertRanks(ScoreLoss loss, double behind) throws XGBoostError {
        DMatrix data = ROWS.matrix();
        data.setGroup(SIZES);
        float[] own = scores(margins(data, Map.of("base_score", 0), XGBoostObjective.of(loss)));
        float[] builtIn = scores(margins(data, Map.of("objective", "rank:pairwise"), null));
        assertThat(rightPairs(own)).isGreaterThan(0.8).isGreaterThan(rightPairs(builtIn) - behind);
    }

    @Test
    void ranksByPairs() throws XGBoostError {
        assertRanks(ScoreLoss.of(new PairwiseLogisticLoss()).perGroup(), 0.03);
    }

    @Test
    void ranksByLists() throws XGBoostError {
        assertRanks(ScoreLoss.of(new ListwiseSoftmaxLoss()).perGroup(), 0.03);
    }

    @Test
    void ranksByTheLikelihoodOfTheOrder() throws XGBoostError {
        assertRanks(ScoreLoss.of(new ListMleLoss()).perGroup(), 0.03);
    }

    /** The end of a list counts little, so that more pairs are wrong there. */
    @Test
    void ranksByAnApproximateGain() throws XGBoostError {
        assertRanks(
                ScoreLoss.of(new ApproximateGainLoss(0.5f), Curvature.ABSOLUTE_HESSIAN)
                        .withMinCurvature(0.05)
                        .perGroup(),
                0.1);
    }

    /** A loss over the batch, with one batch for each group. */
    @Test
    void ranksByLambdas() throws XGBoostError {
        assertRanks(ScoreLoss.of(new LambdaPairsLoss()).withMinCurvature(1e-3).perGroup(), 0.03);
    }

    @Test
    void ranksByLightGbm() throws LGBMException {
        String parameters = "objective=none num_leaves=7 learning_rate=0.2 verbosity=-1 num_threads=1 ";
        try (LGBMDataset data =
                LGBMDataset.createFromMat(ROWS.features(), ROWS.count(), Rows.FEATURES, true, parameters, null)) {
            data.setField("label", ROWS.labels());
            data.setField("group", SIZES);
            ScoreLoss loss = ScoreLoss.of(new PairwiseLogisticLoss()).perGroup();
            try (LGBMBooster booster = LGBMBooster.create(data, parameters)) {
                LightGBMObjective objective = LightGBMObjective.of(loss, data);
                double before = objective.value(booster, 0);
                for (int round = 0; round < 20; round++) {
                    objective.update(booster);
                }
                assertThat(objective.value(booster, 0)).isLessThan(0.7 * before);
            }
        }
    }

    @Test
    void saysThatGroupsAreMissing() throws XGBoostError, LGBMException {
        ScoreLoss loss = ScoreLoss.of(new PairwiseLogisticLoss()).perGroup();
        XGBoostObjective objective = XGBoostObjective.of(loss);
        assertThatThrownBy(() -> objective.getGradient(new float[ROWS.count()][1], ROWS.matrix()))
                .isInstanceOf(DataException.class)
                .hasMessage(NO_GROUPS);
        try (LGBMDataset data =
                LGBMDataset.createFromMat(ROWS.features(), ROWS.count(), Rows.FEATURES, true, "verbosity=-1", null)) {
            data.setField("label", ROWS.labels());
            LightGBMObjective ofLightGbm = LightGBMObjective.of(loss, data);
            assertThatThrownBy(() -> ofLightGbm.startingScores(1)).hasMessage(NO_GROUPS);
        }
        assertThatThrownBy(() -> BoostingRows.of(new float[3]).withGroups(1, 3))
                .hasMessage("The groups have 4 rows together, but there are 3 labels.");
    }

    @Test
    void refusesWeightsByRow() {
        BoostingRows rows = BoostingRows.of(new float[3]).withGroups(1, 2).withWeights(new float[3]);
        assertThatThrownBy(() ->
                        ScoreLoss.of(new PairwiseLogisticLoss()).perGroup().at(new float[3], rows))
                .hasMessage("There are 3 weights, but the loss pairwiseLogistic(scores, relevance) needs one for each"
                        + " of the 2 groups.");
    }
}
