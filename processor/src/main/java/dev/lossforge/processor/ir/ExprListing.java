package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists expressions one shared node a line, operands before their users, for dumps:
 *
 * <pre>{@code
 * t0 = logits[i]
 * t1 = logΣexp[i < |logits|] t0
 * value = t1 − logits[label]
 * }</pre>
 *
 * <p>A node is named where it is used more than once and is more than an entry or a constant.
 */
public final class ExprListing {

    private final Exprs exprs;
    private final Map<String, Expr> roots;
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final Map<Expr, String> names = new IdentityHashMap<>();

    private ExprListing(Exprs exprs, Map<String, Expr> roots) {
        this.exprs = exprs;
        this.roots = roots;
    }

    /** The listing of the named expressions. */
    public static String of(Exprs exprs, Map<String, Expr> roots) {
        return new ExprListing(exprs, roots).write();
    }

    private String write() {
        Set<Expr> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        roots.values().forEach(r -> count(r, nodes));
        List<Expr> ordered = new ArrayList<>(nodes);
        ordered.sort(Comparator.comparingInt(exprs::order));
        StringBuilder text = new StringBuilder();
        for (Expr node : ordered) {
            if (uses.getOrDefault(node, 0) > 1 && !Exprs.operands(node).isEmpty() && isCompound(node)) {
                String name = "t" + names.size();
                text.append(name).append(" = ").append(textOf(node)).append('\n');
                names.put(node, name);
            }
        }
        new TreeMap<>(roots)
                .forEach((name, root) ->
                        text.append(name).append(" = ").append(nameOrText(root)).append('\n'));
        return text.toString();
    }

    private static boolean isCompound(Expr node) {
        return !(node instanceof Expr.Load) && !(node instanceof Expr.Index);
    }

    private void count(Expr node, Set<Expr> seen) {
        uses.merge(node, 1, Integer::sum);
        if (seen.add(node)) {
            Exprs.operands(node).forEach(o -> count(o, seen));
        }
    }

    private String nameOrText(Expr node) {
        String name = names.get(node);
        return name == null ? textOf(node) : name;
    }

    /** The node written over the names of its operands. */
    private String textOf(Expr node) {
        return ExprText.of(Rebuild.with(exprs, node, this::named));
    }

    private Expr named(Expr node) {
        String name = names.get(node);
        if (name != null) {
            return exprs.local(name, node.type());
        }
        return node instanceof Expr.Index ? node : Rebuild.with(exprs, node, this::named);
    }
}
