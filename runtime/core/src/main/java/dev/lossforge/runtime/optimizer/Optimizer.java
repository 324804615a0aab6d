package dev.lossforge.runtime.optimizer;

import java.io.Serializable;
import java.util.List;

/** An update rule and its hyperparameters. */
public sealed interface Optimizer extends Serializable permits Sgd, Adam, AdamW {

    /** The learning rate that training starts with. */
    double learningRate();

    /** The same rule with another learning rate. */
    Optimizer withLearningRate(double learningRate);

    /**
     * The names of the values that this rule keeps for every parameter; each has the parameter's shape and starts at
     * zero.
     */
    List<String> slots();
}
