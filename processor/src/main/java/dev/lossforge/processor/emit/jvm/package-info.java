/**
 * Emits a loop nest as Java: one class per formula, and beside it the class of its vector loops.
 *
 * <p>The class of a formula holds each kernel as scalar code that a person could have written
 * ({@link dev.lossforge.processor.emit.jvm.RowKernel}); any JVM runs it. Where the JVM has the Vector API and the batch
 * is worth it, the same statements run in one of two other forms. In a
 * {@link dev.lossforge.processor.emit.jvm.TileKernel} the lanes of a vector are units, elements or short rows. In the
 * vectorised {@code RowKernel} they are successive values of an innermost loop's index
 * ({@link dev.lossforge.processor.emit.jvm.ColumnLoop}).
 *
 * <p>Either way what stands between loops becomes a {@link dev.lossforge.processor.emit.jvm.VectorLoop}, is cut into
 * segments, and each segment becomes a method of the vector class
 * ({@link dev.lossforge.processor.emit.jvm.VectorMethod}): one flat loop that keeps its values in registers from the
 * loads to the stores.
 */
@NullMarked
package dev.lossforge.processor.emit.jvm;

import org.jspecify.annotations.NullMarked;
