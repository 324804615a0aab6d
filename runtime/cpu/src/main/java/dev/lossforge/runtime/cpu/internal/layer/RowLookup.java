package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.data.DataException;
import java.util.Arrays;
import java.util.List;

/**
 * Looks up a row of the weights for each index. The backward pass adds the gradient of each row to the gradient of the
 * weights.
 */
record RowLookup(String layer, Activations input, Activations output, ParameterStore parameters, ParameterBlock weights)
        implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        float[] values = parameters.values();
        for (int sample = from; sample < to; sample++) {
            for (int i = 0; i < input.size(); i++) {
                int at = weights.offset() + index(sample, i);
                int y = sample * output.stride() + i * weights.rows();
                for (int d = 0; d < weights.rows(); d++) {
                    output.values()[y + d] = values[at + d * weights.stride()];
                }
            }
        }
    }

    /** The weights are stored transposed: an index is a column of their block. */
    private int index(int sample, int position) {
        float value = input.values()[sample * input.stride() + position];
        int index = (int) value;
        if (index != value || index < 0 || index >= weights.columns()) {
            throw new DataException("The layer '" + layer + "' takes indices from 0 to " + (weights.columns() - 1)
                    + ", but position " + position + " of sample " + sample + " of the batch is " + value + ".");
        }
        return index;
    }

    @Override
    public List<ParameterBlock> gradientBlocks() {
        return List.of(weights);
    }

    @Override
    public void backward(int worker, int from, int to) {
        Arrays.fill(input.gradients(), from * input.stride(), to * input.stride(), 0);
        if (parameters.isFrozen(weights)) {
            return;
        }
        float[] gradient = parameters.gradients().of(worker);
        for (int sample = from; sample < to; sample++) {
            for (int i = 0; i < input.size(); i++) {
                int at = weights.offset() + index(sample, i);
                int y = sample * output.stride() + i * weights.rows();
                for (int d = 0; d < weights.rows(); d++) {
                    gradient[at + d * weights.stride()] += output.gradients()[y + d];
                }
            }
        }
    }
}
