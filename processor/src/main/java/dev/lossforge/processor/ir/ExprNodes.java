package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The nodes of expressions: the given ones and everything reachable through operands, each once. */
public final class ExprNodes {
    private ExprNodes() {}

    /** All nodes of an expression. A node comes before its operands if these have no other reader. */
    public static List<Expr> of(Expr root) {
        return of(List.of(root));
    }

    /** All nodes of some expressions. */
    public static List<Expr> of(Collection<Expr> roots) {
        List<Expr> nodes = new ArrayList<>();
        anyMatch(roots, node -> {
            nodes.add(node);
            return false;
        });
        return nodes;
    }

    /** Whether any node of an expression satisfies a predicate. */
    public static boolean anyMatch(Expr root, Predicate<Expr> asked) {
        return anyMatch(List.of(root), asked);
    }

    /** Whether any node of some expressions satisfies a predicate. */
    public static boolean anyMatch(Collection<Expr> roots, Predicate<Expr> asked) {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> pending = new ArrayList<>(roots);
        while (!pending.isEmpty()) {
            Expr node = pending.removeLast();
            if (seen.add(node)) {
                if (asked.test(node)) {
                    return true;
                }
                pending.addAll(Exprs.operands(node));
            }
        }
        return false;
    }
}
