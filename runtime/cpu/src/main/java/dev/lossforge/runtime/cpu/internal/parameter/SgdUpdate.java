package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.optimizer.Sgd;
import java.util.List;

/** The rule of {@link Sgd}. */
record SgdUpdate(Sgd sgd) implements Update {

    @Override
    public void apply(
            float[] values,
            float[] gradient,
            List<float[]> slots,
            int from,
            int to,
            double learningRate,
            long step,
            boolean weights) {
        float rate = (float) learningRate;
        float momentum = (float) sgd.momentum();
        if (slots.isEmpty()) {
            plain(values, gradient, from, to, rate);
        } else if (sgd.nesterov()) {
            nesterov(values, gradient, slots.getFirst(), from, to, rate, momentum);
        } else {
            withMomentum(values, gradient, slots.getFirst(), from, to, rate, momentum);
        }
    }

    private static void plain(float[] values, float[] gradient, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            values[i] -= rate * gradient[i];
        }
    }

    private static void withMomentum(
            float[] values, float[] gradient, float[] velocity, int from, int to, float rate, float momentum) {
        for (int i = from; i < to; i++) {
            float v = momentum * velocity[i] + gradient[i];
            velocity[i] = v;
            values[i] -= rate * v;
        }
    }

    private static void nesterov(
            float[] values, float[] gradient, float[] velocity, int from, int to, float rate, float momentum) {
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float v = momentum * velocity[i] + g;
            velocity[i] = v;
            values[i] -= rate * (g + momentum * v);
        }
    }
}
