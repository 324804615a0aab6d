package dev.lossforge.processor.ir;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where in the source each node was written. Positions live beside the expressions, never in them, or equal expressions
 * would stop being identical; a shared node keeps all its positions, in order of reading.
 */
public final class SourceMap {

    /** A place in a source file; what the frontend makes of it is its own affair. */
    public interface Position {}

    private final Map<Expr, Set<Position>> positions = new IdentityHashMap<>();
    private final Map<Input, Position> declarations = new HashMap<>();

    public void add(Expr node, Position position) {
        positions.computeIfAbsent(node, n -> new LinkedHashSet<>()).add(position);
    }

    /** Records where an input is declared. */
    public void declare(Input input, Position position) {
        declarations.put(input, position);
    }

    /** Where an input is declared; empty for one that was not read from source. */
    public Optional<Position> declarationOf(Input input) {
        return Optional.ofNullable(declarations.get(input));
    }

    /** All places where the node was written, first read first; empty for nodes that a later stage made. */
    public List<Position> of(Expr node) {
        return List.copyOf(positions.getOrDefault(node, Set.of()));
    }
}
