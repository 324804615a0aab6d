package dev.lossforge.processor.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.UnaryOp;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Even functions of values that differ in the sign alone share what they are made of. */
class MagnitudesTest {
    private final VectorGraph g = new VectorGraph();
    private final VectorNode x = g.leaf("x", VectorKind.FLOAT);
    private final VectorNode y = g.leaf("y", VectorKind.FLOAT);
    private final VectorNode scale = g.leaf("scale", VectorKind.FLOAT);

    @Test
    void differencesInEitherOrderHaveOneMagnitude() {
        VectorNode forth = g.divide(g.subtract(x, y), scale);
        VectorNode back = g.divide(g.subtract(y, x), scale);
        assertThat(g.ofMagnitude(forth)).isSameAs(forth);
        assertThat(g.ofMagnitude(back)).isSameAs(forth);
        assertThat(g.ofMagnitude(g.negate(back))).isSameAs(forth);
        assertThat(g.ofMagnitude(g.multiply(scale, g.subtract(y, x))))
                .isSameAs(g.ofMagnitude(g.multiply(g.subtract(x, y), scale)));
    }

    @Test
    void othersHaveTheirOwn() {
        assertThat(g.ofMagnitude(g.subtract(x, y))).isNotSameAs(g.ofMagnitude(g.subtract(x, scale)));
        assertThat(g.ofMagnitude(g.divide(x, y))).isNotSameAs(g.ofMagnitude(g.divide(y, x)));
        assertThat(g.ofMagnitude(g.add(x, y))).isNotSameAs(g.ofMagnitude(g.subtract(x, y)));
    }

    /** As a tree, so many squares of squares are 2⁶⁰ nodes. */
    @Test
    void squaresOfSquaresAreMetOnce() {
        VectorNode power = g.subtract(x, y);
        VectorNode other = g.subtract(y, x);
        for (int i = 0; i < 60; i++) {
            power = g.multiply(power, power);
            other = g.multiply(other, other);
        }
        assertThat(g.ofMagnitude(power)).isSameAs(power);
        assertThat(g.ofMagnitude(other)).isSameAs(power);
    }

    @Test
    void aSigmoidAndItsComplementShareTheExponential() {
        VectorNode sigmoid = VectorFunctions.unary(g, UnaryOp.SIGMOID, g.subtract(x, y));
        int operations = count(sigmoid, new HashSet<>());
        VectorNode complement = VectorFunctions.unary(g, UnaryOp.SIGMOID, g.subtract(y, x));
        Set<Integer> both = new HashSet<>();
        count(sigmoid, both);
        assertThat(count(complement, both)).isLessThan(operations / 3);
    }

    /** The number of nodes that were not met yet. */
    private int count(VectorNode node, Set<Integer> met) {
        if (!met.add(g.order(node))) {
            return 0;
        }
        int count = 1;
        if (node instanceof VectorNode.Operation o) {
            for (VectorNode operand : o.operands()) {
                count += count(operand, met);
            }
        }
        return count;
    }
}
