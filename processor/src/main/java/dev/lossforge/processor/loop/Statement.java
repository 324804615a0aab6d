package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A step of a kernel. Expressions in statements contain no {@link Expr.Reduce}; {@link Expr.Local} names the result of
 * an earlier statement. A local is visible after its statement, in its block and in inner ones.
 */
public sealed interface Statement {

    /** Evaluates once and names the result. */
    record Define(Expr.Local local, Expr value) implements Statement {}

    /**
     * Runs the body for each value of the index.
     *
     * @param extent the index's extent, computed
     * @param rounds the order of the rounds
     */
    record Loop(Expr.Index index, Expr extent, List<Statement> body, Rounds rounds) implements Statement {}

    /** The order of the rounds of a loop. */
    enum Rounds {
        /**
         * Any order, also in parallel: no round reads or writes what another one writes. There are two exceptions.
         * Accumulators that are started before the loop only take values in it. Of a buffer that is used only in the
         * loop, each round may have its own copy.
         */
        INDEPENDENT,
        /** Any order, also in parallel, if those that run in parallel add to derivatives of their own. */
        ADDING,
        /** From 0 upwards; a later round sees what an earlier one did. */
        ASCENDING,
        /** From the last one downwards. */
        DESCENDING
    }

    /** Starts a reduction: the accumulator gets the identity element of {@code op}. Its type is the local's. */
    record Start(Expr.Local accumulator, ReduceOp op) implements Statement {}

    /**
     * Adds one more value to a started accumulator.
     *
     * @param position the loop index of the reduction, which ARG_MAX and ARG_MIN record
     */
    record Accumulate(Expr.Local accumulator, ReduceOp op, Expr value, Expr.Index position) implements Statement {}

    /** Names the final value of an accumulator: {@code LOG_SUM_EXP} keeps a maximum and a scaled sum until here. */
    record Finish(Expr.Local result, Expr.Local accumulator, ReduceOp op) implements Statement {}

    /**
     * Names the current value of an accumulator before it is finished. {@code op} is SUM, MAX or MIN, and the loop is
     * not {@link Rounds#INDEPENDENT}.
     */
    record Running(Expr.Local result, Expr.Local accumulator, ReduceOp op) implements Statement {}

    /** Keeps a value for a later loop: {@code buffer[indices] = value}. */
    record Keep(Buffer buffer, List<Expr> indices, Expr value) implements Statement {}

    /** Names a kept value: {@code result = buffer[indices]}. */
    record Recall(Expr.Local result, Buffer buffer, List<Expr> indices) implements Statement {}

    /**
     * A matrix product, outside all loops: {@code target[row][column] = Σ left(row, inner) · right(inner, column)}, or
     * added to the target, or what else {@link Terms} say. The indices name the roles; their extents are those of the
     * loops.
     *
     * @param finite whether left and right must be finite, because masks moved into the other factor
     * @param otherwise the statements to run instead if they are not; empty if nothing is assumed, or if the kernel is
     *     then left ({@link FiniteFactors})
     */
    record Product(
            Target target,
            Mode mode,
            Expr.Index row,
            Expr.Index column,
            Expr.Index inner,
            Terms<Operand> terms,
            Finite finite,
            List<Statement> otherwise)
            implements Statement {

        Product withOtherwise(List<Statement> statements) {
            return new Product(target, mode, row, column, inner, terms, finite, statements);
        }
    }

    /**
     * What is summed, or of what the largest is taken, over the inner index.
     *
     * @param <T> an entry of a matrix
     */
    sealed interface Terms<T> {
        /** At the row and the inner index. */
        T left();

        /** At the inner index and the column. */
        T right();

        <U> Terms<U> map(Function<T, U> change);

        /** All entries. */
        default List<T> entries() {
            return this instanceof WeightedDifferences<T> d
                    ? List.of(left(), right(), d.minuend())
                    : List.of(left(), right());
        }
    }

    /** {@code Σ left · right}. */
    record Products<T>(T left, T right) implements Terms<T> {
        @Override
        public <U> Terms<U> map(Function<T, U> change) {
            return new Products<>(change.apply(left), change.apply(right));
        }
    }

    /** {@code Σ (left − right)²}. */
    record SquaredDifferences<T>(T left, T right) implements Terms<T> {
        @Override
        public <U> Terms<U> map(Function<T, U> change) {
            return new SquaredDifferences<>(change.apply(left), change.apply(right));
        }
    }

    /** {@code max |left − right|}. */
    record LargestDifferences<T>(T left, T right) implements Terms<T> {
        @Override
        public <U> Terms<U> map(Function<T, U> change) {
            return new LargestDifferences<>(change.apply(left), change.apply(right));
        }
    }

    /** {@code Σ left · (minuend − right)}, with the minuend at the row and the column. */
    record WeightedDifferences<T>(T left, T right, T minuend) implements Terms<T> {
        @Override
        public <U> Terms<U> map(Function<T, U> change) {
            return new WeightedDifferences<>(change.apply(left), change.apply(right), change.apply(minuend));
        }
    }

    /** Which factors of a product are assumed to be finite; of differences, the right one and the minuend together. */
    record Finite(boolean left, boolean right) {
        public boolean isAssumed() {
            return left || right;
        }
    }

    /** The target of a product. */
    sealed interface Target {}

    /** A buffer, by row and column. */
    record ToBuffer(Buffer buffer) implements Target {}

    /** A derivative, by row and column. */
    record ToDerivative(int order, Input input) implements Target {}

    /**
     * A factor of a product: a matrix in a buffer or an input.
     *
     * @param source the buffer, or empty if it is the input
     * @param matrix the factor's entry at its two indices, as a load of the input, or of the input that represents the
     *     buffer; the order of its indices determines whether it is stored transposed
     */
    record Operand(Optional<Buffer> source, Expr.Load matrix) {
        /** Whether an index is that of the last axis, along which entries are neighbours. */
        public boolean isContiguousIn(Expr.Index index) {
            return matrix.indices().getLast() == index;
        }
    }

    /**
     * Sorts a row, outside the loop over its entries. The target becomes the permutation that sorts the keys of the
     * source in ascending order, or the inverse of the permutation in the source.
     *
     * @param count the number of entries
     */
    record Sort(OrderOp op, Row target, Row source, Expr count) implements Statement {}

    /** A row of a buffer: all entries with given indices for every axis except the last. */
    record Row(Buffer buffer, List<Expr> indices) {}

    /** The value of the loss. Exactly one in a kernel, outside all loops. */
    record StoreValue(Expr value) implements Statement {}

    /**
     * Writes a derivative.
     *
     * @param order 1 for the gradient, 2 for the diagonal Hessian
     * @param mode SET stores; ADD adds to the current value, which an earlier {@link Clear} set to zero
     */
    record StoreDerivative(int order, Input input, List<Expr> indices, Expr value, Mode mode) implements Statement {

        /** Whether several stores may go to one place. The gradient of a hyperparameter is a sum over all units. */
        public boolean adds() {
            return mode == Mode.ADD || input.role() == Role.PARAMETER;
        }
    }

    /** Sets a whole derivative (of this sample, for a row loss) to zero, for later ADDs. */
    record Clear(int order, Input input) implements Statement {}

    /** How a derivative is written. */
    enum Mode {
        SET,
        ADD
    }
}
