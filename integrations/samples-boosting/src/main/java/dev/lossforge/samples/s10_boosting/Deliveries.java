package dev.lossforge.samples.s10_boosting;

import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Deliveries, with their distance, weight and hour, and the hours that they took. Deliveries in the evening's rush hour
 * take longer, by an unpredictable time.
 *
 * @param features {@code [deliveries, 3]}, row by row
 * @param hours the duration of each delivery
 * @param late 1 for deliveries that took more than {@value #LATE} hours, otherwise 0
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

    /** The data as a matrix of XGBoost, with these labels. */
    DMatrix matrix(float[] labels) throws XGBoostError {
        DMatrix matrix = new DMatrix(features, count(), FEATURES, Float.NaN);
        matrix.setLabel(labels);
        return matrix;
    }
}
