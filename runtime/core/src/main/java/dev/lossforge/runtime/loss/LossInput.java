package dev.lossforge.runtime.loss;

/**
 * An input of a loss, as its formula declares it.
 *
 * @param name the name of the formula's parameter
 * @param rank the number of axes that one evaluation of the formula sees: 0 for {@code float}, 1 for {@code float[]}, 2
 *     for {@code float[][]}
 * @param min the smallest permitted value of a hyperparameter or a target
 * @param max the largest permitted value of a hyperparameter or a target
 * @param trainable whether the gradient of a hyperparameter is also an output
 */
public record LossInput(String name, Role role, Type type, int rank, double min, double max, boolean trainable) {

    /** The role of an input. */
    public enum Role {
        /** An output of the model, or the weights in a regularizer; the loss is differentiated with respect to it. */
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

    public static LossInput prediction(String name, int rank) {
        return new LossInput(
                name, Role.PREDICTION, Type.FLOAT, rank, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    }

    public static LossInput target(String name, Type type, int rank) {
        return new LossInput(name, Role.TARGET, type, rank, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    }

    /** A hyperparameter with any finite value. */
    public static LossInput parameter(String name, Type type, int rank) {
        return new LossInput(
                name, Role.PARAMETER, type, rank, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    }

    /** The same hyperparameter or target with a range. */
    public LossInput between(double least, double greatest) {
        return new LossInput(name, role, type, rank, least, greatest, trainable);
    }

    /** The same hyperparameter with a gradient. */
    public LossInput asTrainable() {
        return new LossInput(name, role, type, rank, min, max, true);
    }
}
