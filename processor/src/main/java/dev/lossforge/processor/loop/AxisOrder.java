package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** In which order the arrays that a value is made from have two indices, so that loops read them as they lie. */
final class AxisOrder {
    private AxisOrder() {}

    /** Whether more arrays have the second index on an earlier axis than the first. */
    static boolean isReversed(Exprs exprs, Expr value, Expr.Index first, Expr.Index second) {
        int votes = 0;
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(List.of(value));
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (seen.add(node)
                    && exprs.freeIndices(node).contains(first)
                    && exprs.freeIndices(node).contains(second)) {
                votes += node instanceof Expr.Load l ? vote(l.indices(), first, second) : 0;
                pending.addAll(Exprs.operands(node));
            }
        }
        return votes < 0;
    }

    private static int vote(List<Expr> indices, Expr.Index first, Expr.Index second) {
        int a = indices.indexOf(first);
        int b = indices.indexOf(second);
        return a < 0 || b < 0 ? 0 : Integer.compare(b, a);
    }
}
