package dev.lossforge.processor.vector;

import java.util.List;

/**
 * A value in a register of a vector loop. Made by {@link VectorGraph} only, so that equal nodes are identical; compare
 * with {@code ==}.
 */
public sealed interface VectorNode {

    VectorKind kind();

    /** The same float in all lanes. */
    record Constant(float value) implements VectorNode {
        @Override
        public VectorKind kind() {
            return VectorKind.FLOAT;
        }
    }

    /** The same int in all lanes. */
    record IntConstant(int value) implements VectorNode {
        @Override
        public VectorKind kind() {
            return VectorKind.INT;
        }
    }

    /**
     * A value that the loop brings along: entries of an array, or a variable that is the same in all lanes.
     *
     * @param key what it is, to whoever writes the loop
     */
    record Leaf(Object key, VectorKind kind) implements VectorNode {}

    /** The result of an operation. */
    record Operation(VectorOp op, List<VectorNode> operands) implements VectorNode {
        @Override
        public VectorKind kind() {
            return op.result();
        }
    }
}
