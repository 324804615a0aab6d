package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of a row's scores each prediction of a loss takes: in order, one for a single number, and all others for a row
 * of numbers.
 *
 * @param count the number of scores of a row
 */
record ScoreColumns(int count, List<Column> columns) {

    /** A prediction that takes {@code width} scores from {@code first} on. */
    record Column(LossInput prediction, int first, int width) {}

    /** @throws ConfigurationException if the loss takes another number of scores */
    static ScoreColumns of(LossSignature signature, boolean byGroup, int count) {
        List<LossInput> predictions = predictions(signature);
        int rest = count - predictions.size() + 1;
        boolean single = predictions.size() == 1 && !(byGroup && signature.scope() == Scope.SAMPLE);
        List<Column> columns = new ArrayList<>();
        int next = 0;
        for (LossInput prediction : predictions) {
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

    private static List<LossInput> predictions(LossSignature signature) {
        return signature.inputs().stream()
                .filter(input -> input.role() == LossInput.Role.PREDICTION)
                .toList();
    }

    /** @throws ConfigurationException if scores cannot be shared out among the predictions */
    static void require(LossSignature signature, boolean byGroup) {
        List<LossInput> predictions = predictions(signature);
        long rows = predictions.stream().filter(input -> input.rank() == 1).count();
        if (signature.scope() == Scope.SAMPLE && !byGroup && rows > 1) {
            throw new ConfigurationException("The loss " + signature + " has " + rows
                    + " rows as predictions, so that it is not clear which scores are whose; declare one row.");
        }
        if (signature.scope() == Scope.SAMPLE && byGroup && rows < predictions.size()) {
            throw new ConfigurationException(
                    "The loss " + signature + " takes a single number as prediction, but a group has a row of scores.");
        }
        if (signature.scope() == Scope.ELEMENT && byGroup) {
            throw new ConfigurationException("The loss " + signature
                    + " is one per row and knows no groups; leave out perGroup(), or declare it over a row of scores.");
        }
    }

    /** Whether one prediction takes all scores. */
    boolean isOne() {
        return columns.size() == 1 && columns.getFirst().width() == count;
    }

    /** The scores of one prediction, of the rows of a piece. */
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

    /** The way back. */
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
