package dev.lossforge.runtime.loss;

/** A loss: what training makes small. Generated losses implement it. */
public interface Loss {

    /** The name of the formula, as in {@code softmaxCrossEntropy}. */
    String name();
}
