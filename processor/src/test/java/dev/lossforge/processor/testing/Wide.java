package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * A number by its sign and the logarithm of its magnitude: {@code e} to the power of 1e30 is one, and {@code 1 − 1e−40}
 * is not 1. Sums of numbers of one sign keep their digits, and so do products; this tells what a formula is where
 * doubles overflow or cancel.
 *
 * @param sign −1, 0, 1, or NaN for what is no number
 * @param log the logarithm of the magnitude: +∞ for infinities
 */
record Wide(double sign, double log) {

    static final Wide NAN = new Wide(Double.NaN, Double.NaN);
    static final Wide ZERO = new Wide(0, Double.NEGATIVE_INFINITY);

    static Wide of(double value) {
        return Double.isNaN(value) ? NAN : new Wide(Math.signum(value), Math.log(Math.abs(value)));
    }

    /** The nearest double. */
    double value() {
        return isNaN() ? Double.NaN : sign == 0 ? 0 : sign * Math.exp(log);
    }

    boolean isNaN() {
        return Double.isNaN(sign);
    }

    boolean isInfinite() {
        return log == Double.POSITIVE_INFINITY;
    }

    Wide negate() {
        return new Wide(-sign, log);
    }

    Wide plus(Wide y) {
        if (isNaN() || y.isNaN() || isInfinite() && y.isInfinite() && sign != y.sign) {
            return NAN;
        }
        if (sign == 0 || y.isInfinite()) {
            return y;
        }
        if (y.sign == 0 || isInfinite()) {
            return this;
        }
        double high = Math.max(log, y.log);
        double gap = Math.min(log, y.log) - high;
        if (sign == y.sign) {
            return new Wide(sign, high + Math.log1p(Math.exp(gap)));
        }
        return gap == 0 ? ZERO : new Wide(log > y.log ? sign : y.sign, high + Math.log(-Math.expm1(gap)));
    }

    Wide times(Wide y) {
        boolean undefined = sign == 0 && y.isInfinite() || y.sign == 0 && isInfinite();
        return isNaN() || y.isNaN() || undefined
                ? NAN
                : sign * y.sign == 0 ? ZERO : new Wide(sign * y.sign, log + y.log);
    }

    Wide over(Wide y) {
        boolean undefined = sign == 0 && y.sign == 0 || isInfinite() && y.isInfinite();
        if (isNaN() || y.isNaN() || undefined) {
            return NAN;
        }
        if (y.sign == 0) {
            return new Wide(sign, Double.POSITIVE_INFINITY);
        }
        return sign == 0 || y.isInfinite() ? ZERO : new Wide(sign * y.sign, log - y.log);
    }

    /** {@code x < y}: −1, {@code x > y}: 1, equal: 0, NaN if either is. */
    double compare(Wide y) {
        if (isNaN() || y.isNaN()) {
            return Double.NaN;
        }
        return sign != y.sign ? Math.signum(sign - y.sign) : sign * Integer.signum(Double.compare(log, y.log));
    }

    private static Wide exp(double x) {
        return Double.isNaN(x) ? NAN : x == Double.NEGATIVE_INFINITY ? ZERO : new Wide(1, x);
    }

    private Wide logarithm() {
        return sign > 0 ? of(log) : sign == 0 ? of(Double.NEGATIVE_INFINITY) : NAN;
    }

    Wide apply(UnaryOp op) {
        Wide one = of(1);
        return switch (op) {
            case NEGATE -> negate();
            case ABS -> new Wide(Math.abs(sign), log);
            case SQUARE -> times(this);
            case SQRT -> sign < 0 ? NAN : new Wide(sign, log / 2);
            case EXP -> exp(value());
            case EXPM1 -> exp(value()).plus(one.negate());
            case LOG -> logarithm();
            case LOG1P -> plus(one).logarithm();
            case LOG1M_EXP -> one.plus(exp(value()).negate()).logarithm();
            case SIGMOID -> one.over(one.plus(exp(-value())));
            case LOG_SIGMOID -> one.over(one.plus(exp(-value()))).logarithm();
            case SOFTPLUS -> one.plus(exp(value())).logarithm();
            case SINH -> exp(value()).plus(exp(-value()).negate()).over(of(2));
            case COSH -> exp(value()).plus(exp(-value())).over(of(2));
            case LOG_COSH -> apply(UnaryOp.COSH).logarithm();
            case STOP_GRADIENT, TO_FLOAT -> this;
            default -> of(ReferenceMath.apply(op, value()));
        };
    }
}
