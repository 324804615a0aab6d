package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.ReferenceMath;
import java.util.List;

/** The error of reducing some terms, each known up to an error of its own, in a precision. */
final class ReductionBounds {

    private final Precision precision;

    ReductionBounds(Precision precision) {
        this.precision = precision;
    }

    /** Of n terms each addition rounds a part of the sum of magnitudes. */
    Approximation sum(double value, List<Approximation> terms) {
        double error = terms.stream().mapToDouble(Approximation::error).sum();
        double magnitude = terms.stream().mapToDouble(t -> Math.abs(t.value())).sum();
        boolean infinite = Double.isInfinite(magnitude);
        if (Double.isInfinite(error) || !infinite && magnitude > precision.greatest()) {
            return Approximation.undecided(value);
        }
        return new Approximation(value, error + (infinite ? 0 : additions(terms.size()) * magnitude));
    }

    /**
     * The norm of the errors, and the rounding of the shares, of their squares' sum, of the root and of the product.
     */
    Approximation norm(double value, List<Approximation> terms) {
        double error = ReferenceMath.reduce(
                ReduceOp.NORM, terms.stream().mapToDouble(Approximation::error).toArray());
        if (Double.isInfinite(value) || Double.isInfinite(error)) {
            return error == 0 ? Approximation.exact(value) : Approximation.undecided(value);
        }
        double own = value == 0 ? 0 : (additions(terms.size()) + 4 * precision.roundoff()) * value + precision.least();
        return new Approximation(value, error + own);
    }

    /** Kernels add in 16 lanes, the interpreter, in double, one after the other. */
    private double additions(int n) {
        return precision.roundoff() * (precision == Precision.DOUBLE ? n : n / 16.0 + Math.min(n, 16) + 1);
    }

    static Approximation greatest(List<Approximation> terms, int sign) {
        double value = Double.NEGATIVE_INFINITY;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Approximation term : terms) {
            value = Math.max(value, sign * term.value());
            low = Math.max(low, sign * term.value() - term.error());
            high = Math.max(high, sign * term.value() + term.error());
        }
        double error = Math.max(ErrorBounds.spread(value, low), ErrorBounds.spread(value, high));
        return new Approximation(sign * value, error);
    }

    Approximation logSumExp(ReduceOp op, double value, List<Approximation> terms) {
        double error = terms.stream().mapToDouble(Approximation::error).max().orElse(0);
        double max = terms.stream().mapToDouble(Approximation::value).max().orElse(0);
        if (Math.abs(max) > precision.greatest() || error == Double.POSITIVE_INFINITY) {
            return error == 0 ? Approximation.exact(value) : Approximation.undecided(value);
        }
        double u = precision.roundoff();
        boolean excess = op == ReduceOp.LOG_SUM_EXP_EXCESS;
        double own = additions(terms.size())
                + 2 * precision.accuracy().function() * u
                + (excess ? 0 : 2 * u * (Math.abs(max) + Math.abs(value)));
        return new Approximation(value, (excess ? 2 : 1) * error + own);
    }

    static Approximation position(double value, List<Approximation> terms, int sign) {
        if (terms.isEmpty()) {
            return Approximation.exact(value);
        }
        Approximation best = terms.get((int) value);
        for (Approximation term : terms) {
            double error = term.error() + best.error();
            boolean near = sign * (term.value() - best.value()) >= -error || Double.isNaN(term.value());
            if (term != best && error > 0 && near) {
                return Approximation.undecided(value);
            }
        }
        return Approximation.exact(value);
    }

    /** An entry of the order of some keys: certain if the key that it is about surely stands where it does. */
    static Approximation orderEntry(OrderOp op, List<Approximation> keys, int at) {
        if (at < 0 || at >= keys.size()) {
            return Approximation.exact(-1);
        }
        int[] order =
                Orders.argSort(keys.stream().mapToDouble(Approximation::value).toArray());
        double value = op == OrderOp.ARG_SORT ? order[at] : Orders.inverse(order)[at];
        Approximation key = keys.get(op == OrderOp.ARG_SORT ? order[at] : at);
        boolean certain = keys.stream().allMatch(k -> k == key || isSurelyBesides(k, key));
        return certain ? Approximation.exact(value) : Approximation.undecided(value);
    }

    private static boolean isSurelyBesides(Approximation x, Approximation y) {
        double error = x.error() + y.error();
        return error == 0 || x.isDecided() && y.isDecided() && Math.abs(x.value() - y.value()) > error;
    }
}
