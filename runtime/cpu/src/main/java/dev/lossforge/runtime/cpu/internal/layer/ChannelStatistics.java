package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;

/** The running mean and variance of each channel, which are stored among the parameters. */
record ChannelStatistics(ParameterStore parameters, ParameterBlock mean, ParameterBlock variance) {

    void read(double[] means, double[] variances) {
        for (int c = 0; c < means.length; c++) {
            means[c] = parameters.values()[mean.offset() + c];
            variances[c] = parameters.values()[variance.offset() + c];
        }
    }

    /**
     * Moves the statistics towards those of a batch of {@code count} values per channel. The batch's variance is
     * converted to a division by {@code count - 1}.
     */
    void move(double momentum, double[] means, double[] variances, long count) {
        float[] values = parameters.values();
        for (int c = 0; c < means.length; c++) {
            double unbiased = variances[c] * count / (count - 1);
            move(values, mean.offset() + c, momentum, means[c]);
            move(values, variance.offset() + c, momentum, unbiased);
        }
    }

    private static void move(float[] values, int at, double momentum, double to) {
        values[at] = (float) ((1 - momentum) * values[at] + momentum * to);
    }
}
