package dev.lossforge.processor.check;

import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.SourceMap.Position;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Warns of a neighbour {@code x[i + 1]} or {@code x[i - 1]} that is read for all i over the length of x. What is read
 * under a condition is not looked at.
 */
final class IndexRange {

    private final Formula formula;
    private final Reporter<Position> reporter;
    private final Set<Expr> done = Collections.newSetFromMap(new IdentityHashMap<>());

    IndexRange(Formula formula, Reporter<Position> reporter) {
        this.formula = formula;
        this.reporter = reporter;
    }

    /** Looks at what is computed whatever the data are. */
    void check(Expr node) {
        if (!done.add(node)) {
            return;
        }
        switch (node) {
            case Expr.Select s -> check(s.condition());
            case Expr.Binary b when b.op() == BinaryOp.AND || b.op() == BinaryOp.OR -> check(b.left());
            case Expr.Load l -> {
                for (int axis = 0; axis < l.indices().size(); axis++) {
                    check(l, axis);
                }
            }
            default -> Exprs.operands(node).forEach(this::check);
        }
    }

    private void check(Expr.Load load, int axis) {
        if (load.indices().get(axis) instanceof Expr.Binary b
                && b.left() instanceof Expr.Index i
                && b.right() instanceof Expr.IntConstant c
                && c.value() > 0
                && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT)
                && i.extent() == formula.exprs().extent(load.input(), axis)) {
            String index = "'" + ExprText.of(b) + "'";
            formula.positions().of(load).stream()
                    .findFirst()
                    .ifPresent(p -> reporter.report(
                            p, Message.INDEX_BEYOND_END, index, load.input().name()));
        }
    }
}
