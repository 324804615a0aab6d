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
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Expr> open = new ArrayDeque<>(List.of(root));
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
