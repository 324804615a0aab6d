package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * The assignment of a row's scores to the predictions of a loss, in order. A prediction of one number takes one score;
 * a row of numbers takes all remaining ones.
 *
 * @param count the number of scores of a row
 */
record ScoreColumns(int count, List<Column> columns) {

    /** A prediction that takes {@code width} scores, starting with number {@code first}. */
    record Column(LossSignature.Input prediction, int first, int width) {}

    /** @throws ConfigurationException if the loss takes a different number of scores */
    static ScoreColumns of(LossSignature signature, boolean byGroup, int count) {
        List<LossSignature.Input> predictions = predictions(signature);
        int rest = count - predictions.size() + 1;
        boolean single = predictions.size() == 1 && !(byGroup && signature.scope() == Scope.SAMPLE);
        List<Column> columns = new ArrayList<>();
        int next = 0;
        for (LossSignature.Input prediction : predictions) {
            boolean row = single || !byGroup && signature.scope() == Scope.SAMPLE && prediction.rank() == 1;
            int width = row ? rest : 1;
            columns.add(new Column(prediction, next, width));
            next += width;
        }
        if (next != count || rest < 1) {
            throw new ConfigurationException("The loss " + signature + " takes " + predictions.size()
                    + (byGroup ? " score(s) for each row of a group" : " prediction(s)") + ", but the booster gives "
                    + count + " score(s) for each row.");
        }
        return new ScoreColumns(count, List.copyOf(columns));
    }

    private static List<LossSignature.Input> predictions(LossSignature signature) {
        return signature.inputs().stream()
                .filter(input -> input.role() == LossSignature.Input.Role.PREDICTION)
                .toList();
    }

    /** @throws ConfigurationException if scores cannot be assigned to the predictions */
    static void require(LossSignature signature, boolean byGroup) {
        List<LossSignature.Input> predictions = predictions(signature);
        long rows = predictions.stream().filter(input -> input.rank() == 1).count();
        if (signature.scope() == Scope.SAMPLE && !byGroup && rows > 1) {
            throw new ConfigurationException("The loss " + signature + " has " + rows
                    + " rows as predictions, so the scores cannot be assigned to them; declare one row.");
        }
        if (signature.scope() == Scope.SAMPLE && byGroup && rows < predictions.size()) {
            throw new ConfigurationException(
                    "The loss " + signature + " takes a single number as prediction, but a group has a row of scores.");
        }
        if (signature.scope() == Scope.ELEMENT && byGroup) {
            throw new ConfigurationException("The loss " + signature
                    + " is one per row and cannot use groups; omit perGroup(), or declare it over a row of scores.");
        }
    }

    /** Whether one prediction takes all scores. */
    boolean isOne() {
        return columns.size() == 1 && columns.getFirst().width() == count;
    }

    /** The scores of one prediction, for the rows of a piece. */
    float[] gather(Column column, float[] scores, Piece piece) {
        if (column.width() == count && piece.isAll()) {
            return scores;
        }
        float[] own = new float[piece.rows() * column.width()];
        for (int i = 0; i < piece.rows(); i++) {
            System.arraycopy(scores, piece.row(i) * count + column.first(), own, i * column.width(), column.width());
        }
        return own;
    }

    /** Writes values of one prediction back to the scores' positions; the inverse of {@link #gather}. */
    void scatter(Column column, float[] own, Piece piece, float[] scores) {
        if (column.width() == count && piece.isAll()) {
            System.arraycopy(own, 0, scores, 0, own.length);
            return;
        }
        for (int i = 0; i < piece.rows(); i++) {
            System.arraycopy(own, i * column.width(), scores, piece.row(i) * count + column.first(), column.width());
        }
    }
}
