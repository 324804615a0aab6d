package dev.lossforge.processor.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and interns the nodes of one vector loop, with names for the operations. Folds nothing: the order of operations
 * on numbers is the one that was asked for. Comparisons and masks that differ in the order of operands are one.
 */
public final class VectorGraph {
    private final Map<List<Object>, VectorNode> interned = new HashMap<>();
    private final Map<VectorNode, Integer> order = new IdentityHashMap<>();
    private final Map<VectorNode, Integer> magnitudes = new IdentityHashMap<>();
    private final Map<Object, Integer> magnitudeNumbers = new HashMap<>();
    private final Map<Integer, VectorNode> firstOfMagnitude = new HashMap<>();
    private final Set<VectorNode> nonPositive = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<VectorNode> rare = new ArrayList<>();

    public VectorNode constant(float value) {
        return intern(List.of("float", Float.floatToRawIntBits(value)), new VectorNode.Constant(value));
    }

    public VectorNode constant(int value) {
        return intern(List.of("int", value), new VectorNode.IntConstant(value));
    }

    /** A value from outside; the same key is the same value. */
    public VectorNode leaf(Object key, VectorKind kind) {
        return intern(List.of("leaf", key, kind), new VectorNode.Leaf(key, kind));
    }

    public VectorNode operation(VectorOp op, VectorNode... operands) {
        List<VectorKind> kinds = Arrays.stream(operands).map(VectorNode::kind).toList();
        if (!kinds.equals(op.operands()) || op.isShift() && !(operands[1] instanceof VectorNode.IntConstant)) {
            throw new IllegalArgumentException(op + " of " + kinds);
        }
        List<VectorNode> ordered = new ArrayList<>(List.of(operands));
        if (op.isSymmetric()) {
            ordered.sort(Comparator.comparingInt(this::order));
        }
        List<Object> key = new ArrayList<>(operands.length + 1);
        key.add(op);
        ordered.forEach(operand -> key.add(order(operand)));
        return intern(key, new VectorNode.Operation(op, List.copyOf(ordered)));
    }

    /** The mask of which a float is 1 where it holds and 0 where not. */
    public Optional<VectorNode> asMask(VectorNode value) {
        if (!(value instanceof VectorNode.Operation o) || o.op() != VectorOp.BLEND) {
            return Optional.empty();
        }
        VectorNode mask = o.operands().get(0);
        VectorNode held = o.operands().get(1);
        VectorNode other = o.operands().get(2);
        if (held == constant(1f) && other == constant(0f)) {
            return Optional.of(mask);
        }
        return held == constant(0f) && other == constant(1f) ? Optional.of(not(mask)) : Optional.empty();
    }

    /** A number that is greater than that of every operand: sorting by it is a topological order. */
    public int order(VectorNode node) {
        Integer known = order.get(node);
        if (known == null) {
            throw new IllegalArgumentException("a node of another graph: " + node.kind());
        }
        return known;
    }

    /** The node of which this was first asked with the same value but for the sign: of {@code y − x} that of x − y. */
    VectorNode ofMagnitude(VectorNode node) {
        return firstOfMagnitude.computeIfAbsent(magnitude(node), number -> node);
    }

    /** The same number for values that differ in nothing but the sign, to the last bit. */
    private int magnitude(VectorNode node) {
        Integer known = magnitudes.get(node);
        if (known == null) {
            known = magnitudeNumbers.computeIfAbsent(magnitudeKey(node), key -> magnitudeNumbers.size());
            magnitudes.put(node, known);
        }
        return known;
    }

    private Object magnitudeKey(VectorNode node) {
        if (!(node instanceof VectorNode.Operation o)) {
            return List.of(order(node));
        }
        List<VectorNode> operands = o.operands();
        return switch (o.op()) {
            case NEGATE, ABS -> magnitudeKey(operands.getFirst());
            case SUBTRACT ->
                List.of(o.op(), Set.copyOf(operands.stream().map(this::order).toList()));
            case MULTIPLY ->
                List.of(
                        o.op(),
                        Set.copyOf(operands.stream().map(this::magnitude).toList()));
            case DIVIDE -> List.of(o.op(), magnitude(operands.get(0)), magnitude(operands.get(1)));
            default -> List.of(order(node));
        };
    }

    /** States that a value is never positive, though it may be NaN. */
    public void stateNonPositive(VectorNode node) {
        nonPositive.add(node);
    }

    boolean isNonPositive(VectorNode node) {
        return nonPositive.contains(node);
    }

    /**
     * States that results are wrong where the mask holds, which is rare. A call in which it holds anywhere is computed
     * again by scalar code.
     */
    public void rarely(VectorNode mask) {
        if (mask.kind() != VectorKind.MASK) {
            throw new IllegalArgumentException("not a mask: " + mask.kind());
        }
        if (!rare.contains(mask)) {
            rare.add(mask);
        }
    }

