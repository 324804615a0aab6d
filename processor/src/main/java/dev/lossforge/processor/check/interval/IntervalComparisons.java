package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.Comparison;

/** What comparisons of values in intervals can yield. */
final class IntervalComparisons {
    private IntervalComparisons() {}

    /** 1 where it always holds, 0 where it never does, and both where that depends. */
    static Interval of(Comparison op, Interval left, Interval right) {
        if (left.isEmpty() || right.isEmpty() || left.nan() || right.nan()) {
            return Interval.BOOLEAN;
        }
        return switch (op) {
            case LESS -> truth(isBelow(left, right, true), isBelow(right, left, false));
            case LESS_OR_EQUAL -> truth(isBelow(left, right, false), isBelow(right, left, true));
            case GREATER -> truth(isBelow(right, left, true), isBelow(left, right, false));
            case GREATER_OR_EQUAL -> truth(isBelow(right, left, false), isBelow(left, right, true));
            case EQUAL ->
                truth(
                        left.isPoint() && left.equals(right),
                        left.intersect(right).isEmpty());
            case NOT_EQUAL -> truth(left.intersect(right).isEmpty(), left.isPoint() && left.equals(right));
        };
    }

    private static boolean isBelow(Interval x, Interval y, boolean strictly) {
        return x.high() < y.low() || x.high() == y.low() && (!strictly || x.highOpen() || y.lowOpen());
    }

    private static Interval truth(boolean always, boolean never) {
        return always ? Interval.point(1) : never ? Interval.point(0) : Interval.BOOLEAN;
    }
}
