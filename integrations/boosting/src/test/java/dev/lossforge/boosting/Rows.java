package dev.lossforge.boosting;

import java.util.Random;

/**
 * Rows to learn from.
 *
 * @param features {@code [rows, 3]}, in rows
 * @param labels the class of each row, below {@code classes}
 * @param weights from 0.5 to 1.5
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rows(float[] features, float[] labels, float[] weights) {
    static final int FEATURES = 3;

    /** Classes by a score of two of the features, a tenth of them at random; the third feature says nothing. */
    static Rows of(int rows, int classes) {
        Random random = new Random(5);
        float[] features = new float[rows * FEATURES];
        float[] labels = new float[rows];
        float[] weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < FEATURES; j++) {
                features[row * FEATURES + j] = (float) random.nextGaussian();
            }
            double score = Math.sin(2 * features[row * FEATURES]) + features[row * FEATURES + 1];
            int label = (int) Math.clamp(Math.floor((score + 2) / 4 * classes), 0, classes - 1);
            labels[row] = random.nextInt(10) == 0 ? random.nextInt(classes) : label;
            weights[row] = 0.5f + random.nextFloat();
        }
        return new Rows(features, labels, weights);
    }

    int count() {
        return labels.length;
    }
}
