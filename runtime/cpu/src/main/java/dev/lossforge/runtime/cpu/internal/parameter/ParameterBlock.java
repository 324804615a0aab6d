package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.tensor.Tensor;

/**
 * The position of one parameter in the flat array: one row per output, with {@code columns} values each, padded with
 * zeros to {@code stride}. The parameter's tensor is the transpose, {@code [columns, rows]} in row-major order,
 * whatever its rank.
 *
 * @param offset the position of the first value in the flat array
 */
public record ParameterBlock(Parameter parameter, int offset, int rows, int columns, int stride) {

    /** Weights get one row per output, a bias is one row. */
    static ParameterBlock at(int offset, Parameter parameter, int lanes) {
        int rows = parameter.isWeights() ? parameter.shape().lastExtent() : 1;
        int columns = parameter.shape().size() / rows;
        return new ParameterBlock(parameter, offset, rows, columns, Math.ceilDiv(columns, lanes) * lanes);
    }

    /** The number of floats in the block, including padding. */
    public int size() {
        return rows * stride;
    }

    /** Reads this block of a flat array. */
    public Tensor toTensor(float[] flat) {
        Tensor tensor = Tensor.zeros(parameter.shape());
        transposeTo(flat, tensor.array());
        return tensor;
    }

    /** Reads this block of a flat array into the tensor's order. */
    public void transposeTo(float[] flat, float[] tensor) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                tensor[column * rows + row] = flat[offset + row * stride + column];
            }
        }
    }

    /** Writes this block of a flat array from values in the tensor's order. */
    public void transposeFrom(float[] tensor, float[] flat) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                flat[offset + row * stride + column] = tensor[column * rows + row];
            }
        }
    }
}
