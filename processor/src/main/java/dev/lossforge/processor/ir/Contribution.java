package dev.lossforge.processor.ir;

import java.util.List;

/**
 * A part of a derivative: for all values of the free indices of {@code indices} and {@code value},
 * {@code derivative[input][indices] += value}. A contribution whose indices fall outside the input's extents is void.
 *
 * <p>{@code Contribution(logits, [#1], exp(logits[#1] − lse))} and {@code Contribution(logits, [label], −1)} make up
 * the gradient of the softmax cross-entropy.
 */
public record Contribution(Input input, List<Expr> indices, Expr value) {}
