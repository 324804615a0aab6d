package dev.lossforge.processor.check;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The nodes of an expression. */
final class Nodes {

    private Nodes() {}

    /** Every node once, operands before what is made of them. */
    static List<Expr> below(Exprs exprs, Expr root) {
        return below(exprs, List.of(root));
    }

    /** The same below several nodes. */
    static List<Expr> below(Exprs exprs, List<Expr> roots) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Expr> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Expr node = open.pop();
            if (seen.add(node)) {
                Exprs.operands(node).forEach(open::push);
            }
        }
        List<Expr> nodes = new ArrayList<>(seen);
        nodes.sort(Comparator.comparingInt(exprs::order));
        return nodes;
    }
}
