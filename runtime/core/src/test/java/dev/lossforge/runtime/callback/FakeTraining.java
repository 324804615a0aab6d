package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A training of a model with the single weight {@code w}, without any steps. */
final class FakeTraining implements TrainingControl {
    final List<History.Epoch> epochs = new ArrayList<>();
    float weight;
    boolean stopped;
    private double learningRate = 0.1;
    private TrainingControl.Position position = new TrainingControl.Position(0, 1, 0);

    void at(int epoch, int step) {
        position = new TrainingControl.Position(0, epoch, step);
    }

    @Override
    public History history() {
        return new History(epochs);
    }

    @Override
    public TrainingControl.Position position() {
        return position;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void interrupt() {
        throw new UnsupportedOperationException("no callback interrupts");
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return new LinkedHashMap<>(Map.of("w", Tensor.scalar(weight)));
    }

    @Override
    public void loadParameters(Map<String, Tensor> parameters) {
        weight = parameters.getOrDefault("w", Tensor.scalar(Float.NaN)).item();
    }

    @Override
    public double gradientNorm() {
        return Double.NaN;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void setLearningRate(double learningRate) {
        this.learningRate = learningRate;
    }
}
