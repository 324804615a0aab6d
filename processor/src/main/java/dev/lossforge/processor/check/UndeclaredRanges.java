package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.IntervalAnalysis;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hyperparameters without a declared range, and the findings that are there for want of one: those at what is
 * computed from such hyperparameters alone, and those that a range above 0 removes. They have one cause and one remedy,
 * so one warning for a formula is enough.
 */
final class UndeclaredRanges {

    private final Formula formula;
    private final Set<Input> undeclared;
    private final List<Finding> others;

    private UndeclaredRanges(Formula formula, Set<Input> undeclared) {
        this.formula = formula;
        this.undeclared = undeclared;
        this.others = undeclared.isEmpty() ? List.of() : findings(undeclared);
    }

    static UndeclaredRanges of(Formula formula) {
        return new UndeclaredRanges(
                formula,
                formula.inputs().stream().filter(UndeclaredRanges::isUndeclared).collect(Collectors.toSet()));
    }

    private static boolean isUndeclared(Input input) {
        return input.role() == Role.PARAMETER
                && input.min() == Double.NEGATIVE_INFINITY
                && input.max() == Double.POSITIVE_INFINITY;
    }

    /** Whether a finding is there for want of a range. */
    boolean cause(Finding finding) {
        return isRemovedByRange(finding) || !undeclared.isEmpty() && dependsOnThemAlone(finding);
    }

    /** Whether a range above 0 removes a finding. */
    boolean isRemovedByRange(Finding finding) {
        return !undeclared.isEmpty() && others.stream().noneMatch(finding::isAt);
    }

    private boolean dependsOnThemAlone(Finding finding) {
        Set<Input> inputs =
                operands(finding.risk()).flatMap(UndeclaredRanges::inputs).collect(Collectors.toSet());
        return !inputs.isEmpty() && undeclared.containsAll(inputs);
    }

    private static Stream<Expr> operands(Risk risk) {
        return switch (risk) {
            case Risk.OutsideDomain r -> Stream.of(r.operand());
            case Risk.ZeroDivisor r -> Stream.of(r.operand());
            case Risk.NegativeBase r -> Stream.of(r.operand());
            case Risk.ZeroBase r -> Stream.of(r.operand());
            case Risk.EmptyMean r -> Stream.empty();
            case Risk.Indeterminate r -> Stream.empty();
            case Risk.Overflow r -> Stream.empty();
            case Risk.VerticalSlope r -> Stream.empty();
        };
    }

    private static Stream<Input> inputs(Expr node) {
        return ExprNodes.of(node).stream().filter(n -> n instanceof Expr.Load).map(n -> ((Expr.Load) n).input());
    }

    /** The hyperparameters, in order of declaration, without whose range some of these findings would stay. */
    List<Input> causing(List<Finding> findings) {
        return formula.inputs().stream()
                .filter(undeclared::contains)
                .filter(i ->
                        findings.stream().anyMatch(f -> dependsOnThemAlone(f) && isOperand(i, f)) || stay(i, findings))
                .toList();
    }

    private static boolean isOperand(Input input, Finding finding) {
        return operands(finding.risk()).flatMap(UndeclaredRanges::inputs).anyMatch(input::equals);
    }

    private boolean stay(Input input, List<Finding> findings) {
        Set<Input> rest = undeclared.stream().filter(i -> !i.equals(input)).collect(Collectors.toSet());
        List<Finding> left = findings(rest);
        return findings.stream()
                .anyMatch(f -> isRemovedByRange(f) && left.stream().anyMatch(f::isAt));
    }

    /** The findings if some hyperparameters are above 0. */
    private List<Finding> findings(Set<Input> positive) {
        return Finding.in(
                formula.exprs(),
                formula.value(),
                i -> positive.contains(i) ? aboveZero(i) : IntervalAnalysis.declared(i));
    }

    private static Interval aboveZero(Input input) {
        return Interval.of(input.type() == Type.INT ? 1 : 1e-6, Double.POSITIVE_INFINITY);
    }
}
