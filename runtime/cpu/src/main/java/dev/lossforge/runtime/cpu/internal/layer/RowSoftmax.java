package dev.lossforge.runtime.cpu.internal.layer;

/**
 * Softmax over the last axis: {@code y = exp(x - max x) / sum(exp(x - max x))}. The backward pass computes {@code dx =
 * y·(dy - y·dy)}.
 */
record RowSoftmax(Activations input, Activations output, int classes) implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < input.size(); row += classes) {
                softmax(sample * input.stride() + row, sample * output.stride() + row);
            }
        }
    }

    private void softmax(int x, int y) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            max = Math.max(max, input.values()[x + i]);
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            float exponential = (float) Math.exp(input.values()[x + i] - max);
            output.values()[y + i] = exponential;
            sum += exponential;
        }
        float scale = (float) (1 / sum);
        for (int i = 0; i < classes; i++) {
            output.values()[y + i] *= scale;
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < input.size(); row += classes) {
                softmaxGradient(sample * input.stride() + row, sample * output.stride() + row);
            }
        }
    }

    private void softmaxGradient(int x, int y) {
        double dot = 0;
        for (int i = 0; i < classes; i++) {
            dot += (double) output.values()[y + i] * output.gradients()[y + i];
        }
        float mean = (float) dot;
        for (int i = 0; i < classes; i++) {
            input.gradients()[x + i] = output.values()[y + i] * (output.gradients()[y + i] - mean);
        }
    }
}
