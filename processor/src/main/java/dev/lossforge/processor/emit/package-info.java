/**
 * The common basis of all emitters: {@linkplain dev.lossforge.processor.emit.Term expressions} with the parentheses
 * they need, {@linkplain dev.lossforge.processor.emit.Operations operations} in Java, names, and the names of the
 * runtime's types, which the processor never imports.
 *
 * <p>{@code emit.jvm} writes the class of a formula, {@code emit.device} its kernels for TornadoVM. They do not see
 * each other. Only these packages use JavaPoet.
 */
@NullMarked
package dev.lossforge.processor.emit;

import org.jspecify.annotations.NullMarked;
