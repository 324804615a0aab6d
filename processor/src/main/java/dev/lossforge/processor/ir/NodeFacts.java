package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@link Exprs} knows about each of its nodes, found once when the node is created. */
final class NodeFacts {

    private final Exprs exprs;
    private final Map<Expr, Facts> facts = new IdentityHashMap<>();

    NodeFacts(Exprs exprs) {
        this.exprs = exprs;
    }

    /**
     * The properties of a node: its number in order of creation, its free indices, its largest bound number, and its
     * depth.
     */
    record Facts(int order, Set<Expr.Index> free, int height, int depth) {}

    /** The number of nodes. */
    int size() {
        return facts.size();
    }

    Facts of(Expr node) {
        Facts known = facts.get(node);
        if (known == null) {
            throw new IllegalArgumentException(
                    "a node of another formula: " + node.getClass().getSimpleName());
        }
        return known;
    }

    /** Adds a node whose operands are here. */
    void add(Expr node) {
        List<Expr> operands = Exprs.operands(node);
        int depth = 1 + operands.stream().mapToInt(o -> of(o).depth()).max().orElse(0);
        facts.put(node, new Facts(facts.size(), freeOf(node, operands), heightOf(node, operands), depth));
    }

    /** The largest number bound in a node by a subexpression in which an index is free; 0 if there is none. */
    int maxBoundAround(Expr.Index index, Expr node) {
        int max = 0;
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Expr> open = new ArrayList<>(List.of(node));
        while (!open.isEmpty()) {
            Expr next = open.removeLast();
            if (of(next).free().contains(index) && seen.add(next)) {
                max = Math.max(max, boundBy(next));
                open.addAll(Exprs.operands(next));
            }
        }
        return max;
    }

    private Set<Expr.Index> freeOf(Expr node, List<Expr> operands) {
        Set<Expr.Index> indices = new LinkedHashSet<>();
        if (node instanceof Expr.Scan scan) {
            indices.addAll(scan.steps().freeIndices(exprs));
            Exprs.plus(List.of(scan.position()), scan.entry()).forEach(o -> indices.addAll(of(o).free()));
            return Collections.unmodifiableSet(indices);
        }
        if (node instanceof Expr.Order order) {
            indices.addAll(of(order.key()).free());
            indices.remove(order.index());
            indices.addAll(of(order.index().extent()).free());
            indices.addAll(of(order.at()).free());
            return Collections.unmodifiableSet(indices);
        }
        operands.forEach(o -> indices.addAll(of(o).free()));
        if (node instanceof Expr.Index index) {
            indices.add(index);
        }
        if (node instanceof Expr.Reduce reduce) {
            indices.remove(reduce.index());
            indices.addAll(of(reduce.index().extent()).free());
        }
        return Collections.unmodifiableSet(indices);
    }

    private int heightOf(Expr node, List<Expr> operands) {
        int below = operands.stream().mapToInt(o -> of(o).height()).max().orElse(0);
        return Math.max(below, boundBy(node));
    }

    /** The largest number that a node itself binds; 0 if it binds none. */
    private static int boundBy(Expr node) {
        return switch (node) {
            case Expr.Reduce reduce -> reduce.index().number();
            case Expr.Scan scan -> scan.steps().index().number(); // the largest
            case Expr.Order order -> order.index().number();
            default -> 0;
        };
    }
}
