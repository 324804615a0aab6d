package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Evaluates a loss of the scores of all rows, piece by piece. */
final class RowEvaluation {
    private final ScoreLoss loss;
    private final LossSignature signature;
    private final BoostingRows rows;
    private final float[] scores;
    private final ScoreColumns columns;
    private final ScoreTargets targets;
    private final List<Piece> pieces;

    private RowEvaluation(
            ScoreLoss loss,
            BoostingRows rows,
            float[] scores,
            ScoreColumns columns,
            ScoreTargets targets,
            List<Piece> pieces) {
        this.loss = loss;
        this.signature = loss.loss().signature();
        this.rows = rows;
        this.scores = scores;
        this.columns = columns;
        this.targets = targets;
        this.pieces = pieces;
    }

    static RowEvaluation of(ScoreLoss loss, BoostingRows rows, float[] scores) {
        LossSignature signature = loss.loss().signature();
        if (rows.count() == 0 || scores.length == 0 || scores.length % rows.count() != 0) {
            throw new DataException(
                    "The booster gives " + scores.length + " scores, but there are " + rows.count() + " labels.");
        }
        List<Piece> pieces = loss.byGroup() ? Piece.ofGroups(rows, signature.scope()) : Piece.whole(rows.count());
        ScoreColumns.require(signature, loss.byGroup());
        ScoreColumns columns = ScoreColumns.of(signature, loss.byGroup(), scores.length / rows.count());
        RowEvaluation evaluation = new RowEvaluation(
                loss, rows, scores, columns, ScoreTargets.of(signature, loss.byGroup(), columns, rows), pieces);
        evaluation.requireWeights();
        return evaluation;
    }

    private void requireWeights() {
        int weights = rows.weights().length;
        if (weights == 0) {
            return;
        }
        if (signature.scope() == Scope.BATCH && !loss.byGroup()) {
            throw new ConfigurationException("The loss " + signature
                    + " is one over all rows and takes no weights; put them into the formula as a target.");
        }
        int expected = loss.byGroup() ? rows.groups().length : rows.count();
        if (weights != expected) {
            throw new DataException("There are " + weights + " weights, but the loss " + signature + " needs one for"
                    + " each of the " + expected + (loss.byGroup() ? " groups." : " rows."));
        }
    }

    /**
     * The derivatives of the sum, by row and score.
     *
     * @param hessians the second derivatives, if the loss has them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Derivatives(float[] gradients, Optional<float[]> hessians) {}

    /** Computes the derivatives. Rows that belong to no piece keep 0. */
    Derivatives derivatives() {
        if (columns.isOne() && pieces.getFirst().isAll()) {
            return ofAllRows(pieces.getFirst());
        }
        float[] gradients = new float[scores.length];
        float[] hessians = new float[signature.hessian() ? scores.length : 0];
        for (Piece piece : pieces) {
            LossResult result = evaluated(piece);
            for (ScoreColumns.Column column : columns.columns()) {
                String name = column.prediction().name();
                columns.scatter(column, weighted(result.gradient(name).array(), piece), piece, gradients);
                if (signature.hessian()) {
                    columns.scatter(column, weighted(result.hessian(name).array(), piece), piece, hessians);
                }
            }
        }
        return new Derivatives(gradients, signature.hessian() ? Optional.of(hessians) : Optional.empty());
    }

    /** The kernel's arrays themselves: with many rows, a copy takes as long as the kernel. */
    private Derivatives ofAllRows(Piece all) {
        LossResult result = evaluated(all);
        String name = columns.columns().getFirst().prediction().name();
        return new Derivatives(
                weighted(result.gradient(name).array(), all),
                signature.hessian() ? Optional.of(weighted(result.hessian(name).array(), all)) : Optional.empty());
    }

    private LossResult evaluated(Piece piece) {
        try {
            return loss.loss().valueAndGradients(inputs(piece), Reduction.SUM);
        } catch (IndexException e) {
            throw ofRow(e, piece);
        }
    }

