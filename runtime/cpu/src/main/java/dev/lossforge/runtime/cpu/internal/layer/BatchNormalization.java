package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.internal.BatchStatistics;
import dev.lossforge.runtime.layer.BatchNorm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = scale · (x − mean) · precision + bias} per channel, the last axis; see {@link BatchNorm}. In training it
 * is two operations with a {@link Meeting} between them. In the forward pass, the first sums values and squares of each
 * sample, the meeting adds up the samples, and the second normalizes. In the backward pass, the second sums the
 * gradients {@code dy} and {@code dy · (x − mean)}, the meeting adds them up, and the first computes {@code dx = scale
 * · precision · (dy − mean(dy) − (x − mean) · precision² · mean(dy · (x − mean)))}.
 *
 * <p>Sums are kept per sample in double precision. They are added up in the order of the samples, so they do not depend
 * on the number of workers. In double precision, the error of the mean square minus the squared mean is smaller than
 * the rounding of the values themselves.
 */
final class BatchNormalization {
    private final Kernels kernels;
    private final String layer;
    private final BatchNorm norm;
    private final Activations input;
    private final Activations output;
    private final ParameterStore parameters;
    private final ParameterBlock scale;
    private final ParameterBlock bias;
    private final ChannelStatistics running;
    private final boolean frozen;
    private final boolean passesGradientsOn;
    private final int channels;

    /** By sample, for each channel: the sum of the first measure, then the sum of the second. */
    private double[] sums = {};

    private final double[] means;
    private final double[] variances;
    private final float[] centers;
    private final float[] factors;
    private final float[] meanGradients;
    private final float[] slopes;
    private long count;

    /** @param passesGradientsOn whether a layer before this one is trained */
    BatchNormalization(
            Kernels kernels,
            String layer,
            BatchNorm norm,
            Activations input,
            Activations output,
            ParameterStore parameters,
            ParameterBlock scale,
            ParameterBlock bias,
            ChannelStatistics running,
            boolean passesGradientsOn) {
        this.kernels = kernels;
        this.layer = layer;
        this.norm = norm;
        this.input = input;
        this.output = output;
        this.parameters = parameters;
        this.scale = scale;
        this.bias = bias;
        this.running = running;
        this.frozen = parameters.isFrozen(scale);
        this.passesGradientsOn = passesGradientsOn;
        this.channels = scale.columns();
        this.means = new double[channels];
        this.variances = new double[channels];
        this.centers = new float[channels];
        this.factors = new float[channels];
        this.meanGradients = new float[channels];
        this.slopes = new float[channels];
    }

    /** The operation before the meeting. */
    Operation measuring() {
        return new Measuring();
    }

    /** The operation after it. */
    Operation normalizing() {
        return new Normalizing();
    }

    private void makeFactors(double[] someMeans, double[] someVariances) {
        for (int c = 0; c < channels; c++) {
            centers[c] = (float) someMeans[c];
            factors[c] = (float) (parameters.values()[scale.offset() + c] * precision(someVariances[c]));
        }
    }

    private double precision(double variance) {
        return 1 / Math.sqrt(variance + norm.epsilon());
    }

    /** Adds up both sums over the samples, and stores them in the arrays. */
    private void addUp(int samples, double[] first, double[] second) {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        for (int at = 0; at < samples * 2 * channels; at += 2 * channels) {
            for (int c = 0; c < channels; c++) {
                first[c] += sums[at + c];
                second[c] += sums[at + channels + c];
            }
        }
    }

    private final class Measuring implements Operation, Meeting {

        @Override
        public void reserve(int samples) {
            int wanted = frozen ? 0 : Math.multiplyExact(samples, 2 * channels);
            if (sums.length < wanted) {
                sums = new double[wanted];
            }
        }

        @Override
        public @Nullable Meeting meeting() {
            return frozen ? null : this;
        }

