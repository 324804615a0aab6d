package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A block of statements under construction: a kernel's outermost one, or the body of a loop.
 *
 * <p>An expression is evaluated in the outermost block that binds all its indices. A loop is added to its block only
 * when its body is complete, so statements that the body adds to an outer block come before the loop.
 */
final class Block {

    /** A condition with more comparisons and connectives than this gets a name. */
    private static final int MAX_PARTS = 24;

    private final Exprs exprs;
    private final LocalNames names;
    private final boolean namesConditions;
    private final @Nullable Block outer;
    private final @Nullable Index index;
    private final Map<Expr, Expr> known = new IdentityHashMap<>();
    private final Map<Expr, Integer> partsOfConditions = new IdentityHashMap<>();
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final List<Statement> statements = new ArrayList<>();

    /** The loop index that a block binds, with its nesting depth from 0. */
    record Index(Expr.Index variable, int depth) {}

    /** The outermost block of a kernel for the JVM, which shares conditions itself. */
    static Block outermost(Exprs exprs, LocalNames names) {
        return new Block(exprs, names, false, null, null);
    }

    /** The outermost block of a kernel for a device, whose expressions are emitted as trees. */
    static Block outermostOfDevice(Exprs exprs, LocalNames names) {
        return new Block(exprs, names, true, null, null);
    }

    private Block(
            Exprs exprs, LocalNames names, boolean namesConditions, @Nullable Block outer, @Nullable Index index) {
        this.exprs = exprs;
        this.names = names;
        this.namesConditions = namesConditions;
        this.outer = outer;
        this.index = index;
    }

    /** A block within this one that may not run, so it computes what it needs itself. */
    Block branch() {
        return new Block(exprs, names, namesConditions, this, null);
    }

    Block inner(Expr.Index variable) {
        return new Block(exprs, names, namesConditions, this, new Index(variable, depth()));
    }

    /** The number of loops around a statement of this block. */
    int depth() {
        return index != null ? index.depth() + 1 : outer == null ? 0 : outer.depth();
    }

    List<Statement> statements() {
        return List.copyOf(statements);
    }

    void add(Statement statement) {
        statements.add(statement);
    }

    boolean binds(Set<Expr.Index> indices) {
        return indices.stream().allMatch(this::binds);
    }

    private boolean binds(Expr.Index variable) {
        return index != null && index.variable() == variable || outer != null && outer.binds(variable);
    }

    /** Makes a computed result available in this block and in inner ones. */
    void publish(Expr node, Expr result) {
        known.put(node, result);
    }

    boolean isAvailable(Expr node) {
        return find(node) != null;
    }

    /** Whether a result was computed in this very block. */
    boolean hasOwn(Expr node) {
        return known.containsKey(node);
    }

    private @Nullable Expr find(Expr node) {
        Expr local = known.get(node);
        return local != null || outer == null ? local : outer.find(node);
    }

    /** Counts the uses of the nodes below the roots, to determine which are worth a local. */
    void countUses(List<Expr> roots) {
        roots.forEach(this::countUse);
    }

    /** A node without a name is repeated at each use, and each time uses its operands. */
    private void countUse(Expr node) {
        int count = uses.merge(node, 1, Integer::sum);
        if ((count == 1 || count == 2 && !isWorthNaming(node)) && !isAvailable(node)) {
            Exprs.operands(node).forEach(this::countUse);
        }
    }

    /** The expression as a statement of this block may use it: without reductions, shared parts named. */
    Expr lower(Expr node) {
        Expr local = find(node);
        if (local != null) {
            return local;
        }
        if (isAtom(node)) {
            return node;
        }
        Block home = homeOf(node);
        if (node instanceof Expr.Load load && load.input().position() >= Definitions.FIRST_POSITION) {
            return home.recall(load);
        }
        if (!isWorthNaming(node)) {
            return home == this ? lowerOperands(node) : home.inFront(node);
        }
        Expr lowered = home.lowerOperands(node);
        return home == this && uses.getOrDefault(node, 1) < 2 ? lowered : home.define(node, lowered);
    }

    /**
     * An expression without a name in a loop that it does not depend on. Its expensive parts are computed before the
     * loop.
     */
    private Expr inFront(Expr node) {
        return isWorthNaming(node) || isAtom(node) || isAvailable(node)
                ? named(node)
                : isCompound(node) ? define(node, lowerOperands(node)) : Rebuild.with(exprs, node, this::inFront);
    }

    private Expr lowerOperands(Expr node) {
        if (node instanceof Expr.Reduce reduce) {
            throw new IllegalStateException("a reduction was not scheduled: " + reduce.op());
        }
        return Rebuild.with(exprs, node, this::lower);
    }

    /** Names an entry of a table that earlier statements have filled. */
    private Expr.Local recall(Expr.Load load) {
        Expr.Local local = names.local(load);
        statements.add(new Statement.Recall(
                local,
                names.buffer(load.input()),
                load.indices().stream().map(this::lower).toList()));
        publish(load, local);
        return local;
    }

    /** Names a value in this block, if it has no name yet. */
    Expr named(Expr node) {
        Expr lowered = lower(node);
        return isAtom(lowered) ? lowered : define(node, lowered);
    }

    private Expr.Local define(Expr node, Expr value) {
        Expr.Local local = names.local(node);
        statements.add(new Statement.Define(local, value));
        publish(node, local);
        return local;
    }

    private Block homeOf(Expr node) {
        Block home = this;
        while (home.index != null && home.outer != null && home.outer.binds(exprs.freeIndices(node))) {
            home = home.outer;
        }
        return home;
    }

    private static boolean isAtom(Expr node) {
        return switch (node) {
            case Expr.Constant c -> true;
            case Expr.IntConstant c -> true;
            case Expr.BooleanConstant c -> true;
            case Expr.Extent e -> true;
            case Expr.Index i -> true;
            case Expr.Local l -> true;
            default -> false;
        };
    }

    /** Whether a local is worth it. Comparisons and index arithmetic are cheaper to repeat. */
    private boolean isWorthNaming(Expr node) {
        return switch (node.type()) {
            case FLOAT -> true;
            case INT -> node instanceof Expr.Load;
            case BOOLEAN -> isCompound(node) && (namesConditions || isLong(node));
        };
    }

    /**
     * Whether a condition, written out, has so many parts that the JVM would not share them: in second derivatives the
     * masks of masks have millions.
     */
    private boolean isLong(Expr condition) {
        return partsOf(condition) > MAX_PARTS;
    }

    private int partsOf(Expr condition) {
        if (condition.type() != Type.BOOLEAN) {
            return 0;
        }
        Integer parts = partsOfConditions.get(condition);
        if (parts == null) {
            int sum = 1;
            for (Expr operand : Exprs.operands(condition)) {
                sum = Math.min(sum + partsOf(operand), 2 * MAX_PARTS);
            }
            parts = sum;
            partsOfConditions.put(condition, parts);
        }
        return parts;
    }

    private static boolean isCompound(Expr node) {
        return node instanceof Expr.Binary b && b.type() == Type.BOOLEAN;
    }
}
