package dev.lossforge.processor.emit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;

/** Rows for losses over all pairs of them, and the comparison of what these find. */
final class RowPairs {
    static final int COLUMNS = 19;
    static final double TOLERANCE = 2e-5;

    private RowPairs() {}

    static Tensor random(int rows, SplittableRandom random) {
        Tensor x = Tensor.zeros(rows, COLUMNS);
        for (int i = 0; i < x.size(); i++) {
            x.array()[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /** Compares a gradient, whose entries are sums of terms of which some cancel, relative to the largest. */
    static void assertClose(Tensor actual, double[] expected) {
        double max = 0;
        for (double value : expected) {
            max = Math.max(max, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual.array()[i]).isCloseTo(expected[i], within(TOLERANCE * max));
        }
    }
}
