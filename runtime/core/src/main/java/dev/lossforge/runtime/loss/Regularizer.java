package dev.lossforge.runtime.loss;

/** A penalty on the weights of a model, the R in {@code J = L + λR}. */
public interface Regularizer {

    /** The name of the formula, as in {@code l2}. */
    String name();
}
