package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Sgd;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The numbers of an optimizer's rule, by position. Some change from step to step. */
public final class UpdateSettings {
    static final int RATE = 0;
    static final int ROOT = 1;
    static final int EPSILON = 2;
    static final int BETA1 = 3;
    static final int BETA2 = 4;
    static final int REST1 = 5;
    static final int REST2 = 6;
    static final int KEEP = 7;
    static final int MOMENTUM = 8;

    private final Optimizer optimizer;
    private final FloatArray array = new FloatArray(9);

    public UpdateSettings(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    public FloatArray array() {
        return array;
    }

    /** Sets the numbers for an update. Updates are counted from 1. */
    public void begin(double learningRate, long step) {
        switch (optimizer) {
            case Sgd sgd -> {
                set(RATE, learningRate);
                set(MOMENTUM, sgd.momentum());
            }
            case Adam adam -> adam(adam, 0, learningRate, step);
            case AdamW adamW -> adam(adamW.adam(), adamW.weightDecay(), learningRate, step);
        }
    }

    private void adam(Adam adam, double decay, double learningRate, long step) {
        double correction1 = 1 - Math.pow(adam.beta1(), (double) step);
        double correction2 = 1 - Math.pow(adam.beta2(), (double) step);
        set(RATE, learningRate / correction1);
        set(ROOT, 1 / Math.sqrt(correction2));
        set(EPSILON, adam.epsilon());
        set(BETA1, adam.beta1());
        set(BETA2, adam.beta2());
        set(REST1, 1 - adam.beta1());
        set(REST2, 1 - adam.beta2());
        set(KEEP, 1 - learningRate * decay);
    }

    private void set(int position, double value) {
        array.set(position, (float) value);
    }
}
