package dev.lossforge.boosting;

import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Rows to learn from.
 *
 * @param features {@code [rows, 3]}, in rows
 * @param labels as asked for
 * @param weights from 0.5 to 1.5
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(float[] features, float[] labels, float[] weights) {
    static final int FEATURES = 3;

    /** Classes by a score of two of the features, a tenth of them at random; the third feature says nothing. */
    static Rows of(int rows, int classes) {
        return of(rows, (score, random) -> {
            double label = Math.clamp(Math.floor((score + 2) / 4 * classes), 0, classes - 1);
            return random.nextInt(10) == 0 ? random.nextInt(classes) : label;
        });
    }

    /** Labels drawn from what two of the features say, about from -3 to 3. */
    static Rows of(int rows, ToDoubleBiFunction<Double, Random> label) {
        Random random = new Random(5);
        float[] features = new float[rows * FEATURES];
        float[] labels = new float[rows];
        float[] weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < FEATURES; j++) {
                features[row * FEATURES + j] = (float) random.nextGaussian();
            }
            labels[row] = (float) label.applyAsDouble(score(features, row), random);
            weights[row] = 0.5f + random.nextFloat();
        }
        return new Rows(features, labels, weights);
    }

    private static double score(float[] features, int row) {
        return Math.sin(2 * features[row * FEATURES]) + features[row * FEATURES + 1];
    }

    double score(int row) {
        return score(features, row);
    }

    int count() {
        return labels.length;
    }

    DMatrix matrix() throws XGBoostError {
        DMatrix matrix = new DMatrix(features, count(), FEATURES, Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }

    DMatrix weightedMatrix() throws XGBoostError {
        DMatrix matrix = matrix();
        matrix.setWeight(weights);
        return matrix;
    }

    static int poisson(double rate, Random random) {
        int count = -1;
        for (double left = 1; left > Math.exp(-rate); left *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
