/**
 * Vectors: what the body of a flat loop computes, as operations on registers of 32-bit lanes.
 *
 * <p>A {@link dev.lossforge.processor.vector.VectorNode} is one register: a float or an int in each lane, or a mask.
 * {@link dev.lossforge.processor.vector.VectorGraph} makes and interns the nodes. Every node is one instruction of the
 * Vector API, so functions such as {@code exp} are expanded here into the operations of their polynomial: a vector that
 * crosses a call is boxed, which costs a hundred times the arithmetic.
 */
@NullMarked
package dev.lossforge.processor.vector;

import org.jspecify.annotations.NullMarked;
