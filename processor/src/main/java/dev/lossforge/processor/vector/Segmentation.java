package dev.lossforge.processor.vector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts the body of a vector loop into segments. The JIT compiler keeps the values of some dozens of operations in
 * registers; of more it spills most, and of several hundred it compiles none. A segment hands a few values on through
 * memory, and cuts lie where these are fewest. Masks are never handed on but computed again.
 */
public final class Segmentation {
    /** Bodies up to this length stay whole. Measured. */
    private static final int LONGEST = 60;

    /** The length that segments of longer bodies are near to. Measured. */
    private static final int USUAL = 36;

    private final VectorGraph graph;
    private final List<List<VectorNode>> effects;
    private final List<VectorNode.Operation> body = new ArrayList<>();
    private final Map<VectorNode, Integer> segmentOf = new IdentityHashMap<>();

    private Segmentation(VectorGraph graph, List<List<VectorNode>> effects) {
        this.graph = graph;
        this.effects = effects;
        collect();
    }

    /**
     * The segments in order; one at least.
     *
     * @param effects the values that each effect of the body takes
     */
    public static List<Segment> of(VectorGraph graph, List<List<VectorNode>> effects) {
        return new Segmentation(graph, effects).segments();
    }

    private void collect() {
        Set<VectorNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<VectorNode> pending = new ArrayList<>();
        effects.forEach(pending::addAll);
        while (!pending.isEmpty()) {
            if (pending.removeLast() instanceof VectorNode.Operation operation && seen.add(operation)) {
                body.add(operation);
                pending.addAll(operation.operands());
            }
        }
        body.sort(Comparator.comparingInt(graph::order));
    }

    private List<Segment> segments() {
        List<Integer> cuts = body.size() <= LONGEST ? List.of() : cuts();
        int segment = 0;
        for (int i = 0; i < body.size(); i++) {
            segment += segment < cuts.size() && i == cuts.get(segment) ? 1 : 0;
            segmentOf.put(body.get(i), segment);
        }
        List<Builder> builders = new ArrayList<>();
        for (int s = 0; s <= cuts.size(); s++) {
            builders.add(new Builder(s));
        }
        body.stream()
                .filter(n -> n.kind() != VectorKind.MASK)
                .forEach(n -> builders.get(at(n)).compute(n));
        for (int e = 0; e < effects.size(); e++) {
            int last = effects.get(e).stream().mapToInt(this::at).max().orElse(0);
            builders.get(last).effect(e);
        }
        return builders.stream().map(b -> b.segment(builders)).toList();
    }

    /** The segment in which a value first exists; a constant or an input exists in all. */
    private int at(VectorNode node) {
        return segmentOf.getOrDefault(node, 0);
    }

    /** Positions in the body before which it is cut. */
    private List<Integer> cuts() {
        int[] live = liveBefore();
        int pieces = (body.size() + USUAL - 1) / USUAL;
        List<Integer> cuts = new ArrayList<>();
        for (int piece = 1; piece < pieces; piece++) {
            int ideal = body.size() * piece / pieces;
            int best = ideal;
            for (int i = ideal - USUAL / 3; i <= ideal + USUAL / 3; i++) {
                best = live[i] < live[best] ? i : best;
            }
            cuts.add(best);
        }
        return cuts;
    }

    /** How many results of earlier operations are needed at or after each position. */
    private int[] liveBefore() {
        Map<VectorNode, Integer> position = new IdentityHashMap<>();
        Map<VectorNode, Integer> lastUse = new IdentityHashMap<>();
        for (int i = 0; i < body.size(); i++) {
            position.put(body.get(i), i);
            for (VectorNode operand : body.get(i).operands()) {
                lastUse.put(operand, i);
            }
        }
        int[] live = new int[body.size() + 1];
        lastUse.forEach((node, last) -> {
            for (int i = position.getOrDefault(node, last) + 1; i <= last; i++) {
                live[i]++;
            }
        });
        return live;
    }

    private final class Builder {
        private final int number;
        private final List<VectorNode.Operation> nodes = new ArrayList<>();
        private final Set<VectorNode> present = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<VectorNode> recalled = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<Integer> own = new ArrayList<>();

        Builder(int number) {
            this.number = number;
        }

        void effect(int position) {
            own.add(position);
            effects.get(position).forEach(this::need);
        }

        private void need(VectorNode node) {
            if (node instanceof VectorNode.Operation operation) {
                if (at(node) < number && node.kind() != VectorKind.MASK) {
                    recalled.add(node);
                } else {
                    compute(operation);
                }
            }
        }

        void compute(VectorNode.Operation node) {
            if (present.add(node)) {
                node.operands().forEach(this::need);
                nodes.add(node);
            }
        }

        Segment segment(List<Builder> all) {
            Set<VectorNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
            all.forEach(b -> b.recalled.stream()
                    .filter(n -> b != this && present.contains(n))
                    .forEach(kept::add));
            return new Segment(nodes, sorted(recalled), sorted(kept), own);
        }

        private List<VectorNode> sorted(Set<VectorNode> set) {
            return set.stream().sorted(Comparator.comparingInt(graph::order)).toList();
        }
    }
}
