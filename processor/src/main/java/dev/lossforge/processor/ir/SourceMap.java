package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where in the source each node was written. Positions live beside the expressions, never in them, or equal expressions
 * would stop being identical; a shared node keeps all its positions, in order of reading.
 */
public final class SourceMap {

    /** A place in a source file; what the frontend makes of it is its own affair. */
    public interface Position {}

    private final Map<Expr, Set<Position>> positions = new IdentityHashMap<>();
    private final List<Expr> nodes = new ArrayList<>();
    private final Map<Input, Position> declarations = new HashMap<>();

    public void add(Expr node, Position position) {
        if (!positions.containsKey(node)) {
            nodes.add(node);
            positions.put(node, new LinkedHashSet<>());
        }
        positions.get(node).add(position);
    }

    /**
     * The same for what the nodes have been rewritten to: a node that was written nowhere is taken to be written where
     * the first was that became it.
     */
    public SourceMap after(Function<Expr, Optional<Expr>> rewrite) {
        SourceMap carried = new SourceMap();
        carried.declarations.putAll(declarations);
        nodes.forEach(n -> of(n).forEach(p -> carried.add(n, p)));
        for (Expr node : nodes) {
            rewrite.apply(node)
                    .filter(r -> !carried.positions.containsKey(r))
                    .ifPresent(r -> of(node).forEach(p -> carried.add(r, p)));
        }
        return carried;
    }

    /** All nodes that were written somewhere, first read first. */
    public List<Expr> nodes() {
        return Collections.unmodifiableList(nodes);
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
