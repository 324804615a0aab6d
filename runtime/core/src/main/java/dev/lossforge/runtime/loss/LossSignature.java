package dev.lossforge.runtime.loss;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The name of a loss, its inputs, and the parts it reports with its value.
 *
 * @param name the name of the formula, as in {@code softmaxCrossEntropy}
 * @param inputs all inputs in the order of the formula's parameters; the index is the input's <em>position</em>
 * @param equalExtents the axes that the formula iterates over together
 * @param hessian whether the loss also computes the diagonal of its Hessian
 * @param parts the names of its parts, in order, without repetitions
 */
public record LossSignature(
        String name,
        Scope scope,
        List<LossInput> inputs,
        List<EqualExtents> equalExtents,
        boolean hessian,
        List<String> parts) {

    public LossSignature {
        inputs = List.copyOf(inputs);
        equalExtents = List.copyOf(equalExtents);
        parts = List.copyOf(parts);
    }

    /** A signature without parts. */
    public LossSignature(
            String name, Scope scope, List<LossInput> inputs, List<EqualExtents> equalExtents, boolean hessian) {
        this(name, scope, inputs, equalExtents, hessian, List.of());
    }

    /** What one evaluation of a loss's formula covers: a <em>unit</em> of the loss. */
    public enum Scope {
        /** One element: predictions and targets have equal shapes. */
        ELEMENT,
        /**
         * One sample. It is a row along the last axis, and all axes before it count samples; or it is a matrix, with
         * predictions of shape {@code [samples, rows, columns]}.
         */
        SAMPLE,
        /** The whole batch, of shape {@code [samples, length]}. */
        BATCH
    }

    /** Two axes of two inputs that must be equally long. Axes are numbered as in the formula. */
    public record EqualExtents(int input, int axis, int otherInput, int otherAxis) {}

    /** A signature without parts, second derivatives, or axes that must be equally long. */
    public static LossSignature of(String name, Scope scope, LossInput... inputs) {
        return new LossSignature(name, scope, List.of(inputs), List.of(), false);
    }

    /** The inputs that a caller gives with each batch, in order: all but the hyperparameters. */
    public List<LossInput> dataInputs() {
        return inputs.stream().filter(i -> i.role() != LossInput.Role.PARAMETER).toList();
    }

    /** The hyperparameters, in order. */
    public List<LossInput> parameters() {
        return inputs.stream().filter(i -> i.role() == LossInput.Role.PARAMETER).toList();
    }

    /** The position of an input, or −1 if there is none of that name. */
    public int position(String inputName) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(inputName)) {
                return i;
            }
        }
        return -1;
    }

    /** The name and the inputs, as in {@code softmaxCrossEntropy(logits, label)}. */
    @Override
    public String toString() {
        return inputs.stream().map(LossInput::name).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
