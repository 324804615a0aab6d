package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.layer.NetworkPlan;
import dev.lossforge.runtime.cpu.internal.layer.Pass;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterLayout;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Predicts with parameters that never change. Each call borrows a network with its activations from a pool. The pool
 * grows to the maximum number of concurrent calls.
 */
final class CpuPredictor implements Function<Batch, Outputs> {
    private static final Pass INFERENCE = new Pass(false, 0);

    private final Architecture architecture;
    private final SequencedMap<String, Shape> outputs;
    private final Kernels kernels;
    private final ParameterStore parameters;
    private final Queue<Network> idle = new ConcurrentLinkedQueue<>();

    CpuPredictor(Architecture architecture, Map<String, Tensor> values, Kernels kernels) {
        architecture.requireParameters(values);
        this.architecture = architecture;
        this.outputs = architecture.outputs();
        this.kernels = kernels;
        ParameterLayout layout = new ParameterLayout(architecture.parameters(), kernels.lanes());
        // Nothing is trained, so there are no optimizer slots and no gradients.
        this.parameters = new ParameterStore(layout, Sgd.of(1), Set.of(), 0);
        layout.write(values, UnaryOperator.identity(), parameters.values());
        idle.add(network());
    }

    private Network network() {
        Network network = NetworkPlan.plan(architecture, kernels, parameters, 0, 1);
        network.reserve(1);
        network.refresh(0, 1);
        return network;
    }

    @Override
    public Outputs apply(Batch batch) {
        Network network = idle.poll();
        if (network == null) {
            network = network();
        }
        network.reserve(batch.size());
        network.load(batch.namedInputs(), 0, batch.size());
        network.forward(0, 0, batch.size(), INFERENCE);
        Outputs result = copies(network, batch.size());
        idle.add(network);
        return result;
    }

    private Outputs copies(Network network, int samples) {
        SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
        network.outputs().forEach((name, place) -> {
            Shape shape = outputs.getOrDefault(name, Shape.scalar());
            copies.put(
                    name, Tensor.over(Arrays.copyOf(place.values(), samples * shape.size()), shape.batchOf(samples)));
        });
        return new Outputs(copies);
    }
}
