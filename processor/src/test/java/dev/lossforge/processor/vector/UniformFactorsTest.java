package dev.lossforge.processor.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UniformFactorsTest {
    private static final float[] SPECIAL = {
        0f,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        1e-30f,
        0.5f,
        Math.nextDown(1f),
        1f,
        Math.nextUp(1f),
        3f,
        1e30f,
        0x1p126f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN
    };

    private static final Set<Object> UNIFORM = Set.of("d", "e");

    private final VectorGraph graph = new VectorGraph();
    private final VectorNode dividend = graph.leaf("x", VectorKind.FLOAT);
    private final VectorNode divisor = graph.leaf("d", VectorKind.FLOAT);
    private final VectorNode quotient = graph.divide(dividend, divisor);

    private UniformFactors.Copy copy(VectorNode... roots) {
        return UniformFactors.copy(graph, List.of(roots), UniformFactorsTest::isUniform, factor -> "factor");
    }

    private static boolean isUniform(VectorNode node) {
        return switch (node) {
            case VectorNode.Leaf leaf -> UNIFORM.contains(leaf.key());
            case VectorNode.Operation operation ->
                operation.operands().stream().allMatch(UniformFactorsTest::isUniform);
            default -> true;
        };
    }

    private static long divisions(UniformFactors.Copy copy, VectorNode root) {
        return copy.graph().operationsOf(List.of(copy.of(root))).stream()
                .filter(node ->
                        node.op() == VectorOp.DIVIDE && !(node.operands().getFirst() instanceof VectorNode.Constant))
                .count();
    }

    @Test
    void quotientsAreThoseOfJavaToTheLastBit() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2000; round++) {
            float d = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 60));
            float[] x = new float[512];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.scalb(random.nextDouble(-2, 2), random.nextInt(-30, 30));
            }
            float[] q = quotients(x, d);
            for (int i = 0; i < x.length; i++) {
                assertEquals(x[i] / d, q[i], x[i] + " / " + d);
            }
        }
    }

    @Test
    void specialValuesAreThoseOfJava() {
        for (float d : SPECIAL) {
            if (d > 0 && d < Float.MIN_NORMAL) {
                continue;
            }
            for (float sign : new float[] {1, -1}) {
                float[] q = quotients(SPECIAL, sign * d);
                for (int i = 0; i < SPECIAL.length; i++) {
                    float expected = SPECIAL[i] / (sign * d);
                    boolean subnormal = Math.abs(expected) < 1e-30f || SPECIAL[i] < 1e-30f || d >= 0x1p126f;
                    float step = subnormal && Float.isFinite(expected) ? Math.ulp(expected) : 0;
                    // Adding 0 takes the sign from 0, which is not promised.
                    assertEquals(expected + 0f, q[i] + 0f, step, SPECIAL[i] + " / " + sign * d);
                }
            }
        }
    }

    private float[] quotients(float[] x, float d) {
        UniformFactors.Copy copy = copy(quotient);
        assertEquals(0, divisions(copy, quotient));
        assertEquals(List.of(divisor), copy.divisors());
        VectorInterpreter interpreter = new VectorInterpreter(copy.graph(), List.of(copy.of(quotient)), x.length);
        for (int i = 0; i < x.length; i++) {
            interpreter.register(copy.of(dividend))[i] = Float.floatToRawIntBits(x[i]);
            interpreter.register(copy.of(divisor))[i] = Float.floatToRawIntBits(d);
        }
        interpreter.run();
        float[] q = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            q[i] = Float.intBitsToFloat(interpreter.register(copy.of(quotient))[i]);
        }
        return q;
    }

    /** With enough else to do, the divider is not what a loop waits for. */
    @Test
    void divisionsThatTakeNoTimeOfTheirOwnStay() {
        VectorNode value = quotient;
        for (int i = 0; i < 30; i++) {
            value = graph.add(graph.multiply(value, value), dividend);
        }
        assertEquals(1, divisions(copy(value), value));
    }

    @Test
    void whatDiffersBetweenLanesIsDividedBy() {
        VectorNode value = graph.divide(divisor, dividend);
        UniformFactors.Copy copy = copy(value);
        assertEquals(1, divisions(copy, value));
        assertTrue(copy.divisors().isEmpty());
    }

    @Test
    void constantsNeedNoCheck() {
        VectorNode value = graph.divide(dividend, graph.constant(3f));
        UniformFactors.Copy copy = copy(value);
        assertEquals(0, divisions(copy, value));
        assertTrue(copy.divisors().isEmpty());
    }

    @Test
    void masksOfRareValuesAreCopied() {
        VectorNode rare = graph.less(quotient, graph.constant(0f));
        graph.rarely(rare);
        UniformFactors.Copy copy = copy(dividend);
        assertEquals(List.of(copy.of(rare)), copy.graph().rare());
    }

    @Test
    void productsAndQuotientsByUniformNumbersAreOneFactor() {
        VectorNode e = graph.leaf("e", VectorKind.FLOAT);
        VectorNode value = graph.negate(graph.divide(graph.multiply(e, quotient), graph.constant(3f)));
        UniformFactors.Copy copy = copy(value);
        assertEquals(
                List.of(new UniformFactors.Factor(List.of(e), List.of(divisor, graph.constant(3f)), true)),
                List.copyOf(copy.factors().keySet()));
        assertEquals(
                copy.graph().multiply(copy.of(dividend), copy.graph().leaf("factor", VectorKind.FLOAT)),
                copy.of(value));
        assertTrue(copy.divisors().isEmpty());
    }

    @Test
    void factorsOfConstantsAreConstants() {
        VectorNode value = graph.multiply(graph.divide(dividend, graph.constant(8f)), graph.constant(-3f));
        assertEquals(
                copy(value).graph().constant(-0.375f),
                ((VectorNode.Operation) copy(value).of(value)).operands().getLast(),
                "of another graph, but equal");
    }

    /** What is needed anyway is made once, and the factor is that of the rest. */
    @Test
    void whatIsSharedIsNotMadeAgain() {
        VectorNode e = graph.leaf("e", VectorKind.FLOAT);
        VectorNode value = graph.negate(graph.multiply(e, quotient));
        UniformFactors.Copy copy = copy(value, quotient);
        assertEquals(
                List.of(new UniformFactors.Factor(List.of(e), List.of(), true)),
                List.copyOf(copy.factors().keySet()));
    }

    @Test
    void aProductOfTwoValuesThatDifferIsNone() {
        VectorNode e = graph.leaf("e", VectorKind.FLOAT);
        VectorNode value = graph.multiply(graph.multiply(e, dividend), dividend);
        assertTrue(copy(value).factors().isEmpty());
    }

    @Test
    void whatIsMadeOfUniformNumbersInTheLoopStays() {
        VectorNode made = graph.sqrt(divisor);
        UniformFactors.Copy copy = copy(graph.negate(graph.multiply(graph.divide(dividend, made), made)));
        assertTrue(copy.factors().isEmpty());
        assertTrue(copy.divisors().isEmpty());
    }
}
