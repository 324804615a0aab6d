/**
 * What all emitters write with: {@linkplain dev.lossforge.processor.emit.Term expressions} with the parentheses they
 * need, {@linkplain dev.lossforge.processor.emit.Operations operations} in Java, names, and the types of the runtime,
 * which are named and never imported.
 *
 * <p>{@code emit.jvm} writes the class of a formula, {@code emit.device} its kernels for TornadoVM. They do not see
 * each other. These packages alone know JavaPoet.
 */
@NullMarked
package dev.lossforge.processor.emit;

import org.jspecify.annotations.NullMarked;
