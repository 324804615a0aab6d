/**
 * The functions of blocks that generated kernels call, with the Vector API.
 *
 * <p>{@link dev.lossforge.runtime.cpu.internal.block.VectorBlockMathProvider} is what {@link java.util.ServiceLoader}
 * finds; it mentions the Vector API only where the module is present. Results are bit for bit those of the plain
 * functions in {@code runtime/core}, whatever the length of a vector.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.block;

import org.jspecify.annotations.NullMarked;
