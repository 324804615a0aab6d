package dev.lossforge.processor.frontend;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The value of an expression of the formula language while it is read. Only scalars reach the IR. An array is its
 * length and a function from an index to an entry; the entry of a matrix is itself an array.
 */
sealed interface Value {

    /** A float, an int or a boolean. */
    record Scalar(Expr expr) implements Value {}

    /** A constant of type double, which must be cast to float before it is combined with a variable. */
    record DoubleConstant(double value) implements Value {}

    /** A lambda: from an index to the value at it. */
    record Body(Function<Expr, Value> body) implements Value {}

    /** A lambda of a scan: from an index and the state before to the state after. */
    record Step(BiFunction<Expr, Value, Value> body) implements Value {}

    /**
     * A value with an error that has been reported, or that javac will report. Everything computed from it is also
     * unreadable.
     */
    record Unreadable() implements Value {}

    /** An array. Its entries are read once for each index expression. */
    final class Vector implements Value {

        private final Type elementType;
        private final int rank;
        private final Expr length;
        private final Function<Expr, Value> entries;
        private final Map<Expr, Value> known = new IdentityHashMap<>();

        Vector(Type elementType, int rank, Expr length, Function<Expr, Value> entries) {
            this.elementType = elementType;
            this.rank = rank;
            this.length = length;
            this.entries = entries;
        }

        /** The type of the scalars in the array. */
        Type elementType() {
            return elementType;
        }

        /** The number of dimensions: 1 for {@code float[]}. */
        int rank() {
            return rank;
        }

        Expr length() {
            return length;
        }

        Value at(Expr index) {
            Value value = known.get(index);
            if (value == null) {
                value = entries.apply(index);
                known.put(index, value);
            }
            return value;
        }
    }
}
