package dev.lossforge.runtime.cpu.internal.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every rule over some steps, against the rule of its description in double precision. */
class UpdateTest {
    private static final int STEPS = 20;
    private static final double RATE = 0.05;

    /** One step on one value: {@code state} holds the value and the slots. */
    private interface Rule {
        void step(double[] state, double gradient, int t);
    }

    private static void check(Optimizer optimizer, boolean weights, Rule rule) {
        int length = 37;
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[length];
        float[] gradient = new float[length];
        List<float[]> slots = new ArrayList<>();
        optimizer.slots().forEach(slot -> slots.add(new float[length]));
        double[][] expected = new double[length][3];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
            expected[i][0] = values[i];
        }
        float first = values[0];
        Update update = Update.of(optimizer);
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < length; i++) {
                gradient[i] = (float) random.nextDouble(-1, 1);
                rule.step(expected[i], gradient[i], t);
            }
            update.apply(values, gradient, slots, 1, length, RATE, t, weights);
        }
        assertThat(values[0]).isEqualTo(first);
        for (int i = 1; i < length; i++) {
            assertThat((double) values[i]).isCloseTo(expected[i][0], within(2e-6));
        }
    }

    @Test
    void gradientDescent() {
        check(Sgd.of(1), true, (state, g, t) -> state[0] -= RATE * g);
    }

    @Test
    void momentum() {
        check(Sgd.of(1).withMomentum(0.9), true, (state, g, t) -> {
            state[1] = 0.9 * state[1] + g;
            state[0] -= RATE * state[1];
        });
    }

    @Test
    void nesterovMomentum() {
        check(Sgd.of(1).withNesterovMomentum(0.9), true, (state, g, t) -> {
            state[1] = 0.9 * state[1] + g;
            state[0] -= RATE * (g + 0.9 * state[1]);
        });
    }

    private static void adam(double[] state, double g, int t) {
        state[1] = 0.8 * state[1] + 0.2 * g;
        state[2] = 0.99 * state[2] + 0.01 * g * g;
        double first = state[1] / (1 - Math.pow(0.8, t));
        double second = state[2] / (1 - Math.pow(0.99, t));
        state[0] -= RATE * first / (Math.sqrt(second) + 1e-3);
    }

    private static final Adam ADAM = Adam.of(1).withBetas(0.8, 0.99).withEpsilon(1e-3);

    @Test
    void adam() {
        check(ADAM, true, UpdateTest::adam);
    }

    @Test
    void adamWithDecayOfWeights() {
        check(new AdamW(ADAM, 0.1), true, (state, g, t) -> {
            state[0] -= RATE * 0.1 * state[0];
            adam(state, g, t);
        });
    }

    @Test
    void adamWithDecayLeavesBiasesAlone() {
        check(new AdamW(ADAM, 0.1), false, UpdateTest::adam);
    }

    @Test
    void sumsOfWorkersAreFiniteOnlyIfAllTermsAndSumsAre() {
        for (float poison : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE}) {
            Gradients gradients = new Gradients(3, 5_000);
            for (int worker = 0; worker < 3; worker++) {
                gradients.of(worker)[4_321] = worker;
            }
            gradients.sum(0, 5_000);
            assertThat(gradients.total()[4_321]).isEqualTo(3);
            assertThat(gradients.isFinite(0, 5_000)).isTrue();
            gradients.of(0)[4_321] = poison;
            gradients.of(1)[4_321] = Float.MAX_VALUE;
            gradients.sum(4_000, 5_000);
            assertThat(gradients.isFinite(4_000, 5_000)).isFalse();
            assertThat(gradients.isFinite(0, 4_000)).isTrue();
        }
    }
}
