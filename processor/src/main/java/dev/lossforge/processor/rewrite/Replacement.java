package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import java.util.IdentityHashMap;
import java.util.Map;

/** An expression with what is known of some nodes in their place, and the constants that follow from it. */
final class Replacement {
    private final Exprs exprs;
    private final Map<Expr, Expr> done;

    private Replacement(Exprs exprs, Map<Expr, Expr> known) {
        this.exprs = exprs;
        this.done = new IdentityHashMap<>(known);
    }

    static Expr of(Exprs exprs, Expr node, Map<Expr, Expr> known) {
        Expr replaced = new Replacement(exprs, known).apply(node);
        return new Rewriter(exprs, ConstantRules.ALL).rewrite(replaced);
    }

    private Expr apply(Expr node) {
        Expr result = done.get(node);
        if (result == null) {
            result = Rebuild.with(exprs, node, this::apply);
            done.put(node, result);
        }
        return result;
    }
}
