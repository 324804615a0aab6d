/**
 * Emits loop nests as Java source: one class per formula, plain Java that needs no compiler flag.
 *
 * <p>A kernel comes in two bodies. In {@link dev.lossforge.processor.emit.LaneKernel} each lane of a block is a unit of
 * its own, an element or a short row: every scalar of the loop nest becomes a block, and loops stay loops. In
 * {@link dev.lossforge.processor.emit.UnitKernel} units follow each other, scalars are scalars, and the values of an
 * innermost loop's index are the lanes. Either way {@link dev.lossforge.processor.emit.LaneProgram} orders the
 * operations on blocks into stages: arithmetic that the JIT compiler vectorises goes into loops of this class, one
 * small method per stage, everything else is a call of a block function of the runtime.
 *
 * <p>This is the only stage that knows JavaPoet. Types of the runtime are named, never imported.
 */
@NullMarked
package dev.lossforge.processor.emit;

import org.jspecify.annotations.NullMarked;
