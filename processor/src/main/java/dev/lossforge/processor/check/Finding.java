package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A risk and where it is.
 *
 * @param path the operations around it, from the inside out
 */
record Finding(Risk risk, List<Expr> path) {

    /** The findings below an expression for inputs in given ranges. */
    static List<Finding> in(Exprs exprs, Expr root, Function<Input, Interval> ranges) {
        List<Finding> found = new ArrayList<>();
        new IntervalAnalysis(exprs, ranges, (risk, path) -> found.add(new Finding(risk, path))).of(root);
        return found;
    }

    boolean isInside(Expr operation) {
        return path.stream().anyMatch(n -> n == operation);
    }

    /** Whether another finding is of the same kind and at the same operation. */
    boolean isAt(Finding other) {
        return risk.operation() == other.risk.operation() && isOfKind(other);
    }

    boolean isOfKind(Finding other) {
        return risk.getClass() == other.risk.getClass();
    }

    /** Whether another finding is of the same kind and concerns the same function, or the same infinities. */
    boolean isLike(Finding other) {
        return switch (risk) {
            case Risk.OutsideDomain r -> other.risk instanceof Risk.OutsideDomain o && r.function() == o.function();
            case Risk.Indeterminate r ->
                other.risk instanceof Risk.Indeterminate o && r.form().equals(o.form());
            default -> isOfKind(other);
        };
    }

    /** Whether an operand may be outside its domain, so that the result is NaN. */
    boolean isOfDomain() {
        return !(risk instanceof Risk.VerticalSlope) && !(risk instanceof Risk.Overflow);
    }
}
