package dev.lossforge.processor.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes products and quotients by what is the same in all lanes out of a loop. A value that is multiplied and divided
 * by several such numbers is multiplied by one that is made of them before: with as many roundings.
 *
 * <p>Other quotients are made from a reciprocal {@code r}, where divisions would take longer than all else: {@code q =
 * x · r} is corrected by its exact remainder, {@code q + (x − q · d) · r}, two fused operations (P. Markstein,
 * "Computation of elementary functions on the IBM RISC System/6000 processor", IBM J. Res. Dev. 34, 1990). That is the
 * rounded quotient, but for its last place where the quotient, the remainder or the reciprocal is subnormal, and for
 * the sign of 0. Where the correction is NaN, {@code q} is the quotient: infinite, NaN, or 0 of an infinite divisor.
 *
 * <p>Neither holds for all numbers; who runs the loop has to check {@link Copy#divisors} and {@link Copy#factors}.
 */
public final class UniformFactors {
    /** For how many operations' time the divider is busy with a vector of quotients or roots. Measured. */
    private static final int DIVISION = 15;

    /** The operations that a quotient takes instead. */
    private static final int QUOTIENT = 5;

    private final VectorGraph source;
    private final Predicate<VectorNode> isUniform;
    private final Function<Factor, Object> key;
    private final VectorGraph target = new VectorGraph();
    private final Map<VectorNode, VectorNode> copies = new IdentityHashMap<>();
    private final Map<VectorNode, Integer> users = new IdentityHashMap<>();
    private final Map<VectorNode, Scaled> scaled = new IdentityHashMap<>();
    /** In the order of the loop, because hashes of nodes differ from run to run. */
    private final Map<Factor, VectorNode> factors = new LinkedHashMap<>();

    private final Set<VectorNode> divisors = new LinkedHashSet<>();

    private UniformFactors(VectorGraph source, Predicate<VectorNode> isUniform, Function<Factor, Object> key) {
        this.source = source;
        // Scalar code has no variable for what a function made of uniform numbers on its way.
        this.isUniform = node -> !(node instanceof VectorNode.Operation) && isUniform.test(node);
        this.key = key;
    }

    /**
     * A product and quotient of leaves and constants of the first graph: {@code ± n₁ · n₂ … / d₁ / d₂ …}. It stands for
     * what was computed in another order if it is a normal number, one of the numerators is none, or a denominator is
     * 0: then the quotient is infinite or NaN in any order.
     */
    public record Factor(List<VectorNode> numerators, List<VectorNode> denominators, boolean negated) {
        private static final Factor ONE = new Factor(List.of(), List.of(), false);

        private Factor times(VectorNode number) {
            return new Factor(plus(numerators, number), denominators, negated);
        }

        private Factor over(VectorNode number) {
            return new Factor(numerators, plus(denominators, number), negated);
        }

        private Factor opposite() {
            return new Factor(numerators, denominators, !negated);
        }

        private static List<VectorNode> plus(List<VectorNode> numbers, VectorNode number) {
            return Stream.concat(numbers.stream(), Stream.of(number)).toList();
        }

        /** Its value, if it is made of constants alone. */
        private Optional<Float> constant() {
            if (!Stream.concat(numerators.stream(), denominators.stream())
                    .allMatch(VectorNode.Constant.class::isInstance)) {
                return Optional.empty();
            }
            float value = negated ? -1 : 1;
            for (VectorNode number : numerators) {
                value *= ((VectorNode.Constant) number).value();
            }
            for (VectorNode number : denominators) {
                value /= ((VectorNode.Constant) number).value();
            }
            return Optional.of(value);
        }

        /** The number of operations that it stands for. */
        private int operations() {
            return numerators.size() + denominators.size() + (negated ? 1 : 0);
        }
    }

    /** A value that is another one times a factor. */
    private record Scaled(VectorNode value, Factor factor) {}

    /**
     * The values of a loop in a graph of their own.
     *
     * @param nodes what stands for a node of the first graph
     * @param divisors leaves of the first graph that must be 0 or normal numbers
     * @param factors what the new leaves are
     */
    public record Copy(
            VectorGraph graph,
            Map<VectorNode, VectorNode> nodes,
            List<VectorNode> divisors,
            Map<Factor, VectorNode> factors) {

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
     * Copies a loop's graph without what can be computed before the loop.
     *
     * @param roots all that the loop makes of values
     * @param isUniform whether a value is the same in all lanes
     * @param key of the leaf that stands for a factor
     */
    public static Copy copy(
            VectorGraph graph,
            Collection<VectorNode> roots,
            Predicate<VectorNode> isUniform,
            Function<Factor, Object> key) {
        return new UniformFactors(graph, isUniform, key).copy(roots);
    }

    private Copy copy(Collection<VectorNode> roots) {
        List<VectorNode> needed =
                Stream.concat(roots.stream(), source.rare().stream()).toList();
        List<VectorNode.Operation> all = source.operationsOf(needed);
        all.stream().flatMap(node -> node.operands().stream()).forEach(node -> users.merge(node, 1, Integer::sum));
        needed.forEach(node -> users.merge(node, 1, Integer::sum));
        all.forEach(node -> scaled(node).ifPresent(s -> scaled.put(node, s)));
        List<VectorNode.Operation> body = withoutSteps(all, needed);
        Set<VectorNode> quotients = quotients(body, roots.size());
        body.forEach(node -> copies.put(node, copy(node, quotients.contains(node))));
        roots.forEach(this::leaf);
        source.rare().forEach(mask -> target.rarely(leaf(mask)));
        return new Copy(target, copies, List.copyOf(divisors), factors);
    }

    /** What a product, a quotient or an opposite is a multiple of, as far as nothing else needs what lies between. */
    private Optional<Scaled> scaled(VectorNode.Operation node) {
        VectorNode first = node.operands().getFirst();
        VectorNode last = node.operands().getLast();
        return switch (node.op()) {
            case MULTIPLY ->
                isUniform.test(first) == isUniform.test(last)
                        ? Optional.empty()
                        : Optional.of(
                                isUniform.test(first)
                                        ? below(last, f -> f.times(first))
                                        : below(first, f -> f.times(last)));
            case DIVIDE ->
                isUniform.test(last) && !isUniform.test(first)
                        ? Optional.of(below(first, f -> f.over(last)))
                        : Optional.empty();
            case NEGATE -> isUniform.test(first) ? Optional.empty() : Optional.of(below(first, Factor::opposite));
            default -> Optional.empty();
        };
    }

    private Scaled below(VectorNode operand, Function<Factor, Factor> more) {
        Scaled known = scaled.get(operand);
        return known == null || users.getOrDefault(operand, 0) > 1
                ? new Scaled(operand, more.apply(Factor.ONE))
                : new Scaled(known.value(), more.apply(known.factor()));
    }

    /** The factor that a value is multiplied by at once. */
    private Optional<Scaled> product(VectorNode node) {
        return Optional.ofNullable(scaled.get(node))
                .filter(s -> s.factor().operations() > 1)
                .filter(s -> s.factor().constant().map(UniformFactors::isNormal).orElse(true));
    }

    private static boolean isNormal(float x) {
        return Math.abs(x) >= Float.MIN_NORMAL && Math.abs(x) <= Float.MAX_VALUE;
    }

    /** The operations but for those that a factor makes superfluous. */
    private List<VectorNode.Operation> withoutSteps(List<VectorNode.Operation> all, List<VectorNode> needed) {
        Set<VectorNode> used = Collections.newSetFromMap(new IdentityHashMap<>());
        used.addAll(needed);
        List<VectorNode.Operation> body = new ArrayList<>();
        for (VectorNode.Operation node : all.reversed()) {
            if (used.contains(node)) {
                body.addFirst(node);
                product(node).ifPresentOrElse(s -> used.add(s.value()), () -> used.addAll(node.operands()));
            }
        }
        return body;
    }

    /**
     * The divisions to be replaced: so many that the divider, which works beside the other units, is done when they
     * are.
     */
    private Set<VectorNode> quotients(List<VectorNode.Operation> body, int effects) {
        List<VectorNode.Operation> slow = body.stream()
                .filter(node -> node.op() == VectorOp.DIVIDE || node.op() == VectorOp.SQRT)
                .filter(node -> product(node).isEmpty())
                .toList();
        Set<VectorNode> quotients = Collections.newSetFromMap(new IdentityHashMap<>());
        for (VectorNode.Operation node : slow) {
            int others = body.size() + effects + (QUOTIENT - 1) * quotients.size();
            if (DIVISION * (slow.size() - quotients.size()) > others
                    && node.op() == VectorOp.DIVIDE
                    && isUniform.test(node.operands().get(1))) {
                quotients.add(node);
            }
        }
        return quotients;
    }

    private VectorNode copy(VectorNode.Operation node, boolean asQuotient) {
        return product(node)
                .map(s -> target.multiply(leaf(s.value()), factor(s.factor())))
                .orElseGet(() -> asQuotient
                        ? quotient(node.operands().get(0), node.operands().get(1))
                        : target.operation(
                                node.op(),
                                node.operands().stream().map(this::leaf).toArray(VectorNode[]::new)));
    }

    private VectorNode leaf(VectorNode node) {
        return copies.computeIfAbsent(node, n -> switch (n) {
            case VectorNode.Constant c -> target.constant(c.value());
            case VectorNode.IntConstant c -> target.constant(c.value());
            case VectorNode.Leaf leaf -> target.leaf(leaf.key(), leaf.kind());
            case VectorNode.Operation o -> throw new IllegalStateException("not after its operands: " + o.op());
        });
    }

    private VectorNode factor(Factor factor) {
        Optional<Float> constant = factor.constant();
        return constant.isPresent()
                ? target.constant(constant.get())
                : factors.computeIfAbsent(factor, f -> target.leaf(key.apply(f), VectorKind.FLOAT));
    }

    private VectorNode quotient(VectorNode dividend, VectorNode divisor) {
        if (divisor instanceof VectorNode.Leaf) {
            divisors.add(divisor);
        }
        VectorNode reciprocal = target.divide(target.constant(1f), leaf(divisor));
        VectorNode quotient = target.multiply(leaf(dividend), reciprocal);
        VectorNode remainder = target.fma(quotient, target.negate(leaf(divisor)), leaf(dividend));
        VectorNode corrected = target.fma(remainder, reciprocal, quotient);
        return target.blend(target.isNan(corrected), quotient, corrected);
    }
}
