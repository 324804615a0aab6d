package dev.lossforge.processor.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the nodes of a vector graph, lane by lane, with Java's arithmetic. A lane holds the bits of a float, an int,
 * or 0 or 1 for a mask.
 */
final class VectorInterpreter {
    private final List<VectorNode> program;
    private final Map<VectorNode, int[]> registers = new IdentityHashMap<>();
    private final int lanes;

    VectorInterpreter(VectorGraph graph, List<VectorNode> results, int lanes) {
        this.lanes = lanes;
        this.program = program(graph, results);
        for (VectorNode node : program) {
            registers.put(node, new int[lanes]);
        }
    }

    /** What the results need, operands first. */
    static List<VectorNode> program(VectorGraph graph, List<VectorNode> results) {
        Map<VectorNode, Boolean> seen = new IdentityHashMap<>();
        List<VectorNode> open = new ArrayList<>(results);
        List<VectorNode> found = new ArrayList<>();
        while (!open.isEmpty()) {
            VectorNode node = open.removeLast();
            if (seen.put(node, true) == null) {
                found.add(node);
                if (node instanceof VectorNode.Operation operation) {
                    open.addAll(operation.operands());
                }
            }
        }
        found.sort(Comparator.comparingInt(graph::order));
        return found;
    }

    /** The lanes of a leaf before a run, or those of a result after it. */
    int[] register(VectorNode node) {
        return registers.get(node);
    }

    void run() {
        for (VectorNode node : program) {
            int[] out = registers.get(node);
            switch (node) {
                case VectorNode.Constant c -> Arrays.fill(out, Float.floatToRawIntBits(c.value()));
                case VectorNode.IntConstant c -> Arrays.fill(out, c.value());
                case VectorNode.Leaf leaf -> {}
                case VectorNode.Operation o -> run(o, out);
            }
        }
    }

    private void run(VectorNode.Operation node, int[] out) {
        List<VectorNode> operands = node.operands();
        int[] a = registers.get(operands.get(0));
        int[] b = registers.get(operands.get(Math.min(1, operands.size() - 1)));
        int[] c = registers.get(operands.getLast());
        switch (node.op().operands().getLast()) {
            case FLOAT -> {
                for (int i = 0; i < lanes; i++) {
                    out[i] = ofFloats(node.op(), a[i], f(b[i]), f(c[i]));
                }
            }
            case INT, MASK -> {
                for (int i = 0; i < lanes; i++) {
                    out[i] = ofInts(node.op(), a[i], b[i], c[i]);
                }
            }
        }
    }

    private static float f(int bits) {
        return Float.intBitsToFloat(bits);
    }

    private static int ofFloats(VectorOp op, int first, float y, float z) {
        float x = f(first);
        return switch (op) {
            case ADD -> bits(x + y);
            case SUBTRACT -> bits(x - y);
            case MULTIPLY -> bits(x * y);
            case DIVIDE -> bits(x / y);
            case FMA -> bits(Math.fma(x, y, z));
            case NEGATE -> bits(-x);
            case ABS -> bits(Math.abs(x));
            case SQRT -> bits((float) Math.sqrt(x));
            case LESS -> mask(x < y);
            case LESS_OR_EQUAL -> mask(x <= y);
            case EQUAL -> mask(x == y);
            case NOT_EQUAL -> mask(x != y);
            case TO_INT -> (int) x;
            case TO_BITS -> first;
            case BLEND -> bits(first != 0 ? y : z);
            default -> throw new IllegalArgumentException(op.name());
        };
    }

    private static int ofInts(VectorOp op, int x, int y, int z) {
        return switch (op) {
            case INT_ADD -> x + y;
            case INT_SUBTRACT -> x - y;
            case INT_MULTIPLY -> x * y;
            case INT_AND, AND -> x & y;
            case INT_OR, OR -> x | y;
            case INT_XOR -> x ^ y;
            case INT_MAX -> Math.max(x, y);
            case INT_MIN -> Math.min(x, y);
            case SHIFT_LEFT -> x << y;
            case SHIFT_RIGHT -> x >> y;
            case SHIFT_RIGHT_UNSIGNED -> x >>> y;
            case INT_LESS -> mask(x < y);
            case INT_LESS_OR_EQUAL -> mask(x <= y);
            case INT_EQUAL -> mask(x == y);
            case INT_NOT_EQUAL -> mask(x != y);
            case TO_FLOAT -> bits((float) x);
            case FROM_BITS -> x;
            case NOT -> 1 - x;
            case INT_BLEND -> x != 0 ? y : z;
            default -> throw new IllegalArgumentException(op.name());
        };
    }

    private static int bits(float x) {
        return Float.floatToRawIntBits(x);
    }

    private static int mask(boolean holds) {
        return holds ? 1 : 0;
    }
}
