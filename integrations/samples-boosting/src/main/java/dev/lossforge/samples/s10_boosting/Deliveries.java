package dev.lossforge.samples.s10_boosting;

import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Deliveries: how far, how much, at what hour, and how many hours they took. Those at the evening's rush hour take
 * longer, and one cannot know how much longer.
 *
 * @param features {@code [deliveries, 3]}, in rows
 * @param hours that each one took
 * @param late 1 for those that took more than {@value #LATE} hours, else 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Deliveries(float[] features, float[] hours, float[] late) {
    static final int FEATURES = 3;
    private static final float LATE = 4;

    static Deliveries of(int count, long seed) {
        Random random = new Random(seed);
        float[] features = new float[count * FEATURES];
        float[] hours = new float[count];
        float[] late = new float[count];
        for (int i = 0; i < count; i++) {
            float distance = random.nextFloat();
            float weight = random.nextFloat();
            float hour = 8 + 12 * random.nextFloat();
            float rush = (float) Math.exp(-Math.pow(hour - 17, 2) / 2);
            features[FEATURES * i] = distance;
            features[FEATURES * i + 1] = weight;
            features[FEATURES * i + 2] = hour;
            hours[i] = 1
                    + 3 * distance
                    + weight * weight
                    + rush
                    + (0.3f + 1.5f * rush) * (float) Math.abs(random.nextGaussian());
            late[i] = hours[i] > LATE ? 1 : 0;
        }
        return new Deliveries(features, hours, late);
    }

    int count() {
        return hours.length;
    }

    /** For XGBoost, with these labels. */
    DMatrix matrix(float[] labels) throws XGBoostError {
        DMatrix matrix = new DMatrix(features, count(), FEATURES, Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }
}