    private double sum(Piece piece) {
        try {
            return loss.loss().value(inputs(piece), Reduction.SUM);
        } catch (IndexException e) {
            throw ofRow(e, piece);
        }
    }

    private LossforgeException ofRow(IndexException e, Piece piece) {
        if (signature.scope() != Scope.SAMPLE || loss.byGroup()) {
            return e;
        }
        int row = piece.row(e.unit());
        // XGBoost takes several classes for its own softmax, and then gives metrics the greatest class alone.
        String remedy = scores.length == rows.count()
                ? " With several scores per row, set num_class, and for a metric of XGBoost objective=reg:squarederror."
                : "";
        return new DataException(
                e.at("row " + (row + 1) + " (index " + row + ")").getMessage() + remedy);
    }

    /** Multiplies by the weight of the group, because a loss over the batch takes no weights. */
    private float[] weighted(float[] derivatives, Piece piece) {
        if (signature.scope() == Scope.BATCH && rows.weights().length > 0) {
            float weight = rows.weights()[piece.groups()[0]];
            for (int i = 0; i < derivatives.length; i++) {
                derivatives[i] *= weight;
            }
        }
        return derivatives;
    }

    /** The loss of each row, for a loss that has one value per row. */
    float[] values() {
        return loss.loss().values(inputs(pieces.getFirst())).array();
    }

    double value() {
        double sum = 0;
        double weights = 0;
        for (Piece piece : pieces) {
            double weight = weight(piece);
            double own = sum(piece);
            sum += signature.scope() == Scope.BATCH ? weight * own : own;
            weights += weight;
        }
        return sum / weights;
    }

    /** The sum of the weights of a piece's units. */
    private double weight(Piece piece) {
        if (rows.weights().length == 0) {
            return signature.scope() == Scope.BATCH
                    ? 1
                    : loss.byGroup() ? piece.groups().length : scores.length / unitSize();
        }
        double sum = 0;
        for (float weight : loss.byGroup() ? piece.ofGroups(rows.weights()) : rows.weights()) {
            sum += weight;
        }
        return loss.byGroup() ? sum : sum * scores.length / unitSize() / rows.count();
    }

    /** The number of scores in one unit of a loss per row. */
    private int unitSize() {
        int ofRow = scores.length / rows.count();
        return signature.scope() == Scope.SAMPLE || columns.columns().size() > 1 ? ofRow : 1;
    }

    private LossInputs inputs(Piece piece) {
        LossInputs inputs = null;
        for (ScoreColumns.Column column : columns.columns()) {
            Tensor values = Tensor.over(
                    columns.gather(column, scores, piece), shape(column, piece).toArray());
            String name = column.prediction().name();
            inputs = inputs == null ? LossInputs.named(name, values) : inputs.and(name, values);
        }
        if (inputs == null) {
            throw new IllegalStateException("a loss without predictions");
        }
        LossInputs all = targets.addTo(inputs, piece);
        if (rows.weights().length == 0 || signature.scope() == Scope.BATCH) {
            return all;
        }
        float[] weights = loss.byGroup() ? piece.ofGroups(rows.weights()) : rows.weights();
        return all.withWeights(Tensor.over(weights, weights.length));
    }

    private Shape shape(ScoreColumns.Column column, Piece piece) {
        if (loss.byGroup() && signature.scope() == Scope.SAMPLE) {
            return Shape.of(piece.groups().length, piece.rows() / piece.groups().length);
        }
        return column.prediction().rank() == 0 && signature.scope() == Scope.SAMPLE
                ? Shape.of(piece.rows())
                : Shape.of(piece.rows(), column.width());
    }

    /** The weight of each row: its own, or that of its group. Empty if all rows count equally. */
    float[] rowWeights() {
        if (rows.weights().length == 0 || !loss.byGroup()) {
            return rows.weights();
        }
        float[] weights = new float[rows.count()];
        int row = 0;
        for (int group = 0; group < rows.groups().length; group++) {
            for (int i = 0; i < rows.groups()[group]; i++) {
                weights[row++] = rows.weights()[group];
            }
        }
        return weights;
    }
}
