package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Domain;
import dev.lossforge.processor.check.interval.Interval;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.Optional;

/**
 * Warns of operands that are not provably inside the domain of their operation, and suggests how to keep them there.
 */
final class DomainCheck {

    private final Places places;
    private final Reporter<Position> reporter;
    private final UndeclaredRanges undeclared = new UndeclaredRanges();

    DomainCheck(Places places, Reporter<Position> reporter) {
        this.places = places;
        this.reporter = reporter;
    }

    void report(Risk risk, List<Expr> path) {
        if (!isKnown(risk)) {
            reportFirst(risk, path);
        }
    }

    private boolean isKnown(Risk risk) {
        return switch (risk) {
            case Risk.OutsideDomain r -> undeclared.areNamed(r.operand());
            case Risk.ZeroDivisor r -> undeclared.areNamed(r.operand());
            case Risk.NegativeBase r -> undeclared.areNamed(r.operand());
            case Risk.ZeroBase r -> undeclared.areNamed(r.operand());
            case Risk.EmptyMean r -> false;
            case Risk.Indeterminate r -> false;
            case Risk.VerticalSlope r -> false;
        };
    }

    private void reportFirst(Risk risk, List<Expr> path) {
        switch (risk) {
            case Risk.OutsideDomain r -> outside(r, path);
            case Risk.ZeroDivisor r ->
                report(
                        path,
                        Message.DIVISOR_ZERO,
                        Places.quoted(r.operand(), "a value"),
                        r.found(),
                        advice(
                                r.operand(),
                                r.operand().type() == Type.INT ? "min = 1" : "min = 1e-6",
                                "x == 0 ? … : a / x",
                                "max(x, 1e-6f)"));
            case Risk.NegativeBase r ->
                report(
                        path,
                        Message.BASE_NEGATIVE,
                        Places.quoted(r.operand(), "this one"),
                        r.found(),
                        advice(r.operand(), "min = 0", "x > 0 ? pow(x, y) : …", "max(x, 0f)"));
            case Risk.ZeroBase r ->
                report(
                        path,
                        Message.BASE_ZERO,
                        Places.quoted(r.operand(), "this one"),
                        r.found(),
                        r.exponent(),
                        advice(r.operand(), "min = 1e-6", "x > 0 ? pow(x, y) : …", "max(x, 1e-6f)"));
            case Risk.EmptyMean r -> report(path, Message.MEAN_EMPTY, r.count());
            case Risk.Indeterminate r -> report(path, Message.INDETERMINATE, r.form(), r.left(), r.right());
            case Risk.VerticalSlope r -> {}
        }
    }

    private void report(List<Expr> path, Message message, Object... arguments) {
        reporter.report(places.of(path), message, arguments);
    }

    /** Reports at the function itself, even if the stable form has it inside {@code x · log y}. */
    private void outside(Risk.OutsideDomain risk, List<Expr> path) {
        Optional<Position> direct = risk.operation() instanceof Expr.Unary u && u.op() == written(risk.function())
                ? Optional.empty()
                : places.of(written(risk.function()), risk.operand());
        outside(direct.orElseGet(() -> places.of(path)), risk);
    }

    /** What a function without the first terms of its series was written as. */
    private static UnaryOp written(UnaryOp function) {
        return switch (function) {
            case LOG1P_REST -> UnaryOp.LOG1P;
            case LOG_REST -> UnaryOp.LOG;
            default -> function;
        };
    }

    /** Reports what was written as {@code log(1 + x)} in this form. */
    private void outside(Position position, Risk.OutsideDomain risk) {
        UnaryOp function = written(risk.function());
        Optional<Expr> sum = switch (function) {
            case LOG1P, LOG1M_EXP -> places.operandAt(position, UnaryOp.LOG);
            default -> Optional.empty();
        };
        if (sum.isPresent()) {
            Interval found = function == UnaryOp.LOG1P ? risk.found().plusOne() : places.interval(sum.get());
            outside(
                    position,
                    UnaryOp.LOG,
                    sum.get(),
                    found,
                    Domain.of(UnaryOp.LOG).orElseThrow());
        } else {
            outside(position, function, risk.operand(), risk.found(), risk.domain());
        }
    }

    private void outside(Position position, UnaryOp function, Expr operand, Interval found, Domain domain) {
        String name = OperationNames.of(function);
        reporter.report(
                position,
                Message.OPERAND_OUTSIDE_DOMAIN,
                name,
                domain.needs(),
                Places.quoted(operand, "this one"),
                found,
                advice(operand, domain.range(), domain.guard() + " ? " + name + "(x) : …", domain.clamp()));
    }

    /** The advice. If the operand is an input that can have a range, declaring one comes first. */
    private static String advice(Expr operand, String range, String guard, String clamp) {
        return "%sguard it: %s, or clamp it: %s.".formatted(declaration(operand, range), guard, clamp);
    }

    private static String declaration(Expr operand, String range) {
        if (!(operand instanceof Expr.Load load)) {
            return "If the ranges of the inputs keep it inside, declare them; otherwise ";
        }
        Input input = load.input();
        return input.role() == Role.WEIGHT
                ? "With x for '%s': ".formatted(input.name())
                : "Declare the range of '%s' with @%s(%s), or, with x for it, "
                        .formatted(input.name(), annotation(input.role()), range);
    }

    private static String annotation(Role role) {
        return switch (role) {
            case PREDICTION -> "Prediction";
            case TARGET -> "Target";
            case PARAMETER -> "Param";
            case WEIGHT -> "Weight";
        };
    }
}
