package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.cpu.internal.layer.BackwardProgress;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.layer.Pass;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import dev.lossforge.runtime.data.Batch;

/**
 * Runs batches forward and backward through a network. Each worker runs its share of the samples through all layers,
 * unless a layer needs all samples at once.
 */
final class TeamPasses {
    private static final Pass INFERENCE = new Pass(false, 0);

    private final Network network;
    private final WorkerTeam team;
    private final ParameterStore parameters;
    private final Penalties penalties;

    TeamPasses(Network network, WorkerTeam team, ParameterStore parameters, Penalties penalties) {
        this.network = network;
        this.team = team;
        this.parameters = parameters;
        this.penalties = penalties;
    }

    private Range rangeOf(int worker, int samples) {
        return Range.share(samples, worker, team.size());
    }

    /** Computes the outputs for inference. */
    void infer(Batch batch) {
        team.run(worker -> forward(worker, batch, INFERENCE));
    }

    /** As {@link #infer}, and also computes the losses that are sums over samples. */
    void evaluate(Batch batch, Objective objective) {
        team.run(worker -> {
            forward(worker, batch, INFERENCE);
            objective.run(worker, rangeOf(worker, batch.size()));
        });
        objective.runOverBatch();
    }

    private void forward(int worker, Batch batch, Pass pass) {
        Range samples = rangeOf(worker, batch.size());
        network.load(batch.namedInputs(), samples.from(), samples.to());
        network.forward(worker, samples.from(), samples.to(), pass);
    }

    /** Computes the outputs for training. */
    void forward(Batch batch, Pass pass) {
        team.run(worker -> {
            Range samples = rangeOf(worker, batch.size());
            network.load(batch.namedInputs(), samples.from(), samples.to());
            network.forward(0, worker, samples.from(), samples.to(), pass);
        });
        for (int stage = 1; stage < network.stages(); stage++) {
            int current = stage;
            network.meetForward(stage, batch.size());
            team.run(worker -> {
                Range samples = rangeOf(worker, batch.size());
                network.forward(current, worker, samples.from(), samples.to(), pass);
            });
        }
    }

    /** Computes the gradients of the parameters, including penalties, from the gradients of the outputs. */
    void backward(int samples) {
        team.run(worker -> beginBackward(worker, samples, BackwardProgress.NONE));
        finishBackward(samples, BackwardProgress.NONE);
    }

    /** Forward, loss and backward. */
    void train(Batch batch, Pass pass, Objective objective) {
        train(batch, pass, objective, BackwardProgress.NONE);
    }

    /** The same, with someone who follows the backward pass. */
    void train(Batch batch, Pass pass, Objective objective, BackwardProgress progress) {
        int samples = batch.size();
        boolean forwardFirst = objective.hasBatchTerms() || network.stages() > 1;
        if (forwardFirst) {
            forward(batch, pass);
            objective.runOverBatch();
        }
        team.run(worker -> {
            if (!forwardFirst) {
                forward(worker, batch, pass);
            }
            objective.run(worker, rangeOf(worker, samples));
            beginBackward(worker, samples, progress);
        });
        finishBackward(samples, progress);
    }

    private void beginBackward(int worker, int samples, BackwardProgress progress) {
        parameters.gradients().clear(worker);
        backward(network.stages() - 1, worker, samples, progress);
    }

    private void finishBackward(int samples, BackwardProgress progress) {
        for (int stage = network.stages() - 1; stage > 0; stage--) {
            int before = stage - 1;
            network.meetBackward(stage, samples);
            team.run(worker -> backward(before, worker, samples, progress));
        }
    }

    private void backward(int stage, int worker, int samples, BackwardProgress progress) {
        Range range = rangeOf(worker, samples);
        network.backward(stage, worker, range.from(), range.to(), progress);
        if (stage == 0) {
            penalties.addGradients(parameters, worker, team.size());
        }
    }
}
