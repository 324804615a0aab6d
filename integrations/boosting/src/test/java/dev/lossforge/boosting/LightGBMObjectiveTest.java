package dev.lossforge.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.HalfTweedieLoss;
import dev.lossforge.losses.PoissonLogLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossFunction;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import org.junit.jupiter.api.Test;

/**
 * LightGBM with a formula of ours gives the scores that it gives with its own, from the starting score that it finds.
 */
class LightGBMObjectiveTest {
    private static final int ROUNDS = 50;
    private static final double TOLERANCE = 1e-4;
    private static final String PARAMETERS =
            "num_leaves=7 learning_rate=0.2 verbosity=-1 num_threads=1 deterministic=true ";

    private static LGBMDataset data(Rows rows) throws LGBMException {
        LGBMDataset data =
                LGBMDataset.createFromMat(rows.features(), rows.count(), Rows.FEATURES, true, PARAMETERS, null);
        data.setField("label", rows.labels());
        data.setField("weight", rows.weights());
        return data;
    }

    /** The scores of the rows that were learned from, those of a class together. */
    private static double[] builtIn(Rows rows, String parameters) throws LGBMException {
        try (LGBMDataset data = data(rows);
                LGBMBooster booster = LGBMBooster.create(data, PARAMETERS + parameters + " metric=None")) {
            for (int round = 0; round < ROUNDS; round++) {
                booster.updateOneIter();
            }
            return rawScores(booster, rows);
        }
    }

    private static double[] rawScores(LGBMBooster booster, Rows rows) throws LGBMException {
        return booster.predictForMat(
                rows.features(), rows.count(), Rows.FEATURES, true, PredictionType.C_API_PREDICT_RAW_SCORE);
    }

    private static double[] own(Rows rows, ScoreLoss loss, int scores) throws LGBMException {
        try (LGBMDataset data = data(rows)) {
            LightGBMObjective objective = LightGBMObjective.of(loss, data);
            data.setField("init_score", objective.initialScores(objective.startingScores(scores)));
            try (LGBMBooster booster = LGBMBooster.create(data, PARAMETERS + "objective=none num_class=" + scores)) {
                for (int round = 0; round < ROUNDS; round++) {
                    objective.update(booster);
                }
                return booster.getPredict(0);
            }
        }
    }

    private static void assertSame(LossFunction loss, double factor, Rows rows, String parameters)
            throws LGBMException {
        double[] own = own(rows, ScoreLoss.of(loss).withCurvatureFactor(factor), 1);
        double[] builtIn = builtIn(rows, parameters);
        for (int row = 0; row < builtIn.length; row++) {
            assertThat(own[row]).as("row %d", row).isCloseTo(builtIn[row], within(TOLERANCE));
        }
    }

    @Test
    void squaredError() throws LGBMException {
        Rows rows = Rows.of(1000, (score, random) -> 3 + score + random.nextGaussian());
        assertSame(new HalfSquaredErrorLoss(), 1, rows, "objective=regression");
    }

    @Test
    void logistic() throws LGBMException {
        Rows rows = Rows.of(1000, (score, random) -> random.nextDouble() < 1 / (1 + Math.exp(-1 - score)) ? 1 : 0);
        assertSame(new BinaryCrossEntropyWithLogitsLoss(), 1, rows, "objective=binary");
    }

    @Test
    void poisson() throws LGBMException {
        Rows rows = Rows.of(1000, (score, random) -> Rows.poisson(Math.exp(0.8 + score / 2), random));
        assertSame(new PoissonLogLoss(), Math.exp(0.7), rows, "objective=poisson");
    }

    @Test
    void tweedie() throws LGBMException {
        Rows rows = Rows.of(
                1000,
                (score, random) -> random.nextInt(3) == 0 ? 0 : -Math.exp(score / 2) * Math.log(random.nextDouble()));
        assertSame(new HalfTweedieLoss(1.3f), 1, rows, "objective=tweedie tweedie_variance_power=1.3");
    }

    /** Of its own objective LightGBM gives the probabilities, those of a class together. */
    @Test
    void softmax() throws LGBMException {
        Rows rows = Rows.of(1000, 3);
        double[] own = own(rows, ScoreLoss.of(new SoftmaxCrossEntropyLoss()).withCurvatureFactor(1.5), 3);
        double[] builtIn;
        try (LGBMDataset data = data(rows);
                LGBMBooster booster = LGBMBooster.create(data, PARAMETERS + "objective=multiclass num_class=3")) {
            for (int round = 0; round < ROUNDS; round++) {
                booster.updateOneIter();
            }
            builtIn = booster.getPredict(0);
        }
        assertThat(own).hasSameSizeAs(builtIn);
        for (int row = 0; row < rows.count(); row++) {
            double sum = 0;
            for (int j = 0; j < 3; j++) {
                sum += Math.exp(own[j * rows.count() + row]);
            }
            for (int j = 0; j < 3; j++) {
                int place = j * rows.count() + row;
                assertThat(own[place] - Math.log(sum))
                        .as("row %d", row)
                        .isCloseTo(Math.log(builtIn[place]), within(TOLERANCE));
            }
        }
    }

    /** What early stopping looks at: the loss of rows that were not learned from. */
    @Test
    void evaluatesValidationData() throws LGBMException {
        Rows rows = Rows.of(400, (score, random) -> score + random.nextGaussian());
        ScoreLoss loss = ScoreLoss.of(new HalfSquaredErrorLoss());
        try (LGBMDataset training = data(rows);
                LGBMDataset validation = LGBMDataset.createFromMat(
                        rows.features(), rows.count(), Rows.FEATURES, true, PARAMETERS, training)) {
            validation.setField("label", new float[rows.count()]);
            try (LGBMBooster booster = LGBMBooster.create(training, PARAMETERS + "objective=none")) {
                booster.addValidData(validation);
                LightGBMObjective objective = LightGBMObjective.of(loss, training);
                LightGBMObjective ofZeros = LightGBMObjective.of(loss, validation);
                objective.update(booster);
                double mean = 0;
                for (double score : rawScores(booster, rows)) {
                    mean += score * score / 2 / rows.count();
                }
                assertThat(ofZeros.value(booster, 1)).isCloseTo(mean, within(1e-6));
            }
        }
    }

    @Test
    void refusesRowsOfOtherData() throws LGBMException {
        Rows rows = Rows.of(100, 2);
        LightGBMObjective objective = LightGBMObjective.of(new HalfSquaredErrorLoss(), new float[99]);
        try (LGBMDataset data = data(rows);
                LGBMBooster booster = LGBMBooster.create(data, PARAMETERS + "objective=none")) {
            assertThatThrownBy(() -> objective.update(booster))
                    .isInstanceOf(DataException.class)
                    .hasMessage("The booster has 100 scores, but there are 99 labels; make the objective of the rows of"
                            + " the same data.");
        }
    }
}
