package dev.lossforge.processor.vector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts the body of a vector loop into segments. The JIT compiler keeps the values of some dozens of operations in
 * registers; of more it spills most, and of several hundred it compiles none. A segment hands a few values on through
 * memory, and cuts lie where these are fewest. Masks, and values that are the same in all lanes, are never handed on
 * but computed again.
 */
public final class Segmentation {
    /** Bodies up to this length stay whole. Measured. */
    private static final int LONGEST = 60;

    /** The length that segments of longer bodies are near to. Measured. */
    private static final int USUAL = 36;

    private final VectorGraph graph;
    private final List<Sink> sinks;
    private final Predicate<VectorNode> isUniform;
    private final List<VectorNode.Operation> body;
    private final Map<VectorNode, Integer> segmentOf = new IdentityHashMap<>();

    private Segmentation(VectorGraph graph, List<Sink> sinks, Predicate<VectorNode> isUniform) {
        this.graph = graph;
        this.sinks = sinks;
        this.isUniform = isUniform;
        this.body = graph.operationsOf(
                sinks.stream().flatMap(sink -> sink.values().stream()).toList());
    }

    /**
     * What takes values out of a body: a store or a reduction.
     *
     * @param operations how many it makes itself
     */
    public record Sink(List<VectorNode> values, int operations) {}

    /**
     * The segments in order; one at least. Their effects are the positions of sinks.
     *
     * @param isUniform whether a value is the same in all lanes
     */
    public static List<Segment> of(VectorGraph graph, List<Sink> sinks, Predicate<VectorNode> isUniform) {
        return new Segmentation(graph, sinks, isUniform).segments();
    }

    /** Whether later segments get a value through memory. */
    private boolean isHandedOn(VectorNode node) {
        return node.kind() != VectorKind.MASK && !isUniform.test(node);
    }

    private List<Segment> segments() {
        int[] lengths = lengths();
        List<Integer> cuts = lengths[body.size()] <= LONGEST ? List.of() : cuts(lengths);
        int segment = 0;
        for (int i = 0; i < body.size(); i++) {
            segment += segment < cuts.size() && i == cuts.get(segment) ? 1 : 0;
            segmentOf.put(body.get(i), segment);
        }
        List<Builder> builders = new ArrayList<>();
        for (int s = 0; s <= cuts.size(); s++) {
            builders.add(new Builder(s));
        }
        body.stream().filter(this::isHandedOn).forEach(n -> builders.get(at(n)).compute(n));
        for (int s = 0; s < sinks.size(); s++) {
            int last = sinks.get(s).values().stream().mapToInt(this::at).max().orElse(0);
            builders.get(last).takeInto(s);
        }
        return builders.stream().map(b -> b.segment(builders)).toList();
    }

    /** The segment in which a value first exists; a constant or an input exists in all. */
    private int at(VectorNode node) {
        return segmentOf.getOrDefault(node, 0);
    }

    /**
     * The number of operations before each position of the body: a leaf is one where it is first needed, and those of a
     * sink stand where its last value is made.
     */
    private int[] lengths() {
        Map<VectorNode, Integer> position = new IdentityHashMap<>();
        body.forEach(node -> position.put(node, position.size()));
        int[] lengths = new int[body.size() + 1];
        for (Sink sink : sinks) {
            int last = sink.values().stream()
                    .mapToInt(v -> position.getOrDefault(v, 0))
                    .max()
                    .orElse(0);
            lengths[Math.min(last + 1, body.size())] += sink.operations();
        }
        Set<VectorNode> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < body.size(); i++) {
            for (VectorNode operand : body.get(i).operands()) {
                lengths[i + 1] += operand instanceof VectorNode.Leaf && leaves.add(operand) ? 1 : 0;
            }
            lengths[i + 1] += lengths[i] + 1;
        }
        return lengths;
    }

    /** Positions in the body before which it is cut. */
    private List<Integer> cuts(int[] lengths) {
        int[] live = liveBefore();
        int whole = lengths[body.size()];
        int pieces = (whole + USUAL - 1) / USUAL;
        List<Integer> cuts = new ArrayList<>();
        for (int piece = 1; piece < pieces; piece++) {
            int ideal = whole * piece / pieces;
            int after = cuts.isEmpty() ? 0 : cuts.getLast();
            int best = -1;
            for (int i = after + 1; i < body.size(); i++) {
                boolean near = Math.abs(lengths[i] - ideal) <= USUAL / 3;
                best = near && (best < 0 || live[i] < live[best]) ? i : best;
            }
            if (best > 0) {
                cuts.add(best);
            }
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

        void takeInto(int position) {
            own.add(position);
            sinks.get(position).values().forEach(this::need);
        }

        private void need(VectorNode node) {
            if (node instanceof VectorNode.Operation operation) {
                if (at(node) < number && isHandedOn(node)) {
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
