package dev.lossforge.processor.check;

import dev.lossforge.processor.check.interval.Domain;
import dev.lossforge.processor.check.interval.Risk;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
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

    DomainCheck(Places places, Reporter<Position> reporter) {
        this.places = places;
        this.reporter = reporter;
    }

    void report(Finding finding) {
        report(finding, Optional.empty());
    }

    /**
     * Reports a finding that is there with others for want of the ranges of some hyperparameters.
     *
     * @param above whether a range above 0 for each of them removes all of these
     */
    void report(Finding finding, List<Input> undeclared, boolean above) {
        boolean one = undeclared.size() == 1;
        String range = above ? "such as @Param(min = 1e-6)" : "with @Param(min = …, max = …)";
        String remedy = "Declare the %s of the %s %s, %s; other operations depend on %s, too."
                .formatted(
                        one ? "range" : "ranges",
                        one ? "hyperparameter" : "hyperparameters",
                        names(undeclared),
                        range,
                        one ? "it" : "them");
        report(finding, Optional.of(remedy));
    }

    /** {@code 'a', 'b' and 'c'}. */
    private static String names(List<Input> inputs) {
        List<String> names = inputs.stream().map(i -> "'" + i.name() + "'").toList();
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private void report(Finding finding, Optional<String> remedy) {
        switch (finding.risk()) {
            case Risk.OutsideDomain r -> outside(r, finding.path(), remedy);
            case Risk.ZeroDivisor r -> divisor(r, finding, remedy);
            case Risk.NegativeBase r ->
                report(
                        finding,
                        Message.BASE_NEGATIVE,
                        remedy,
                        Places.quoted(r.operand(), "this one"),
                        r.found(),
                        r.exponent().low() < 1
                                ? advice(r.operand(), "min = 1e-6", "x > 0 ? pow(x, y) : …", "max(x, 1e-6f)")
                                : advice(r.operand(), "min = 0", "x > 0 ? pow(x, y) : …", "max(x, 0f)"));
            case Risk.ZeroBase r ->
                report(
                        finding,
                        Message.BASE_ZERO,
                        remedy,
                        Places.quoted(r.operand(), "this one"),
                        r.found(),
                        r.exponent(),
                        advice(r.operand(), "min = 1e-6", "x > 0 ? pow(x, y) : …", "max(x, 1e-6f)"));
            case Risk.EmptyMean r -> report(finding, Message.MEAN_EMPTY, remedy, r.count());
            case Risk.Indeterminate r -> report(finding, Message.INDETERMINATE, remedy, r.form(), r.left(), r.right());
            case Risk.Overflow r -> throw new IllegalArgumentException("not of domains: " + r);
            case Risk.VerticalSlope r -> throw new IllegalArgumentException("not of domains: " + r);
        }
    }

    private void divisor(Risk.ZeroDivisor risk, Finding finding, Optional<String> remedy) {
        boolean whole = withoutConversion(risk.operand()).type() == Type.INT;
        report(
                finding,
                Message.DIVISOR_ZERO,
                remedy,
                Places.quoted(risk.operand(), "a value"),
                risk.found(),
                advice(
                        risk.operand(),
                        whole ? "min = 1" : "min = 1e-6",
                        "x == 0 ? … : a / x",
                        whole ? "max(x, 1)" : "max(x, 1e-6f)"));
    }

    /** What an operand is before it becomes a float. */
    private static Expr withoutConversion(Expr operand) {
        return operand instanceof Expr.Unary u && u.op() == UnaryOp.TO_FLOAT ? u.operand() : operand;
    }

    private void report(Finding finding, Message message, Optional<String> remedy, Object... arguments) {
        reporter.report(places.of(finding.path()), remedy, message, arguments);
    }

    private void outside(Risk.OutsideDomain risk, List<Expr> path, Optional<String> remedy) {
        places.standIn(path)
                .ifPresentOrElse(whole -> value(whole, risk, path, remedy), () -> operand(risk, path, remedy));
    }

    private void operand(Risk.OutsideDomain risk, List<Expr> path, Optional<String> remedy) {
        Domain domain = risk.domain();
        String name = OperationNames.of(risk.function());
        reporter.report(
                places.of(path),
                remedy,
                Message.OPERAND_OUTSIDE_DOMAIN,
                name,
                domain.needs(),
                Places.quoted(risk.operand(), "this one"),
                risk.found(),
                advice(risk.operand(), domain.range(), domain.guard() + " ? " + name + "(x) : …", domain.clamp()));
    }

    /** Reports a value that what stands in the source computes of its arguments. */
    private void value(String whole, Risk.OutsideDomain risk, List<Expr> path, Optional<String> remedy) {
        Domain domain = risk.domain();
        String operand = Places.code(risk.operand());
        String guard = domain.guard().replace("x", operand);
        String declaration = withoutConversion(risk.operand()) instanceof Expr.Load load
                        && load.input().role() != Role.WEIGHT
                ? "Declare the range of '%s' with @%s(%s), or "
                        .formatted(load.input().name(), annotation(load.input().role()), domain.range())
                : "If the ranges of the inputs keep it so, declare them; otherwise ";
        reporter.report(
                places.of(path),
                remedy,
                Message.VALUE_OUTSIDE_DOMAIN,
                whole,
                "'" + ExprText.of(risk.operand()) + "'",
                domain.needs(),
                risk.found(),
                declaration + "guard it: " + guard + " ? " + whole + " : ….");
    }

    /** The advice. If the operand is an input that can have a range, declaring one comes first. */
    private static String advice(Expr operand, String range, String guard, String clamp) {
        return "%sguard it: %s, or clamp it: %s.".formatted(declaration(operand, range), guard, clamp);
    }

    private static String declaration(Expr operand, String range) {
        if (!(withoutConversion(operand) instanceof Expr.Load load)) {
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
