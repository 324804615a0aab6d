package dev.lossforge.processor.check;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import java.util.Comparator;
import java.util.List;

/** The nodes of an expression. */
final class Nodes {

    private Nodes() {}

    /** Every node once, operands before the nodes that use them. */
    static List<Expr> below(Exprs exprs, Expr root) {
        return below(exprs, List.of(root));
    }

    /** The same for several roots. */
    static List<Expr> below(Exprs exprs, List<Expr> roots) {
        List<Expr> nodes = ExprNodes.of(roots);
        nodes.sort(Comparator.comparingInt(exprs::order));
        return nodes;
    }
}
