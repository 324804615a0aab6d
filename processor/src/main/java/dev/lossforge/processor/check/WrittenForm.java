package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.ReduceOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The risks of a formula as it is written. A risk of the stable form is told as one of these, because an author knows
 * nothing of the operations that rules have made.
 */
final class WrittenForm {

    private final Formula formula;
    private @Nullable List<Finding> findings;

    WrittenForm(Formula formula) {
        this.formula = formula;
    }

    /**
     * What is told of a finding in the stable form. That is the same risk as written, if there is one; else what is
     * risky in what the operation was written as. Nothing, if that is safe: both forms have the same values, and the
     * interval of one of them shows it.
     */
    List<Finding> of(Finding stable) {
        Expr written = origin(stable);
        List<Finding> below =
                findings().stream().filter(f -> f.isInside(written)).toList();
        List<Finding> same = below.stream().filter(f -> f.isAt(stable)).toList();
        if (!same.isEmpty()) {
            return same;
        }
        List<Finding> alike =
                first(below, f -> f.isOfKind(stable) && f.risk().operation() == written, f -> f.isLike(stable));
        if (alike.isEmpty() && isSumAsWritten(stable, written)) {
            return List.of(stable);
        }
        return withOperands(
                alike.isEmpty() ? first(below, f -> f.isOfKind(stable), Finding::isOfDomain) : alike, below);
    }

    /** Some findings, and those in their operands, which come up as soon as the operations are guarded. */
    private static List<Finding> withOperands(List<Finding> chosen, List<Finding> all) {
        return all.stream()
                .filter(f -> chosen.contains(f)
                        || f.isOfDomain()
                                && chosen.stream()
                                        .anyMatch(c -> f.isInside(c.risk().operation())))
                .toList();
    }

    /** Whether infinities meet in a sum that stands in the source, though its terms as written would be NaN before. */
    private static boolean isSumAsWritten(Finding stable, Expr written) {
        return stable.risk() instanceof Risk.Indeterminate
                && isSum(stable.risk().operation())
                && isSum(written);
    }

    private static boolean isSum(Expr node) {
        return switch (node) {
            case Expr.Binary b -> b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT;
            case Expr.Reduce r -> r.op() == ReduceOp.SUM;
            default -> false;
        };
    }

    @SafeVarargs
    private static List<Finding> first(List<Finding> findings, Predicate<Finding>... choices) {
        for (Predicate<Finding> choice : choices) {
            List<Finding> chosen = findings.stream().filter(choice).toList();
            if (!chosen.isEmpty()) {
                return chosen;
            }
        }
        return List.of();
    }

    /** What the innermost operation with a position was written as. */
    private Expr origin(Finding stable) {
        return stable.path().stream()
                .filter(n -> !formula.positions().of(n).isEmpty())
                .findFirst()
                .map(formula.positions()::originOf)
                .orElse(formula.written());
    }

    private List<Finding> findings() {
        if (findings == null) {
            findings = new ArrayList<>(Finding.in(formula.exprs(), formula.written(), IntervalAnalysis::declared));
        }
        return findings;
    }
}
