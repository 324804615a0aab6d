package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.List;
import java.util.Optional;

/**
 * A step of a kernel. Expressions in statements hold no {@link Expr.Reduce}; {@link Expr.Local} names the result of a
 * statement before it. A local is visible in its block after its statement, and in the blocks inside.
 */
public sealed interface Statement {

    /** Evaluates once and names the result. */
    record Define(Expr.Local local, Expr value) implements Statement {}

    /**
     * Runs the body for each value of the index.
     *
     * @param extent the index's extent, computed
     * @param rounds in which order
     */
    record Loop(Expr.Index index, Expr extent, List<Statement> body, Rounds rounds) implements Statement {}

    /** The order of the rounds of a loop. */
    enum Rounds {
        /**
         * Any, also at once: no round reads or writes what another one writes, but for accumulators that are started
         * before the loop, which it only takes values into, and buffers that nothing outside of the loop touches, of
         * which each round may have its own.
         */
        INDEPENDENT,
        /** From 0 upwards; a later round sees what an earlier one did. */
        ASCENDING,
        /** From the last one downwards. */
        DESCENDING
    }

    /** Starts a reduction: the accumulator takes the identity element of {@code op}. Its type is the local's. */
    record Start(Expr.Local accumulator, ReduceOp op) implements Statement {}

    /**
     * Takes one more value into a started accumulator.
     *
     * @param position the loop index of the reduction, which ARG_MAX and ARG_MIN record
     */
    record Accumulate(Expr.Local accumulator, ReduceOp op, Expr value, Expr.Index position) implements Statement {}

    /** Names the final value of an accumulator: {@code LOG_SUM_EXP} keeps a maximum and a scaled sum until here. */
    record Finish(Expr.Local result, Expr.Local accumulator, ReduceOp op) implements Statement {}

    /**
     * Names what an accumulator has taken in so far, before it is finished. {@code op} is SUM, MAX or MIN, and the loop
     * is not {@link Rounds#INDEPENDENT}.
     */
    record Running(Expr.Local result, Expr.Local accumulator, ReduceOp op) implements Statement {}

    /** Keeps a value for a later loop: {@code buffer[indices] = value}. */
    record Keep(Buffer buffer, List<Expr> indices, Expr value) implements Statement {}

    /** Names a kept value: {@code result = buffer[indices]}. */
    record Recall(Expr.Local result, Buffer buffer, List<Expr> indices) implements Statement {}

    /**
     * A matrix product, outside of all loops: {@code target[row][column] = Σ left(row, inner) · right(inner, column)},
     * or added to what is there. The indices are names of the roles; their extents are those of the loops.
     *
     * @param finite whether left and right must be finite, each where it says so, since masks went into the other
     *     factor
     * @param otherwise what to run instead where they are not; empty if nothing is assumed
     */
    record Product(
            Target target,
            Mode mode,
            Expr.Index row,
            Expr.Index column,
            Expr.Index inner,
            Operand left,
            Operand right,
            Finite finite,
            List<Statement> otherwise)
            implements Statement {}

    /** Which factors of a product are assumed to be finite. */
    record Finite(boolean left, boolean right) {
        boolean isAssumed() {
            return left || right;
        }
    }

    /** Where a product goes. */
    sealed interface Target {}

    /** A buffer, by row and column. */
    record ToBuffer(Buffer buffer) implements Target {}

    /** A derivative, by row and column. */
    record ToDerivative(int order, Input input) implements Target {}

    /**
     * A factor of a product: a matrix that a buffer or an input holds.
     *
     * @param source the buffer, or empty if it is the input
     * @param matrix the entry that the factor has for its two indices, as a load of the input, or of what stands for
     *     the buffer; the order of its indices tells whether it is stored transposed
     */
    record Operand(Optional<Buffer> source, Expr.Load matrix) {
        /** Whether an index is that of the last axis, along which entries are neighbours. */
        public boolean isContiguousIn(Expr.Index index) {
            return matrix.indices().getLast() == index;
        }
    }

    /**
     * Sorts a row, outside of the loop over its entries: the target becomes the permutation that puts the keys of the
     * source into ascending order, or the inverse of the permutation that is the source.
     *
     * @param count how many entries there are
     */
    record Sort(OrderOp op, Row target, Row source, Expr count) implements Statement {}

    /** A row of a buffer: all entries with some indices of the axes but the last. */
    record Row(Buffer buffer, List<Expr> indices) {}

    /** The value of the loss. Exactly one in a kernel, outside all loops. */
    record StoreValue(Expr value) implements Statement {}

    /**
     * Writes a derivative.
     *
     * @param order 1 for the gradient, 2 for the diagonal Hessian
     * @param mode SET stores; ADD adds to what is there (set to zero by a {@link Clear} before)
     */
    record StoreDerivative(int order, Input input, List<Expr> indices, Expr value, Mode mode) implements Statement {}

    /** Sets a whole derivative (of this sample, for a row loss) to zero, for ADDs to come. */
    record Clear(int order, Input input) implements Statement {}

    /** How a derivative is written. */
    enum Mode {
        SET,
        ADD
    }
}
