package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Activity;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Extents;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.Steps;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses scans whose memory cannot be determined before the data, and second derivatives through scans, whose cost
 * would be multiplied by the number of entries.
 */
final class ScanCheck {

    private final Formula formula;
    private final Reporter<Position> reporter;

    private ScanCheck(Formula formula, Reporter<Position> reporter) {
        this.formula = formula;
        this.reporter = reporter;
    }

    static void run(Formula formula, Reporter<Position> reporter) {
        ScanCheck check = new ScanCheck(formula, reporter);
        Set<Steps> told = Collections.newSetFromMap(new IdentityHashMap<>());
        Activity activity = new Activity(Input::differentiated);
        List<Expr> nodes = Nodes.below(formula.exprs(), formula.roots());
        for (Expr node : nodes) {
            if (node instanceof Expr.Scan scan && told.add(scan.steps())) {
                if (!check.isKnown(scan.steps())) {
                    check.report(scan, nodes, Message.STEPS_UNKNOWN);
                } else if (formula.diagonalHessian() && activity.isActive(scan)) {
                    check.report(scan, nodes, Message.SCAN_WITH_HESSIAN);
                }
            }
        }
    }

    private boolean isKnown(Steps steps) {
        Stream<Expr.Index> own = Stream.concat(Stream.of(steps.index()), steps.axes().stream());
        return Stream.concat(own, steps.freeIndices(formula.exprs()).stream())
                .allMatch(i -> Extents.isKnown(i.extent()));
    }

    /** Reports at the scan, or at the first node computed from it that has a position. */
    private void report(Expr.Scan scan, List<Expr> nodes, Message message) {
        nodes.stream()
                .filter(n -> ExprNodes.anyMatch(n, b -> b == scan))
                .flatMap(n -> formula.positions().of(n).stream())
                .findFirst()
                .ifPresent(p -> reporter.report(p, message));
    }
}
