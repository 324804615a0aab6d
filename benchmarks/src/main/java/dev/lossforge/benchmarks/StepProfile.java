package dev.lossforge.benchmarks;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.cpu.internal.kernel.KernelSelection;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.layer.NetworkPlan;
import dev.lossforge.runtime.cpu.internal.layer.Operation;
import dev.lossforge.runtime.cpu.internal.layer.Pass;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterLayout;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.cpu.internal.work.WorkerTeam;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.optimizer.Adam;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Where a training step of the MNIST network spends its time: every layer forward, backward to its weights and backward
 * to its input, and what follows the layers, beside what the machine can do.
 *
 * <p>Each part runs alone, on all threads, many times, and its fastest call counts; the loss is not part of it. What
 * goes back to a layer's input is measured on a copy of the network in which all layers but the first are frozen, and
 * what goes to its weights is the rest. Rates are those of {@link LayerWork}: a layer that computes less than its
 * definition asks for can have more than the peak.
 */
public final class StepProfile {
    private final WorkerTeam team;
    private final int batchSize;
    private final Architecture architecture = DigitSteps.network();
    private final Step step;
    private final Step frozen;

    private StepProfile(WorkerTeam team, int batchSize) {
        this.team = team;
        this.batchSize = batchSize;
        Set<Parameter> behindTheFirst = new HashSet<>(architecture.parameters());
        architecture.nodes().getFirst().parameters().forEach(behindTheFirst::remove);
        this.step = new Step(Set.of());
        this.frozen = new Step(behindTheFirst);
    }

    /** A network with a batch in it that has been through it once. */
    private final class Step {
        private final ParameterStore store;
        private final Network network;

        Step(Set<Parameter> frozenParameters) {
            Kernels kernels = KernelSelection.fastest();
            ParameterLayout layout = new ParameterLayout(architecture.parameters(), kernels.lanes());
            store = new ParameterStore(layout, Adam.of(), frozenParameters, team.size());
            layout.write(architecture.initialParameters(1), UnaryOperator.identity(), store.values());
            network = NetworkPlan.plan(architecture, kernels, store, 0, team.size());
            network.reserve(batchSize);
            Batch batch = DigitSteps.batches(1, batchSize).getFirst();
            SplittableRandom random = new SplittableRandom(1);
            float[] gradients = network.output().gradients();
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = (float) random.nextDouble(-1, 1) / batchSize;
            }
            team.run(worker -> network.refresh(worker, team.size()));
            team.run(worker -> {
                Range samples = samples(worker);
                network.load(batch.inputs().array(), samples.from(), samples.from(), samples.to());
                pass(worker);
            });
        }

        void pass(int worker) {
            Range samples = samples(worker);
            store.gradients().clear(worker);
            network.forward(worker, samples.from(), samples.to(), new Pass(true, 0));
            network.backward(worker, samples.from(), samples.to());
        }

        long forward(int layer) {
            Operation operation = network.operations().get(layer);
            return time(worker -> {
                Range samples = samples(worker);
                operation.forward(worker, samples.from(), samples.to(), new Pass(true, 0));
            });
        }

        long backward(int layer) {
            Operation operation = network.operations().get(layer);
            return time(worker -> {
                Range samples = samples(worker);
                operation.backward(worker, samples.from(), samples.to());
            });
        }

        long refresh() {
            return time(worker -> network.refresh(worker, team.size()));
        }

        long clear() {
            return time(worker -> store.gradients().clear(worker));
        }

        long update() {
            int size = store.layout().size();
            return time(worker -> {
                Range slice = Range.share(size, worker, team.size());
                store.gradients().sum(slice.from(), slice.to());
                if (!store.gradients().isFinite(slice.from(), slice.to())) {
                    throw new IllegalStateException("The gradients are not finite.");
                }
                store.update(slice.from(), slice.to(), 1e-9, 1_000);
            });
        }
    }

    private Range samples(int worker) {
        return Range.share(batchSize, worker, team.size());
    }

    private long time(WorkerTeam.Task task) {
        return Timing.fastest(() -> team.run(task));
    }

    /** Vector code is slow until it is compiled, which takes some seconds. */
    private void warmUp() {
        for (int i = 0; i < 5; i++) {
            time(step::pass);
            time(frozen::pass);
        }
    }

    private void print(double peak) {
        warmUp();
        ProfileTable table = new ProfileTable(batchSize, peak);
        List<LayerWork> layers = LayerWork.of(architecture.nodes());
        for (int layer = 0; layer < layers.size(); layer++) {
            LayerWork work = layers.get(layer);
            table.addOperations(work.name() + " forward", step.forward(layer), batchSize * work.forward());
            long backward = step.backward(layer);
            long inputs = layer == 0 ? 0 : Math.min(backward, frozen.backward(layer));
            table.addOperations(work.name() + " weights", backward - inputs, batchSize * work.backward());
            if (layer > 0) {
                table.addOperations(work.name() + " inputs", inputs, batchSize * work.backward());
            }
        }
        double bytes = (double) Float.BYTES * step.store.layout().size();
        table.addBytes("gradients cleared", step.clear(), team.size() * bytes);
        table.addBytes("gradients summed, Adam", step.update(), (team.size() + 7) * bytes);
        table.addBytes("weights packed", step.refresh(), 2 * bytes);
        table.print();
    }

    public static void main(String[] arguments) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (WorkerTeam team = new WorkerTeam(threads)) {
            double peak = MachineLimits.peak(team);
            System.out.printf(
                    "%d threads, %.0f GFLOP/s in registers, %.1f GB/s in a triad%n",
                    threads, peak, MachineLimits.triad(team));
            for (int batchSize : new int[] {32, 128}) {
                new StepProfile(team, batchSize).print(peak);
            }
        }
    }
}
