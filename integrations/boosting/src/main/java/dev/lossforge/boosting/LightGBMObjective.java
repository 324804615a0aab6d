package dev.lossforge.boosting;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossFunction;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;

/**
 * A loss as the objective of LightGBM: {@link #update} replaces {@code LGBMBooster.updateOneIter}.
 *
 * <pre>{@code
 * LightGBMObjective objective = LightGBMObjective.of(ScoreLoss.of(loss), BoostingRows.of(labels));
 * data.setField("init_score", objective.initialScores(objective.startingScores(1)));
 * LGBMBooster booster = LGBMBooster.create(data, "objective=none …");
 * while (!objective.update(booster)) { … }
 * }</pre>
 *
 * <p>Predictions are raw scores without the initial scores; add those yourself.
 *
 * <p>With several classes, {@code predictForMat} of LightGBM4j 4.3 writes beyond its memory and crashes the JVM, and
 * {@code predictForMatSingleRow} has room for only one score. Train, save the model, and predict with another binding.
 */
public final class LightGBMObjective {
    private final ScoreLoss loss;
    private final BoostingRows rows;

    private LightGBMObjective(ScoreLoss loss, BoostingRows rows) {
        this.loss = loss;
        this.rows = rows;
    }

    /** A loss with its Hessian's diagonal as curvature, for a booster whose rows have these labels. */
    public static LightGBMObjective of(LossFunction loss, float[] labels) {
        return of(ScoreLoss.of(loss), BoostingRows.of(labels));
    }

    /**
     * A loss for a booster of these rows.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if no booster can use the loss
     */
    public static LightGBMObjective of(ScoreLoss loss, BoostingRows rows) {
        return new LightGBMObjective(loss.checked(), rows);
    }

    /** A loss for a booster of this data, whose labels, weights and groups have been set as fields. */
    public static LightGBMObjective of(ScoreLoss loss, LGBMDataset data) throws LGBMException {
        BoostingRows rows = BoostingRows.of(data.getFieldFloat("label")).withWeights(data.getFieldFloat("weight"));
        return of(loss, loss.byGroup() ? rows.withGroups(BoostingRows.sizes(data.getFieldInt("group"))) : rows);
    }

    /** The same objective with a further target, one value for each row. */
    public LightGBMObjective withTarget(String name, float[] values) {
        return new LightGBMObjective(loss, rows.withTarget(name, values));
    }

    /**
     * Grows another tree, or one per score.
     *
     * @return whether training is finished because no further split was possible
     */
    public boolean update(LGBMBooster booster) throws LGBMException {
        double[] scores = booster.getPredict(0);
        float[] byRow = byRow(scores);
        ScoreLoss.Derivatives derivatives = loss.at(byRow, rows);
        int columns = byRow.length / rows.count();
        return booster.updateOneIterCustom(
                byColumn(derivatives.gradients(), columns), byColumn(derivatives.curvatures(), columns));
    }

    /**
     * The loss of the booster's scores. Number 0 is the training data; added validation data is numbered from 1. For
     * validation data, create an objective from its rows.
     */
    public double value(LGBMBooster booster, int data) throws LGBMException {
        return loss.value(byRow(booster.getPredict(data)), rows);
    }

    /** {@link ScoreLoss#startingScores} of these rows. */
    public float[] startingScores(int scores) {
        return loss.startingScores(rows, scores);
    }

    /**
     * The field {@code init_score} of these rows.
     *
     * @param startingScores the starting scores of a row; for validation data, use those of the training data
     */
    public double[] initialScores(float... startingScores) {
        double[] all = new double[startingScores.length * rows.count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = startingScores[i / rows.count()];
        }
        return all;
    }

    /** Converts LightGBM's layout {@code [scores, rows]} to {@code [rows, scores]}. */
    private float[] byRow(double[] scores) {
        int columns = scores.length / rows.count();
        if (columns * rows.count() != scores.length) {
            throw new DataException("The booster has " + scores.length + " scores, but there are " + rows.count()
                    + " labels; make the objective of the rows of the same data.");
        }
        float[] byRow = new float[scores.length];
        for (int i = 0; i < byRow.length; i++) {
            byRow[i] = (float) scores[byColumn(i, columns)];
        }
        return byRow;
    }

    private float[] byColumn(float[] byRow, int columns) {
        float[] byColumn = new float[byRow.length];
        for (int i = 0; i < byRow.length; i++) {
            byColumn[byColumn(i, columns)] = byRow[i];
        }
        return byColumn;
    }

    private int byColumn(int place, int columns) {
        return place % columns * rows.count() + place / columns;
    }

    @Override
    public String toString() {
        return loss.toString();
    }
}
