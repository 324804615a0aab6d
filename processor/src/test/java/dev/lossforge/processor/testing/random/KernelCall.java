package dev.lossforge.processor.testing.random;

import java.util.List;

/**
 * What a generated loss is run on.
 *
 * @param parameters hyperparameters in order, {@code Float} or {@code float[]}
 * @param data predictions and targets in order, {@code float[]} or {@code int[]}
 * @param weights one per unit, or none
 */
public record KernelCall(
        List<Object> parameters, List<Object> data, List<int[]> shapes, List<Float> weights, String reduction) {}
