package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.Monitor;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.internal.files.OwnFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the weights after the best epoch so far in a file, which {@link Safetensors#readSealed} and Python's
 * {@code safetensors} read. Its notes name the epoch and the monitored value.
 */
public final class BestModel implements Callback.Stateful {
    private final Path file;
    private final Monitor monitor;
    private double best;

    private BestModel(Path file, Monitor monitor) {
        this.file = file;
        this.monitor = monitor;
        this.best = monitor.worst();
    }

    /**
     * Keeps the weights in this file, judged by this monitor. The folder must exist. An unrelated file of this name is
     * not replaced.
     */
    public static BestModel in(Path file, Monitor monitor) {
        return new BestModel(file, monitor);
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        best = monitor.worst();
        OwnFile.require(file, "best model", Safetensors::isSealed);
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        double value = monitor.of(event.result());
        if (!monitor.isBetter(value, best, 0)) {
            return;
        }
        best = value;
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("epoch", Integer.toString(event.result().epoch()));
        notes.put(monitor.toString(), Double.toString(value));
        try {
            Safetensors.write(file, training.parameters(), notes);
        } catch (IOException e) {
            throw new UncheckedIOException("The best model cannot be written to " + file + ".", e);
        }
    }

    @Override
    public String stateName() {
        return "best-model";
    }

    @Override
    public Callback.Stateful.State state() {
        return Callback.Stateful.State.of(Map.of("best", List.of(best)));
    }

    @Override
    public void restore(Callback.Stateful.State state) {
        best = state.number("best");
    }
}
