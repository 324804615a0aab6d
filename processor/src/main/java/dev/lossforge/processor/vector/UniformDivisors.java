package dev.lossforge.processor.vector;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes quotients by what is the same in all lanes from one reciprocal, where divisions would take longer than all
 * else.
 *
 * <p>With {@code r} the rounded reciprocal, {@code q = x · r} is corrected by its exact remainder: {@code q + (x − q ·
 * d) · r}, two fused operations (P. Markstein, "Computation of elementary functions on the IBM RISC System/6000
 * processor", IBM J. Res. Dev. 34, 1990). That is the rounded quotient, but for its last place where the quotient, the
 * remainder or the reciprocal is subnormal, and for the sign of 0. Where the correction is NaN, {@code q} is the quotient: infinite,
 * NaN, or 0 of an infinite divisor. The reciprocal must not overflow: a divisor has to be 0 or a normal number.
 */
public final class UniformDivisors {
    /** For how many operations' time the divider is busy with a vector of quotients or roots. Measured. */
    private static final int DIVISION = 15;

    /** The operations that a quotient takes instead. */
    private static final int QUOTIENT = 5;

    private final Predicate<VectorNode> isUniform;
    private final VectorGraph target = new VectorGraph();
    private final Map<VectorNode, VectorNode> copies = new IdentityHashMap<>();
    private final Set<VectorNode> divisors = new LinkedHashSet<>();

    private UniformDivisors(Predicate<VectorNode> isUniform) {
        this.isUniform = isUniform;
    }

    /**
     * The values of a loop in a graph of their own.
     *
     * @param nodes what stands for a node of the first graph
     * @param divisors leaves that must be 0 or normal numbers
     */
    public record Copy(VectorGraph graph, Map<VectorNode, VectorNode> nodes, List<VectorNode> divisors) {

        /** What stands for a root, or for what it is made of. */
        public VectorNode of(VectorNode node) {
            VectorNode copy = nodes.get(node);
            if (copy == null) {
                throw new IllegalArgumentException("not copied: " + node.kind());
            }
            return copy;
        }
    }

    /**
     * @param roots all that the loop makes of values
     * @param isUniform whether a leaf or a constant is the same in all lanes
     */
    public static Copy copy(VectorGraph graph, Collection<VectorNode> roots, Predicate<VectorNode> isUniform) {
        return new UniformDivisors(isUniform).copy(graph, roots);
    }

    private Copy copy(VectorGraph graph, Collection<VectorNode> roots) {
        List<VectorNode.Operation> body = graph.operationsOf(
                Stream.concat(roots.stream(), graph.rare().stream()).toList());
        Set<VectorNode> quotients = quotients(body, roots.size());
        for (VectorNode.Operation node : body) {
            VectorNode[] operands = node.operands().stream().map(this::leaf).toArray(VectorNode[]::new);
            copies.put(
                    node,
                    quotients.contains(node)
                            ? quotient(operands[0], operands[1])
                            : target.operation(node.op(), operands));
        }
        roots.forEach(this::leaf);
        graph.rare().forEach(mask -> target.rarely(leaf(mask)));
        return new Copy(target, copies, List.copyOf(divisors));
    }

    /**
     * The divisions to be replaced: so many that the divider, which works beside the other units, is done when they
     * are.
     */
    private Set<VectorNode> quotients(List<VectorNode.Operation> body, int effects) {
        long slow = body.stream()
                .filter(node -> node.op() == VectorOp.DIVIDE || node.op() == VectorOp.SQRT)
                .count();
        Set<VectorNode> quotients = Collections.newSetFromMap(new IdentityHashMap<>());
        for (VectorNode.Operation node : body) {
            int others = body.size() + effects + (QUOTIENT - 1) * quotients.size();
            if (DIVISION * (slow - quotients.size()) > others
                    && node.op() == VectorOp.DIVIDE
                    && isUniform.test(node.operands().get(1))) {
                quotients.add(node);
            }
        }
        return quotients;
    }

    private VectorNode leaf(VectorNode node) {
        return copies.computeIfAbsent(node, n -> switch (n) {
            case VectorNode.Constant c -> target.constant(c.value());
            case VectorNode.IntConstant c -> target.constant(c.value());
            case VectorNode.Leaf leaf -> target.leaf(leaf.key(), leaf.kind());
            case VectorNode.Operation o -> throw new IllegalStateException("not after its operands: " + o.op());
        });
    }

    private VectorNode quotient(VectorNode dividend, VectorNode divisor) {
        if (divisor instanceof VectorNode.Leaf) {
            divisors.add(divisor);
        }
        VectorNode reciprocal = target.divide(target.constant(1f), divisor);
        VectorNode quotient = target.multiply(dividend, reciprocal);
        VectorNode remainder = target.fma(quotient, target.negate(divisor), dividend);
        VectorNode corrected = target.fma(remainder, reciprocal, quotient);
        return target.blend(target.isNan(corrected), quotient, corrected);
    }
}