    /** The masks under which results are wrong. */
    public List<VectorNode> rare() {
        return List.copyOf(rare);
    }

    /** The operations that make values, each after its operands. */
    public List<VectorNode.Operation> operationsOf(Collection<VectorNode> values) {
        Set<VectorNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<VectorNode.Operation> operations = new ArrayList<>();
        List<VectorNode> pending = new ArrayList<>(values);
        while (!pending.isEmpty()) {
            if (pending.removeLast() instanceof VectorNode.Operation operation && seen.add(operation)) {
                operations.add(operation);
                pending.addAll(operation.operands());
            }
        }
        operations.sort(Comparator.comparingInt(this::order));
        return operations;
    }

    private VectorNode intern(List<Object> key, VectorNode candidate) {
        VectorNode known = interned.putIfAbsent(key, candidate);
        if (known == null) {
            order.put(candidate, order.size());
            return candidate;
        }
        return known;
    }

    public VectorNode add(VectorNode x, VectorNode y) {
        return operation(VectorOp.ADD, x, y);
    }

    public VectorNode subtract(VectorNode x, VectorNode y) {
        return operation(VectorOp.SUBTRACT, x, y);
    }

    public VectorNode multiply(VectorNode x, VectorNode y) {
        return operation(VectorOp.MULTIPLY, x, y);
    }

    public VectorNode divide(VectorNode x, VectorNode y) {
        return operation(VectorOp.DIVIDE, x, y);
    }

    /** {@code x · y + z}, rounded once. */
    public VectorNode fma(VectorNode x, VectorNode y, VectorNode z) {
        return operation(VectorOp.FMA, x, y, z);
    }

    public VectorNode negate(VectorNode x) {
        return operation(VectorOp.NEGATE, x);
    }

    public VectorNode abs(VectorNode x) {
        return operation(VectorOp.ABS, x);
    }

    public VectorNode sqrt(VectorNode x) {
        return operation(VectorOp.SQRT, x);
    }

    public VectorNode less(VectorNode x, VectorNode y) {
        return operation(VectorOp.LESS, x, y);
    }

    public VectorNode lessOrEqual(VectorNode x, VectorNode y) {
        return operation(VectorOp.LESS_OR_EQUAL, x, y);
    }

    public VectorNode equal(VectorNode x, VectorNode y) {
        return operation(VectorOp.EQUAL, x, y);
    }

    public VectorNode isNan(VectorNode x) {
        return operation(VectorOp.NOT_EQUAL, x, x);
    }

    public VectorNode and(VectorNode a, VectorNode b) {
        return operation(VectorOp.AND, a, b);
    }

    public VectorNode or(VectorNode a, VectorNode b) {
        return operation(VectorOp.OR, a, b);
    }

    public VectorNode not(VectorNode mask) {
        return operation(VectorOp.NOT, mask);
    }

    /** {@code mask ? x : y}, of floats or of ints. */
    public VectorNode blend(VectorNode mask, VectorNode x, VectorNode y) {
        return operation(x.kind() == VectorKind.INT ? VectorOp.INT_BLEND : VectorOp.BLEND, mask, x, y);
    }

    /**
     * Whether the sign bit is 0 in all lanes, also in those that hold NaN: so bits as ints are in the order of floats.
     */
    public static boolean isMagnitude(VectorNode x) {
        return x instanceof VectorNode.Operation o && o.op() == VectorOp.ABS;
    }

    /** The greater of two magnitudes, or of a magnitude and −∞; NaN is the greatest. */
    public VectorNode maxOfMagnitudes(VectorNode x, VectorNode y) {
        return fromBits(operation(VectorOp.INT_MAX, toBits(x), toBits(y)));
    }

    public VectorNode toBits(VectorNode x) {
        return operation(VectorOp.TO_BITS, x);
    }

    public VectorNode fromBits(VectorNode bits) {
        return operation(VectorOp.FROM_BITS, bits);
    }

    public VectorNode shiftLeft(VectorNode x, int distance) {
        return operation(VectorOp.SHIFT_LEFT, x, constant(distance));
    }

    public VectorNode shiftRight(VectorNode x, int distance) {
        return operation(VectorOp.SHIFT_RIGHT, x, constant(distance));
    }

    /** {@code (…(c₀·x + c₁)·x + …)·x + cₙ}. */
    public VectorNode polynomial(VectorNode x, float... coefficients) {
        VectorNode sum = constant(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = fma(sum, x, constant(coefficients[i]));
        }
        return sum;
    }
}
