/**
 * Emits loop nests as Java source.
 *
 * <p>This is the only stage that knows JavaPoet.
 */
@NullMarked
package dev.lossforge.processor.emit;

import org.jspecify.annotations.NullMarked;
