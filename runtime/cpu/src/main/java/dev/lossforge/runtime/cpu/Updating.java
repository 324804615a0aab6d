package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.cpu.internal.parameter.Clip;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;

/** The end of a step: sums the workers' gradients and updates the parameters. Each worker does a slice. */
final class Updating {
    private final ParameterStore parameters;
    private final Clip clip;
    private final WorkerTeam team;
    private final boolean[] finite;

    Updating(ParameterStore parameters, Clip clip, WorkerTeam team) {
        this.parameters = parameters;
        this.clip = clip;
        this.team = team;
        this.finite = new boolean[team.size()];
    }

    /** Adds up the gradients of all workers; returns whether all sums are finite. */
    boolean sumGradients() {
        team.run(this::sumSlice);
        boolean all = true;
        for (int worker = 0; worker < team.size(); worker++) {
            all &= finite[worker];
        }
        return all;
    }

    private void sumSlice(int worker) {
        Range slice = slice(worker);
        parameters.gradients().sum(slice.from(), slice.to());
        finite[worker] = parameters.gradients().isFinite(slice.from(), slice.to());
    }

    /** Clips the summed gradients and updates the parameters; {@code step} counts from 1. */
    void apply(double learningRate, long step) {
        if (clip.needsNorms()) {
            measure();
        }
        team.run(worker -> updateSlice(worker, learningRate, step));
    }

    /** The norm of the summed gradients, before clipping by norms. */
    double norm() {
        if (!clip.needsNorms()) {
            measure();
        }
        return clip.norm();
    }

    private void measure() {
        clip.begin();
        team.run(this::measureSlice);
    }

    private void measureSlice(int worker) {
        Range slice = slice(worker);
        clip.measure(worker, parameters.gradients().total(), slice.from(), slice.to());
    }

    private void updateSlice(int worker, double learningRate, long step) {
        Range slice = slice(worker);
        clip.apply(parameters.gradients().total(), slice.from(), slice.to());
        parameters.update(slice.from(), slice.to(), learningRate, step);
    }

    private Range slice(int worker) {
        return Range.share(parameters.layout().size(), worker, team.size());
    }
}
