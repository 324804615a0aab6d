package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.PenaltyFunction;

/**
 * A term {@code factor · R} of the training objective {@code J = L + λR}, where R is the sum of the regularizer over
 * the weights of all layers; biases are left out.
 */
public record Penalty(double factor, PenaltyFunction regularizer) {

    public Penalty {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new ConfigurationException("The factor of the penalty '" + regularizer.name()
                    + "' is a finite number of at least 0, but " + factor + " is given.");
        }
    }
}
