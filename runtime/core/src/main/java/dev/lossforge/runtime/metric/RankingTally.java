package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps all scores, eight bytes each, to rank them at the end. Ranking takes eight more bytes per score. */
final class RankingTally implements Metric.Tally {
    private final String name;
    private final Rate rate;
    private float[] scores = new float[1024];

    /** The weights, with a negative sign for negatives. */
    private float[] signedWeights = new float[1024];

    private int size;

    /** Adds up a rate from the highest score to the lowest. */
    interface Rate {

        /**
         * Adds the samples that are tied at one score.
         *
         * @param positives the weight of the positives at this score
         * @param negatives the weight of the negatives at this score
         * @param positivesAbove the weight of the positives with a higher score
         * @param negativesAbove the weight of the negatives with a higher score
         */
        double of(double positives, double negatives, double positivesAbove, double negativesAbove);

        /** The sum of all, divided by its maximum; NaN if that is 0. */
        double share(double sum, double positives, double negatives);
    }

    RankingTally(String name, Rate rate) {
        this.name = name;
        this.rate = rate;
    }

    /** The share of pairs of a positive and a negative that are in the right order; ties count half. */
    static final class PairsInOrder implements Rate {
        @Override
        public double of(double positives, double negatives, double positivesAbove, double negativesAbove) {
            return negatives * (positivesAbove + positives / 2);
        }

        @Override
        public double share(double sum, double positives, double negatives) {
            return sum / (positives * negatives);
        }
    }

    /** The mean of the precisions at the scores of the positives. */
    static final class MeanPrecision implements Rate {
        @Override
        public double of(double positives, double negatives, double positivesAbove, double negativesAbove) {
            double above = positivesAbove + positives;
            return positives == 0 ? 0 : positives * above / (above + negativesAbove + negatives);
        }

        @Override
        public double share(double sum, double positives, double negatives) {
            return sum / positives;
        }
    }

    @Override
    public void add(Tensor outputs, Data targets) {
        add(outputs, targets, null);
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        boolean pairs = outputs.shape().rank() >= 2
                && outputs.shape().lastExtent() == 2
                && targets instanceof IntTensor
                && targets.size() == outputs.size() / 2;
        Values values = Values.of(name, pairs ? differences(outputs) : outputs, targets, weights);
        reserve(size + values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.weight(i) != 0) {
                scores[size] = values.output(i);
                signedWeights[size++] = (float) (values.isPositive(name, i) ? values.weight(i) : -values.weight(i));
            }
        }
    }

    /** The lead of the second of two classes. */
    private static Tensor differences(Tensor outputs) {
        Tensor differences = Tensor.zeros(outputs.shape().withoutLast());
        for (int i = 0; i < differences.size(); i++) {
            differences.array()[i] = outputs.array()[2 * i + 1] - outputs.array()[2 * i];
        }
        return differences;
    }

    private void reserve(int capacity) {
        if (capacity > scores.length) {
            int longer = Math.max(capacity, scores.length + (scores.length >> 1));
            scores = Arrays.copyOf(scores, longer);
            signedWeights = Arrays.copyOf(signedWeights, longer);
        }
    }

    @Override
    public double value() {
        long[] ranked = ranked();
        double sum = 0;
        double positivesAbove = 0;
        double negativesAbove = 0;
        int i = size - 1;
        while (i >= 0) {
            float score = scores[(int) ranked[i]];
            double positives = 0;
            double negatives = 0;
            for (; i >= 0 && scores[(int) ranked[i]] == score; i--) {
                float weight = signedWeights[(int) ranked[i]];
                positives += Math.max(weight, 0);
                negatives += Math.max(-weight, 0);
            }
            if (Float.isNaN(score)) {
                return Double.NaN;
            }
            sum += rate.of(positives, negatives, positivesAbove, negativesAbove);
            positivesAbove += positives;
            negativesAbove += negatives;
        }
        return rate.share(sum, positivesAbove, negativesAbove);
    }

    /** The indices of the scores in their lower halves, in ascending order of the scores; NaN comes last. */
    private long[] ranked() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            int bits = Float.floatToIntBits(scores[i]);
            int ordered = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
            keys[i] = (long) ordered << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Returns NaN, because ranking all scores after every step would take longer than the steps. */
    @Override
    public double interim() {
        return Double.NaN;
    }

    @Override
    public List<Double> state() {
        List<Double> state = new ArrayList<>(2 * size);
        for (int i = 0; i < size; i++) {
            state.add((double) scores[i]);
            state.add((double) signedWeights[i]);
        }
        return state;
    }

    @Override
    public void restore(List<Double> state) {
        if (state.size() % 2 != 0) {
            throw new ConfigurationException(
                    "The saved tally of '" + name + "' is incomplete; resume from another checkpoint.");
        }
        size = 0;
        reserve(state.size() / 2);
        for (int from = 0; from < state.size(); from += 2) {
            scores[size] = state.get(from).floatValue();
            signedWeights[size++] = state.get(from + 1).floatValue();
        }
    }
}
