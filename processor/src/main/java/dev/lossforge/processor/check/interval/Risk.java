package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.UnaryOp;

/** A place where a formula may have no value, or no finite derivative. */
public sealed interface Risk {

    /** The operation that may have none. */
    Expr operation();

    /** An operand that can be outside its function's domain. */
    record OutsideDomain(Expr operation, UnaryOp function, Expr operand, Interval found, Domain domain)
            implements Risk {}

    /** A power of a number that can be negative, to an exponent that can be other than whole. */
    record NegativeBase(Expr operation, Expr operand, Interval found, Interval exponent) implements Risk {}

    /** A power of a number that can be 0, to an exponent that can be negative. */
    record ZeroBase(Expr operation, Expr operand, Interval found, Interval exponent) implements Risk {}

    /** A divisor that can be 0. */
    record ZeroDivisor(Expr operation, Expr operand, Interval found) implements Risk {}

    /** A mean over a range that can be empty. */
    record EmptyMean(Expr operation, Interval count) implements Risk {}

    /** Operands whose infinities have no result together, such as {@code ∞ − ∞}. */
    record Indeterminate(Expr operation, String form, Interval left, Interval right) implements Risk {}

    /** An exponential of an operand that can be above a limit, beyond which the result overflows float. */
    record Overflow(Expr operation, Expr operand, Interval found, double limit) implements Risk {}

    /** An operand, of those found, at which the result is finite and its derivative infinite. */
    record VerticalSlope(Expr operation, Expr operand, double at, Interval found) implements Risk {}
}
