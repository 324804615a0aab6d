package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Normalization of each channel over the batch. Channels are the columns of the values, {@code rows} rows per sample.
 * The rows are divided into parts. Each part's mean and sum of squared deviations are computed first, and then combined
 * in a fixed order: T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances" (1979). Statistics have the layout of {@link NormalizationKernels}.
 */
final class ChannelNormalizationKernels {
    private static final int STATISTICS = NormalizationKernels.STATISTICS;

    private ChannelNormalizationKernels() {}

    /** One work-item per channel and part: the mean, its rounding error, and the sum of squared deviations. */
    static void measure(
            KernelContext c,
            FloatArray input,
            FloatArray parts,
            int partCount,
            int rows,
            int channels,
            IntArray batch) {
        int count = batch.get(0) * rows;
        int items = partCount * channels;
        for (int item = c.globalIdx; item < items; item += c.globalGroupSizeX) {
            int channel = item % channels;
            int part = item / channels;
            int own = rowsOf(part, partCount, count);
            float sum = 0f;
            float lost = 0f;
            for (int row = part; row < count; row += partCount) {
                float x = input.get(row * channels + channel);
                lost = DeviceReductions.lost(lost, sum, x);
                sum += x;
            }
            float mean = own > 0 ? DeviceReductions.sum(sum, lost) / own : 0f;
            float shift = 0f;
            float shiftLost = 0f;
            float squares = 0f;
            float squaresLost = 0f;
            for (int row = part; row < count; row += partCount) {
                float deviation = input.get(row * channels + channel) - mean;
                float square = DeviceMath.square(deviation);
                shiftLost = DeviceReductions.lost(shiftLost, shift, deviation);
                shift += deviation;
                squaresLost = DeviceReductions.lost(squaresLost, squares, square);
                squares += square;
            }
            float rest = own > 0 ? DeviceReductions.sum(shift, shiftLost) / own : 0f;
            parts.set(item * STATISTICS, mean);
            parts.set(item * STATISTICS + 1, rest);
            parts.set(
                    item * STATISTICS + 2, DeviceReductions.sum(squares, squaresLost) - own * DeviceMath.square(rest));
        }
    }

    private static int rowsOf(int part, int partCount, int count) {
        return count > part ? (count - part - 1) / partCount + 1 : 0;
    }

    /** One work-item per channel combines the parts. {@code variances} gets the variances, divided by n. */
    static void combine(
            KernelContext c,
            FloatArray parts,
            FloatArray statistics,
            FloatArray variances,
            int partCount,
            int rows,
            int channels,
            float epsilon,
            IntArray batch) {
        int count = batch.get(0) * rows;
        for (int channel = c.globalIdx; channel < channels; channel += c.globalGroupSizeX) {
            float pivot = parts.get(channel * STATISTICS);
            float sum = 0f;
            float lost = 0f;
            for (int part = 0; part < partCount; part++) {
                int at = (part * channels + channel) * STATISTICS;
                float share = rowsOf(part, partCount, count) * ((parts.get(at) - pivot) + parts.get(at + 1));
                lost = DeviceReductions.lost(lost, sum, share);
                sum += share;
            }
            float distance = DeviceReductions.sum(sum, lost) / count;
            float squares = 0f;
            float squaresLost = 0f;
            for (int part = 0; part < partCount; part++) {
                int at = (part * channels + channel) * STATISTICS;
                float off = ((parts.get(at) - pivot) + parts.get(at + 1)) - distance;
                float square = parts.get(at + 2) + rowsOf(part, partCount, count) * DeviceMath.square(off);
                squaresLost = DeviceReductions.lost(squaresLost, squares, square);
                squares += square;
            }
            float variance = DeviceReductions.sum(squares, squaresLost) / count;
            float mean = pivot + distance;
            statistics.set(channel * STATISTICS, mean);
            statistics.set(channel * STATISTICS + 1, distance - (mean - pivot));
            statistics.set(channel * STATISTICS + 2, 1f / DeviceMath.sqrt(variance + epsilon));
            variances.set(channel, variance);
        }
    }

