package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback.Monitor;
import java.util.List;
import java.util.Map;

/** The best value so far, and the number of epochs since then. */
final class Patience {
    private final Monitor monitor;
    private final int epochs;
    private final double margin;
    private double best;
    private int waited;

    /**
     * @param epochs the number of epochs without improvement that are tolerated
     * @param margin the margin that a value must exceed to count as better
     */
    Patience(Monitor monitor, int epochs, double margin) {
        if (epochs < 1) {
            throw new ConfigurationException("The patience is at least 1 epoch, but " + epochs + " are given.");
        }
        if (!(margin >= 0) || Double.isInfinite(margin)) {
            throw new ConfigurationException(
                    "The minimum improvement is a finite number of at least 0, but " + margin + " is given.");
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

    /** Takes the value of another epoch and returns whether it is the best so far. */
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

    /** Starts to wait again, for an improvement on the same best value. */
    void renew() {
        waited = 0;
    }

    double best() {
        return best;
    }

    Map<String, List<Double>> state() {
        return Map.of("best", List.of(best), "waited", List.of((double) waited));
    }

    void restore(Callback.Stateful.State state) {
        best = state.number("best");
        waited = (int) state.number("waited");
    }
}
