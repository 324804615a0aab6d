package dev.lossforge.dl4j;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Converts the arrays of Deeplearning4j to inputs of a loss. */
final class Dl4jInputs {
    private Dl4jInputs() {}

    static LossInputs of(LossSignature signature, INDArray labels, INDArray output, @Nullable INDArray mask) {
        LossInputs inputs = LossInputs.of();
        for (LossSignature.Input input : signature.dataInputs()) {
            Data value = input.role() == LossSignature.Input.Role.PREDICTION
                    ? tensor(output)
                    : target(signature, input, labels);
            inputs = inputs.and(input.name(), value);
        }
        return mask == null ? inputs : inputs.withWeights(weights(mask, output));
    }

    private static Data target(LossSignature signature, LossSignature.Input target, INDArray labels) {
        boolean perSample = signature.scope() == Scope.SAMPLE && target.rank() == 0
                || signature.scope() == Scope.BATCH && target.rank() == 1;
        if (target.type() == LossSignature.Input.Type.FLOAT) {
            Tensor all = tensor(labels);
            return perSample ? Tensor.over(all.array(), all.size()) : all;
        }
        int samples = (int) labels.size(0);
        if (perSample && labels.columns() > 1) {
            return IntTensor.over(labels.argMax(1).castTo(DataType.INT32).data().asInt(), samples);
        }
        float[] floats = tensor(labels).array();
        int[] whole = new int[floats.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) floats[i];
            if (whole[i] != floats[i]) {
                throw new DataException("The label of sample " + i * samples / whole.length + " is " + floats[i]
                        + ", but the loss " + signature + " takes whole numbers, such as class indices.");
            }
        }
        return perSample ? IntTensor.over(whole, samples) : IntTensor.over(whole, samples, whole.length / samples);
    }

    /** The weights: one per sample, or one per element. */
    private static Tensor weights(INDArray mask, INDArray output) {
        Tensor all = tensor(mask);
        return all.size() == output.size(0) ? Tensor.over(all.array(), all.size()) : all;
    }

    private static Tensor tensor(INDArray array) {
        int[] extents = new int[array.rank()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = Math.toIntExact(array.size(i));
        }
        return Tensor.over(array.castTo(DataType.FLOAT).dup('c').data().asFloat(), extents);
    }
}