    /** The statistics that are kept from step to step, one work-item per channel. The variances follow the means. */
    static void recall(
            KernelContext c, FloatArray parameters, FloatArray statistics, int running, int channels, float epsilon) {
        for (int channel = c.globalIdx; channel < channels; channel += c.globalGroupSizeX) {
            statistics.set(channel * STATISTICS, parameters.get(running + channel));
            statistics.set(channel * STATISTICS + 1, 0f);
            float variance = parameters.get(running + channels + channel);
            statistics.set(channel * STATISTICS + 2, 1f / DeviceMath.sqrt(variance + epsilon));
        }
    }

    /** Moves them towards those of the batch if the step is applied. The batch's variance is divided by n − 1. */
    static void move(
            KernelContext c,
            FloatArray parameters,
            FloatArray statistics,
            FloatArray variances,
            FloatArray results,
            int running,
            int rows,
            int channels,
            float momentum,
            IntArray batch) {
        int count = batch.get(0) * rows;
        int end = results.get(StepResults.APPLIED) != 0f ? channels : 0;
        for (int channel = c.globalIdx; channel < end; channel += c.globalGroupSizeX) {
            int mean = running + channel;
            int variance = mean + channels;
            float unbiased = variances.get(channel) / (count - 1) * count;
            float oldMean = parameters.get(mean);
            float oldVariance = parameters.get(variance);
            parameters.set(mean, oldMean + momentum * (statistics.get(channel * STATISTICS) - oldMean));
            parameters.set(variance, oldVariance + momentum * (unbiased - oldVariance));
        }
    }

    /** One work-item per value. The biases follow the scales. */
    static void forward(
            KernelContext c,
            FloatArray input,
            FloatArray parameters,
            FloatArray statistics,
            FloatArray output,
            int scale,
            int channels,
            int size,
            IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int own = channel * STATISTICS;
            float z = NormalizationKernels.normalized(
                    input.get(at), statistics.get(own), statistics.get(own + 1), statistics.get(own + 2));
            output.set(at, parameters.get(scale + channel) * z + parameters.get(scale + channels + channel));
        }
    }

    /**
     * One work-item per channel: the means of {@code z · dy} and {@code dy} over the batch, from the gradients of scale
     * and bias.
     */
    static void means(
            KernelContext c,
            FloatArray parts,
            FloatArray means,
            int begin,
            int partCount,
            int rows,
            int channels,
            IntArray batch) {
        int count = batch.get(0) * rows;
        for (int channel = c.globalIdx; channel < 2 * channels; channel += c.globalGroupSizeX) {
            float sum = 0f;
            float lost = 0f;
            for (int part = 0; part < partCount; part++) {
                float x = parts.get(begin + part * 2 * channels + channel);
                lost = DeviceReductions.lost(lost, sum, x);
                sum += x;
            }
            means.set(channel, DeviceReductions.sum(sum, lost) / count);
        }
    }

    /**
     * One work-item per value: {@code dx = scale · precision · (dy − mean(dy) − z · mean(z · dy))}. The means are zeros
     * where the statistics do not depend on the batch.
     */
    static void inputGradient(
            KernelContext c,
            FloatArray input,
            FloatArray parameters,
            FloatArray statistics,
            FloatArray means,
            FloatArray outputGradient,
            FloatArray inputGradient,
            int scale,
            int channels,
            int size,
            IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            int channel = at % channels;
            int own = channel * STATISTICS;
            float precision = statistics.get(own + 2);
            float z = NormalizationKernels.normalized(
                    input.get(at), statistics.get(own), statistics.get(own + 1), precision);
            float difference = (outputGradient.get(at) - means.get(channels + channel)) - z * means.get(channel);
            inputGradient.set(at, parameters.get(scale + channel) * precision * difference);
        }
    }
}
