package dev.lossforge.processor.ir;

import java.util.Optional;

/**
 * A parameter of the formula method.
 *
 * @param position index in the method's parameter list, from 0
 * @param rank number of array dimensions in the method: 0 for {@code float}, 1 for {@code float[]}, 2 for
 *     {@code float[][]}
 * @param defaultValue the value a hyperparameter has when the user gives none
 * @param min the smallest value that the user declared possible, {@code -∞} when nothing is declared
 * @param max the largest value that the user declared possible, {@code +∞} when nothing is declared
 * @param trainable whether a hyperparameter's gradient is also an output
 */
public record Input(
        int position,
        String name,
        Role role,
        Type type,
        int rank,
        Optional<Double> defaultValue,
        double min,
        double max,
        boolean trainable) {

    /** An input without default or declared range. */
    public static Input of(int position, String name, Role role, Type type, int rank) {
        return new Input(
                position,
                name,
                role,
                type,
                rank,
                Optional.empty(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                false);
    }

    /** Whether the formula is differentiated with respect to this input. */
    public boolean differentiated() {
        return switch (role) {
            case PREDICTION, WEIGHT -> true;
            case PARAMETER -> trainable;
            case TARGET -> false;
        };
    }
}
