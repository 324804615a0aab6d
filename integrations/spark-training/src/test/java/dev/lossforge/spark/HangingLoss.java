package dev.lossforge.spark;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.UnitLoss;
import java.io.File;
import java.io.Serializable;
import java.util.concurrent.locks.LockSupport;

/**
 * The squared distance of three scores from those of the label's class, until someone makes a file: the worker that
 * takes it away fails, or hangs for ever and does not hear when it is interrupted.
 *
 * @param hang the file for a worker that hangs
 * @param fail the file for a worker that fails
 */
record HangingLoss(String hang, String fail) implements UnitLoss, Serializable {

    static final String REASON = "The loss of one worker fails.";

    @Override
    public LossSignature signature() {
        return LossSignature.of(
                "hanging",
                Scope.SAMPLE,
                LossSignature.Input.prediction("scores", 1),
                LossSignature.Input.target("label", LossSignature.Input.Type.INT, 0));
    }

    @Override
    public float evaluate(Unit unit) {
        if (new File(fail).delete()) {
            throw new DataException(REASON);
        }
        if (new File(hang).delete()) {
            hangForEver();
        }
        float sum = 0;
        for (int i = 0; i < 3; i++) {
            float distance = unit.value(0, i) - (unit.integer(1) == i ? 1 : 0);
            unit.addGradient(0, i, 2 * distance);
            sum += distance * distance;
        }
        return sum;
    }

    @SuppressWarnings("InfiniteLoop")
    private static void hangForEver() {
        while (true) {
            LockSupport.parkNanos(100_000_000);
            Thread.interrupted();
        }
    }
}
