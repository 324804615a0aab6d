package dev.lossforge.runtime.loss;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The name of a loss, its inputs, and the parts it reports with its value.
 *
 * @param name the name of the formula, as in {@code softmaxCrossEntropy}
 * @param inputs all inputs in the order of the formula's parameters; the index is the input's <em>position</em>
 * @param equalExtents the axes that the formula iterates over together
 * @param excludedExtents the lengths of axes for which the formula has no value
 * @param hessian whether the loss also computes the diagonal of its Hessian
 * @param parts the names of its parts, in order, without repetitions
 */
public record LossSignature(
        String name,
        Scope scope,
        List<Input> inputs,
        List<EqualExtents> equalExtents,
        List<ExcludedExtents> excludedExtents,
        boolean hessian,
        List<String> parts) {

    public LossSignature {
        inputs = List.copyOf(inputs);
        equalExtents = List.copyOf(equalExtents);
        excludedExtents = List.copyOf(excludedExtents);
        parts = List.copyOf(parts);
    }

    /** A signature that excludes no lengths of axes. */
    public LossSignature(
            String name,
            Scope scope,
            List<Input> inputs,
            List<EqualExtents> equalExtents,
            boolean hessian,
            List<String> parts) {
        this(name, scope, inputs, equalExtents, List.of(), hessian, parts);
    }

    /** A signature without parts. */
    public LossSignature(
            String name, Scope scope, List<Input> inputs, List<EqualExtents> equalExtents, boolean hessian) {
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

    /**
     * Lengths of an axis of an input for which the formula has no value, whatever the data are: it reads an entry that
     * is not there, or is NaN or infinite. The axis is numbered as in the formula.
     *
     * @param from the first of these lengths
     * @param to the last of these lengths
     */
    public record ExcludedExtents(int input, int axis, int from, int to) {

        /** Whether a length is one of these. */
        public boolean contains(int extent) {
            return from <= extent && extent <= to;
        }
    }

    /** The same signature without a value for some lengths of axes. */
    public LossSignature excluding(ExcludedExtents... extents) {
        return new LossSignature(name, scope, inputs, equalExtents, List.of(extents), hessian, parts);
    }

    /** Whether the formula has no value for a batch of so many samples. */
    public boolean excludes(int samples) {
        return excludedExtents.stream().anyMatch(rule -> isOfSamples(rule) && rule.contains(samples));
    }

    /** Whether lengths are excluded of the axis that all samples of a batch share. */
    boolean isOfSamples(ExcludedExtents rule) {
        return scope == Scope.BATCH
                && rule.axis() == 0
                && inputs.get(rule.input()).role() != Input.Role.PARAMETER;
    }

    /** A signature without parts, second derivatives, or axes that must be equally long. */
    public static LossSignature of(String name, Scope scope, Input... inputs) {
        return new LossSignature(name, scope, List.of(inputs), List.of(), false);
    }

    /** The inputs that a caller gives with each batch, in order: all but the hyperparameters. */
    public List<Input> dataInputs() {
        return inputs.stream().filter(i -> i.role() != Input.Role.PARAMETER).toList();
    }

    /** The hyperparameters, in order. */
    public List<Input> parameters() {
        return inputs.stream().filter(i -> i.role() == Input.Role.PARAMETER).toList();
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
        return inputs.stream().map(Input::name).collect(Collectors.joining(", ", name + "(", ")"));
    }

    /**
     * An input of a loss, as its formula declares it.
     *
     * @param name the name of the formula's parameter
     * @param rank the number of axes that one evaluation of the formula sees: 0 for {@code float}, 1 for
     *     {@code float[]}, 2 for {@code float[][]}
     * @param min the smallest permitted value of a hyperparameter or a target
     * @param max the largest permitted value of a hyperparameter or a target
     * @param trainable whether the gradient of a hyperparameter is also an output
     */
    public record Input(String name, Role role, Type type, int rank, double min, double max, boolean trainable) {

        /** The role of an input. */
        public enum Role {
            /**
             * An output of the model, or the weights in a regularizer; the loss is differentiated with respect to it.
             */
            PREDICTION,
            /** An observed value. */
            TARGET,
            /** A hyperparameter, one for all samples. */
            PARAMETER
        }

        /** The type of an input's values. */
        public enum Type {
            FLOAT,
            INT
        }

        public static Input prediction(String name, int rank) {
            return new Input(
                    name, Role.PREDICTION, Type.FLOAT, rank, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
        }

        public static Input target(String name, Type type, int rank) {
            return new Input(name, Role.TARGET, type, rank, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
        }

        /** A hyperparameter with any finite value. */
        public static Input parameter(String name, Type type, int rank) {
            return new Input(
                    name, Role.PARAMETER, type, rank, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
        }

        /** The same hyperparameter or target with a range. */
        public Input between(double min, double max) {
            return new Input(name, role, type, rank, min, max, trainable);
        }

        /** The same hyperparameter with a gradient. */
        public Input asTrainable() {
            return new Input(name, role, type, rank, min, max, true);
        }
    }
}
