package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import java.util.List;

/**
 * {@code y = scale · z + bias} with {@code z = (x − mean) / deviation} for each row of the last axis. The backward pass
 * computes {@code dx = (dz − mean(dz) − z · mean(z · dz)) / deviation} with {@code dz = scale · dy}. Sums are computed
 * in double precision.
 *
 * @param epsilon added to the variance
 */
record RowNormalization(
        Activations input,
        Activations output,
        double epsilon,
        ParameterStore parameters,
        ParameterBlock scale,
        ParameterBlock bias)
        implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    private int length() {
        return scale.columns();
    }

    private double mean(int x) {
        double sum = 0;
        for (int i = 0; i < length(); i++) {
            sum += input.values()[x + i];
        }
        return sum / length();
    }

    private double precision(int x, double mean) {
        double squares = 0;
        for (int i = 0; i < length(); i++) {
            double difference = input.values()[x + i] - mean;
            squares += difference * difference;
        }
        return 1 / Math.sqrt(squares / length() + epsilon);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < input.size(); row += length()) {
                normalize(sample * input.stride() + row, sample * output.stride() + row);
            }
        }
    }

    private void normalize(int x, int y) {
        float[] values = parameters.values();
        double mean = mean(x);
        double precision = precision(x, mean);
        for (int i = 0; i < length(); i++) {
            float z = (float) ((input.values()[x + i] - mean) * precision);
            output.values()[y + i] = values[scale.offset() + i] * z + values[bias.offset() + i];
        }
    }

    @Override
    public List<ParameterBlock> gradientBlocks() {
        return List.of(scale, bias);
    }

    @Override
    public void backward(int worker, int from, int to) {
        float[] gradient = parameters.gradients().of(worker);
        boolean trained = !parameters.isFrozen(scale);
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < input.size(); row += length()) {
                int x = sample * input.stride() + row;
                int y = sample * output.stride() + row;
                double mean = mean(x);
                double precision = precision(x, mean);
                if (trained) {
                    addParameterGradients(x, y, mean, precision, gradient);
                }
                makeInputGradients(x, y, mean, precision);
            }
        }
    }

    private void addParameterGradients(int x, int y, double mean, double precision, float[] gradient) {
        for (int i = 0; i < length(); i++) {
            float dy = output.gradients()[y + i];
            gradient[scale.offset() + i] += (float) (dy * (input.values()[x + i] - mean) * precision);
            gradient[bias.offset() + i] += dy;
        }
    }

    private void makeInputGradients(int x, int y, double mean, double precision) {
        double sum = 0;
        double product = 0;
        for (int i = 0; i < length(); i++) {
            double dz = (double) parameters.values()[scale.offset() + i] * output.gradients()[y + i];
            sum += dz;
            product += dz * (input.values()[x + i] - mean) * precision;
        }
        for (int i = 0; i < length(); i++) {
            double dz = (double) parameters.values()[scale.offset() + i] * output.gradients()[y + i];
            double z = (input.values()[x + i] - mean) * precision;
            input.gradients()[x + i] = (float) (precision * (dz - (sum + z * product) / length()));
        }
    }
}
