package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import java.util.List;
import java.util.Map;

/** The best value so far, and for how many epochs it has not been surpassed. */
final class Patience {
    private final Monitor monitor;
    private final int epochs;
    private final double margin;
    private double best;
    private int waited;

    /**
     * @param epochs how many epochs without improvement are borne
     * @param margin by how much a value must be better to count as better
     */
    Patience(Monitor monitor, int epochs, double margin) {
        if (epochs < 1) {
            throw new ConfigurationException("The patience is at least 1 epoch, but " + epochs + " are given.");
        }
        if (!(margin >= 0) || Double.isInfinite(margin)) {
            throw new ConfigurationException(
                    "The least improvement is a finite number of at least 0, but " + margin + " is given.");
        }
        this.monitor = monitor;
        this.epochs = epochs;
        this.margin = margin;
        this.best = monitor.worst();
    }

    Patience withMargin(double newMargin) {
        return new Patience(monitor, epochs, newMargin);
    }

    Monitor monitor() {
        return monitor;
    }

    int epochs() {
        return epochs;
    }

    void reset() {
        best = monitor.worst();
        waited = 0;
    }

    /** Takes the value of one more epoch and says whether it is the best so far. */
    boolean improvedBy(double value) {
        if (monitor.isBetter(value, best, margin)) {
            best = value;
            waited = 0;
            return true;
        }
        waited++;
        return false;
    }

    boolean isExhausted() {
        return waited >= epochs;
    }

    /** Begins to wait anew, for an improvement on the same best value. */
    void renew() {
        waited = 0;
    }

    double best() {
        return best;
    }

    Map<String, List<Double>> state() {
        return Map.of("best", List.of(best), "waited", List.of((double) waited));
    }

    void restore(StatefulCallback.State state) {
        best = state.number("best");
        waited = (int) state.number("waited");
    }
}
