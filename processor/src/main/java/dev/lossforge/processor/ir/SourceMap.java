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

    /** A position in a source file. */
    public interface Position {

        /** What is written there, as Java. */
        String text();
    }

    private final Map<Expr, Set<Position>> positions = new IdentityHashMap<>();
    private final List<Expr> nodes = new ArrayList<>();
    private final Map<Input, Position> declarations = new HashMap<>();
    private final Map<Expr, Expr> origins = new IdentityHashMap<>();

    public void add(Expr node, Position position) {
        if (!positions.containsKey(node)) {
            nodes.add(node);
            positions.put(node, new LinkedHashSet<>());
        }
        positions.get(node).add(position);
    }

    /**
     * Gives the nodes of an expression the positions of those of another, from which it differs in the names of bound
     * indices.
     */
    public void addRenamed(Expr original, Expr renamed) {
        addRenamed(original, renamed, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private void addRenamed(Expr original, Expr renamed, Set<Expr> done) {
        List<Expr> operands = Exprs.operands(original);
        List<Expr> others = Exprs.operands(renamed);
        if (original == renamed || operands.size() != others.size() || !done.add(original)) {
            return;
        }
        of(original).forEach(p -> add(renamed, p));
        for (int i = 0; i < operands.size(); i++) {
            addRenamed(operands.get(i), others.get(i), done);
        }
    }

    /** The positions of rewritten nodes. A node without a position gets that of the first node rewritten to it. */
    public SourceMap after(Function<Expr, Optional<Expr>> rewrite) {
        SourceMap carried = new SourceMap();
        carried.declarations.putAll(declarations);
        carried.origins.putAll(origins);
        nodes.forEach(n -> of(n).forEach(p -> carried.add(n, p)));
        for (Expr node : nodes) {
            rewrite.apply(node)
                    .filter(r -> !carried.positions.containsKey(r))
                    .ifPresent(r -> carried.carry(node, r, of(node)));
        }
        return carried;
    }

    private void carry(Expr node, Expr rewritten, List<Position> from) {
        origins.put(rewritten, originOf(node));
        from.forEach(p -> add(rewritten, p));
    }

    /** The node as read whose position a rewritten one has; a node that was read is its own. */
    public Expr originOf(Expr node) {
        return origins.getOrDefault(node, node);
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