        @Override
        public void forward(int worker, int from, int to, Pass pass) {
            if (frozen || !pass.training()) {
                return;
            }
            for (int sample = from; sample < to; sample++) {
                int at = sample * 2 * channels;
                Arrays.fill(sums, at, at + 2 * channels, 0);
                kernels.addMoments(
                        input.values(), sample * input.stride(), input.size() / channels, channels, sums, at);
            }
        }

        @Override
        public void forward(int samples) {
            count = (long) samples * (input.size() / channels);
            BatchStatistics.requireVariance(layer, samples, count);
            addUp(samples, means, variances);
            for (int c = 0; c < channels; c++) {
                means[c] /= count;
                variances[c] = Math.max(variances[c] / count - means[c] * means[c], 0);
            }
            makeFactors(means, variances);
        }

        @Override
        public void backward(int samples) {
            double[] gradientSums = new double[channels];
            double[] products = new double[channels];
            addUp(samples, gradientSums, products);
            float[] gradient = parameters.gradients().of(0);
            for (int c = 0; c < channels; c++) {
                double precision = precision(variances[c]);
                gradient[scale.offset() + c] += (float) (products[c] * precision);
                gradient[bias.offset() + c] += (float) gradientSums[c];
                meanGradients[c] = (float) (gradientSums[c] / count);
                slopes[c] = (float) (products[c] * precision * precision / count);
            }
        }

        @Override
        public void settle() {
            running.move(norm.momentum(), means, variances, count);
        }

        /** The mean gradients and slopes of a frozen layer are zero. */
        @Override
        public void backward(int worker, int from, int to) {
            if (!passesGradientsOn) {
                return;
            }
            for (int sample = from; sample < to; sample++) {
                for (int i = 0; i < input.size(); i += channels) {
                    int x = sample * input.stride() + i;
                    makeGradients(
                            input.values(), input.gradients(), x, output.gradients(), sample * output.stride() + i);
                }
            }
        }

        private void makeGradients(float[] values, float[] gradients, int x, float[] from, int y) {
            for (int c = 0; c < channels; c++) {
                float difference = from[y + c] - meanGradients[c] - (values[x + c] - centers[c]) * slopes[c];
                gradients[x + c] = factors[c] * difference;
            }
        }
    }

    private final class Normalizing implements Operation {
        private final float[] runningCenters = new float[channels];
        private final float[] runningFactors = new float[channels];

        @Override
        public void reserve(int samples) {
            output.reserve(samples);
        }

        @Override
        public void refresh(int worker, int workers) {
            if (worker == 0) {
                running.read(means, variances);
                makeFactors(means, variances);
                System.arraycopy(centers, 0, runningCenters, 0, channels);
                System.arraycopy(factors, 0, runningFactors, 0, channels);
            }
        }

        @Override
        public void forward(int worker, int from, int to, Pass pass) {
            boolean ofBatch = pass.training() && !frozen;
            float[] center = ofBatch ? centers : runningCenters;
            float[] factor = ofBatch ? factors : runningFactors;
            for (int sample = from; sample < to; sample++) {
                for (int i = 0; i < input.size(); i += channels) {
                    normalize(sample * input.stride() + i, center, factor, sample * output.stride() + i);
                }
            }
        }

        private void normalize(int x, float[] center, float[] factor, int y) {
            float[] in = input.values();
            float[] out = output.values();
            float[] shift = parameters.values();
            for (int c = 0; c < channels; c++) {
                out[y + c] = (in[x + c] - center[c]) * factor[c] + shift[bias.offset() + c];
            }
        }

        @Override
        public void backward(int worker, int from, int to) {
            if (frozen) {
                return;
            }
            for (int sample = from; sample < to; sample++) {
                int at = sample * 2 * channels;
                Arrays.fill(sums, at, at + 2 * channels, 0);
                kernels.addProducts(
                        output.gradients(),
                        sample * output.stride(),
                        input.values(),
                        sample * input.stride(),
                        input.size() / channels,
                        channels,
                        means,
                        sums,
                        at);
            }
        }
    }
}
