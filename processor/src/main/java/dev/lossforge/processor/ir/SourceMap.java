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
 * The source positions of each node. Positions are stored outside the expressions, because equal expressions must stay
 * identical. A shared node keeps all its positions, in order of reading.
 */
public final class SourceMap {

    /** A position in a source file; only the frontend knows its content. */
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

    /** The positions of rewritten nodes. A node without a position gets that of the first node rewritten to it. */
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

    /** All nodes with a position, in order of reading. */
    public List<Expr> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Records the declaration of an input. */
    public void declare(Input input, Position position) {
        declarations.put(input, position);
    }

    /** The declaration of an input; empty if the input was not read from source. */
    public Optional<Position> declarationOf(Input input) {
        return Optional.ofNullable(declarations.get(input));
    }

    /** All positions of a node, in order of reading; empty for nodes created by a later stage. */
    public List<Position> of(Expr node) {
        return List.copyOf(positions.getOrDefault(node, Set.of()));
    }
}
