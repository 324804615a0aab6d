package dev.lossforge.processor.vector;

import java.util.List;

/**
 * A piece of the body of a vector loop that becomes a loop of its own.
 *
 * @param nodes the operations it computes, each after its operands
 * @param recalled those results of earlier pieces that it reads from memory
 * @param kept those of its results that later pieces read
 * @param effects the positions of the effects that belong to it
 */
public record Segment(
        List<VectorNode.Operation> nodes, List<VectorNode> recalled, List<VectorNode> kept, List<Integer> effects) {

    public Segment {
        nodes = List.copyOf(nodes);
        recalled = List.copyOf(recalled);
        kept = List.copyOf(kept);
        effects = List.copyOf(effects);
    }
}
