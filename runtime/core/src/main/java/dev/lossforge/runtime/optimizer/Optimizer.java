package dev.lossforge.runtime.optimizer;

import java.util.List;

/** An update rule and its hyperparameters. */
public sealed interface Optimizer permits Sgd, Adam, AdamW {

    /** The learning rate that training starts with. */
    double learningRate();

    /** The same rule with another learning rate. */
    Optimizer withLearningRate(double learningRate);

    /**
     * The names of the values this rule keeps beside every parameter, each of the parameter's shape and zero at first.
     */
    List<String> slots();
}
