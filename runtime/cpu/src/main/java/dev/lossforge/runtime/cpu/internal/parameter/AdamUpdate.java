package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.optimizer.Adam;
import java.util.List;

/**
 * The rule of {@link Adam}. Before it, weights decay by {@code p = p - lr·decay·p}, which gives the rule of
 * {@link dev.lossforge.runtime.optimizer.AdamW}.
 */
record AdamUpdate(Adam adam, double decay) implements Update {

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
        double correction1 = 1 - Math.pow(adam.beta1(), (double) step);
        double correction2 = 1 - Math.pow(adam.beta2(), (double) step);
        update(
                values,
                gradient,
                slots.get(0),
                slots.get(1),
                from,
                to,
                (float) (weights ? 1 - learningRate * decay : 1),
                (float) (learningRate / correction1),
                (float) (1 / Math.sqrt(correction2)),
                (float) adam.epsilon());
    }

    /** {@code p = keep·p - rate·m / (root·sqrt(v) + ε)}: both bias corrections are computed outside the loop. */
    private void update(
            float[] values,
            float[] gradient,
            float[] first,
            float[] second,
            int from,
            int to,
            float keep,
            float rate,
            float root,
            float epsilon) {
        float beta1 = (float) adam.beta1();
        float beta2 = (float) adam.beta2();
        float rest1 = (float) (1 - adam.beta1());
        float rest2 = (float) (1 - adam.beta2());
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float m = beta1 * first[i] + rest1 * g;
            float v = beta2 * second[i] + rest2 * g * g;
            first[i] = m;
            second[i] = v;
            values[i] = keep * values[i] - rate * m / (root * (float) Math.sqrt(v) + epsilon);
        }
    }
}
