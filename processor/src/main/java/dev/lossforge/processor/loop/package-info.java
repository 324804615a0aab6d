/**
 * The loop IR and the way to it: lowering of expressions to loop nests, and the fusion of those
 * nests into few passes over the data.
 *
 * <p>Below this stage no formula expression remains.
 */
@NullMarked
package dev.lossforge.processor.loop;

import org.jspecify.annotations.NullMarked;
