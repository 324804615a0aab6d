package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.Optional;

/**
 * Warns of indices that are cast from a prediction: where the cast jumps, so does the result, and the gradient does not
 * show it. The index of the largest entry is an ordinary index. Refuses lengths cast from a prediction, because loop
 * bounds must be known before the data.
 */
final class IndexCheck {

    private final Formula formula;
    private final Reporter<Position> reporter;

    private IndexCheck(Formula formula, Reporter<Position> reporter) {
        this.formula = formula;
        this.reporter = reporter;
    }

    static void run(Formula formula, Reporter<Position> reporter) {
        IndexCheck check = new IndexCheck(formula, reporter);
        new IndexRange(formula, reporter).check(formula.value());
        for (Expr node : Nodes.below(formula.exprs(), formula.roots())) {
            switch (node) {
                case Expr.Load l -> l.indices().forEach(i -> check.check(i, Message.INDEX_OF_PREDICTION));
                case Expr.Reduce r -> check.check(r.index().extent(), Message.EXTENT_OF_PREDICTION);
                case Expr.Scan s -> {
                    check.check(s.steps().count(), Message.EXTENT_OF_PREDICTION);
                    s.steps().axes().forEach(a -> check.check(a.extent(), Message.EXTENT_OF_PREDICTION));
                    check.check(s.position(), Message.INDEX_OF_PREDICTION);
                    s.entry().forEach(e -> check.check(e, Message.INDEX_OF_PREDICTION));
                }
                case Expr.Order o -> check.check(o.index().extent(), Message.EXTENT_OF_PREDICTION);
                default -> {}
            }
        }
    }

    private void check(Expr index, Message message) {
        for (Expr node : Nodes.below(formula.exprs(), index)) {
            if (node instanceof Expr.Unary u && u.op() == UnaryOp.TO_INT) {
                prediction(u).ifPresent(p -> report(u, p, message));
            }
        }
    }

    private Optional<Input> prediction(Expr.Unary cast) {
        return Nodes.below(formula.exprs(), cast).stream()
                .filter(n -> n instanceof Expr.Load l && l.input().differentiated())
                .map(n -> ((Expr.Load) n).input())
                .findFirst();
    }

    private void report(Expr.Unary cast, Input prediction, Message message) {
        formula.positions().of(cast).stream()
                .findFirst()
                .or(() -> formula.positions().declarationOf(prediction))
                .ifPresent(p -> reporter.report(p, message, prediction.name()));
    }
}
