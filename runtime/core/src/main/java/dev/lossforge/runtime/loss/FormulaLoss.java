package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.LossKernel;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A loss that the annotation processor generated from a formula. This class holds the common members of all such
 * losses: hyperparameters, checks and binding. The generated class adds the kernel. A loss written by hand is a
 * {@link UnitLoss}.
 */
public abstract non-sealed class FormulaLoss implements LossFunction {
    private final LossSignature signature;
    private final List<Data> parameters;

    /**
     * @param parameters the hyperparameters in order; scalars have shape {@code []}
     * @throws dev.lossforge.runtime.ConfigurationException if one is not finite, or outside its declared range
     */
    protected FormulaLoss(LossSignature signature, Data... parameters) {
        this.signature = signature;
        this.parameters = List.of(parameters);
        List<LossSignature.Input> declared = signature.parameters();
        for (int i = 0; i < declared.size(); i++) {
            FormulaParameters.require(signature, declared.get(i), parameters[i]);
        }
    }

    /** The kernel; see {@link dev.lossforge.runtime.internal.kernel.LossKernel#run}. */
    protected abstract double run(KernelFrame frame, int from, int to);

    /**
     * The kernel of a part; a loss that has parts overrides it.
     *
     * @param part the position of the part in {@link LossSignature#parts}
     */
    protected double runPart(int part, KernelFrame frame, int from, int to) {
        throw new IllegalArgumentException("The loss " + signature + " has no part number " + part + ".");
    }

    @Override
    public final LossSignature signature() {
        return signature;
    }

    /** The values of the hyperparameters, in the order of the constructor; callers must not change them. */
    public final List<Data> parameters() {
        return parameters;
    }

    final BoundLoss bind(LossInputs inputs) {
        return LossBinding.bind(signature, this::run, partKernels(), parameters, inputs);
    }

    private List<LossKernel> partKernels() {
        return IntStream.range(0, signature.parts().size())
                .<LossKernel>mapToObj(part -> (frame, from, to) -> runPart(part, frame, from, to))
                .toList();
    }

    /** The signature and the hyperparameters, as in {@code huber(p, y, delta) delta=[1.0]}. */
    @Override
    public final String description() {
        StringBuilder text = new StringBuilder(signature.toString());
        List<LossSignature.Input> declared = signature.parameters();
        for (int i = 0; i < declared.size(); i++) {
            text.append(' ').append(declared.get(i).name()).append('=').append(values(parameters.get(i)));
        }
        return text.toString();
    }

    private static String values(Data parameter) {
        return switch (parameter) {
            case Tensor floats -> Arrays.toString(floats.array());
            case IntTensor ints -> Arrays.toString(ints.array());
        };
    }

    @Override
    public String toString() {
        return signature.toString();
    }
}
