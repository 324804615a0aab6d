package dev.lossforge.processor.ir;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where in the source each node was written. Positions live beside the expressions, never in them, or equal expressions
 * would stop being identical; a shared node keeps all its positions, in order of reading.
 */
public final class SourceMap {

    /** A place in a source file; what the frontend makes of it is its own affair. */
    public interface Position {}

    private final Map<Expr, Set<Position>> positions = new IdentityHashMap<>();

    public void add(Expr node, Position position) {
        positions.computeIfAbsent(node, n -> new LinkedHashSet<>()).add(position);
    }

    /** All places where the node was written, first read first; empty for nodes that a later stage made. */
    public List<Position> of(Expr node) {
        return List.copyOf(positions.getOrDefault(node, Set.of()));
    }
}
