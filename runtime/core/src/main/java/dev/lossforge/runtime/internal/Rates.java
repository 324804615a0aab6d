package dev.lossforge.runtime.internal;

import dev.lossforge.runtime.ConfigurationException;

/** Checks the ranges of optimizers' hyperparameters. */
public final class Rates {
    private Rates() {}

    /** Checks that a learning rate is finite and above zero. */
    public static double requireLearningRate(double learningRate) {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new ConfigurationException("A learning rate is a finite number above 0, but " + learningRate
                    + " is given; 0.001 is a common start.");
        }
        return learningRate;
    }

    /** Checks that a rate of decay is at least 0 and less than 1. */
    public static void requireDecay(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new ConfigurationException(
                    "The optimizer's " + name + " is at least 0 and less than 1, but " + value + " is given.");
        }
    }

    public static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new ConfigurationException(
                    "The optimizer's " + name + " is a finite number above 0, but " + value + " is given.");
        }
    }

    public static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new ConfigurationException(
                    "The optimizer's " + name + " is a finite number of at least 0, but " + value + " is given.");
        }
    }
}
