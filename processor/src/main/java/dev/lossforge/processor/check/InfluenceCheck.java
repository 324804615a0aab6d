package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that the result varies smoothly with each input that gets a gradient. */
final class InfluenceCheck {

    private final Formula formula;
    private final Reporter<Position> reporter;
    private final List<Expr> nodes;

    private InfluenceCheck(Formula formula, Reporter<Position> reporter) {
        this.formula = formula;
        this.reporter = reporter;
        this.nodes = Nodes.below(formula.exprs(), formula.value());
    }

    static void run(Formula formula, Reporter<Position> reporter) {
        InfluenceCheck check = new InfluenceCheck(formula, reporter);
        List<Input> inert = formula.inputs().stream()
                .filter(Input::differentiated)
                .filter(i -> !new Activity(i::equals).isActive(formula.value()))
                .toList();
        inert.forEach(check::report);
    }

    private void report(Input input) {
        Optional<Position> position = formula.positions().declarationOf(input);
        if (position.isEmpty()) {
            return;
        }
        Optional<String> barrier = barrier(input);
        Optional<Input> target = targetInstead();
        if (target.isPresent() && barrier.isEmpty()) {
            reporter.report(
                    position.get(),
                    Message.TARGET_INSTEAD_OF_PREDICTION,
                    target.get().name(),
                    input.name());
        } else if (barrier.isPresent()) {
            String remedy = isDispensable(input) ? "Use its value too, or mark it @Target." : "Use its value too.";
            reporter.report(position.get(), Message.NO_SMOOTH_INFLUENCE, input.name(), barrier.get(), remedy);
        } else {
            reporter.report(position.get(), Message.NO_INFLUENCE, input.name());
        }
    }

    /** Whether the formula has another prediction, so that this one may be a target. */
    private boolean isDispensable(Input input) {
        return input.role() == Role.PREDICTION
                && formula.inputs().stream().anyMatch(i -> i.role() == Role.PREDICTION && !i.equals(input));
    }

    /**
     * A target on which the result depends smoothly although it depends on no prediction in this way: the annotations
     * were probably swapped. Empty otherwise.
     */
    private Optional<Input> targetInstead() {
        if (new Activity(Input::differentiated).isActive(formula.value())) {
            return Optional.empty();
        }
        return formula.inputs().stream()
                .filter(i -> i.role() == Role.TARGET && new Activity(i::equals).isActive(formula.value()))
                .findFirst();
    }

    /** The first operation that the input's values pass through and their derivatives do not; empty if none do. */
    private Optional<String> barrier(Input input) {
        Activity activity = new Activity(input::equals);
        Map<Expr, Boolean> dependent = new IdentityHashMap<>();
        Optional<String> barrier = Optional.empty();
        for (Expr node : nodes) {
            List<Expr> operands = Exprs.operands(node);
            boolean reads = node instanceof Expr.Load l && l.input().equals(input);
            boolean depends = reads || operands.stream().anyMatch(dependent::get);
            dependent.put(node, depends);
            if (barrier.isEmpty()
                    && depends
                    && !activity.isActive(node)
                    && operands.stream().anyMatch(activity::isActive)) {
                barrier = name(node);
            }
        }
        return barrier;
    }

    private static Optional<String> name(Expr node) {
        return switch (node) {
            case Expr.Unary u when u.op() == UnaryOp.TO_INT -> Optional.of("a cast to int");
            case Expr.Unary u -> Optional.of("'" + OperationNames.of(u.op()) + "'");
            case Expr.Compare c -> Optional.of("a comparison");
            case Expr.Reduce r
            when r.op() == ReduceOp.ARG_MAX || r.op() == ReduceOp.ARG_MIN ->
                Optional.of("'" + OperationNames.of(r.op()) + "'");
            case Expr.Order o -> Optional.of("'" + OperationNames.of(o.op()) + "'");
            default -> Optional.empty();
        };
    }
}
