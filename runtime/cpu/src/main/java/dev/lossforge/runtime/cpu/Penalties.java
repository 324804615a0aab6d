package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.Penalty;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The penalties on the weights, computed on copies in the order given by the weights' shapes. */
final class Penalties {
    private final List<Penalty> penalties;
    private final List<Block> blocks = new ArrayList<>();

    /** One parameter that penalties act on, with memory for its copies. */
    private static final class Block {
        private final ParameterBlock place;
        private final Tensor weights;
        private final Tensor gradient;
        private double value;

        private Block(ParameterBlock place) {
            this.place = place;
            this.weights = Tensor.zeros(place.parameter().shape());
            this.gradient = Tensor.zeros(place.parameter().shape());
        }
    }

    Penalties(List<Penalty> penalties, ParameterStore parameters) {
        this.penalties = penalties;
        if (!penalties.isEmpty()) {
            for (ParameterBlock place : parameters.layout().blocks()) {
                if (place.parameter().isWeights()) {
                    blocks.add(new Block(place));
                }
            }
        }
    }

    /** Adds a worker's share of the gradients to its own array. */
    void addGradients(ParameterStore parameters, int worker, int workers) {
        float[] gradient = parameters.gradients().of(worker);
        for (int i = worker; i < blocks.size(); i += workers) {
            Block block = blocks.get(i);
            block.place.transposeTo(parameters.values(), block.weights.array());
            block.place.transposeTo(gradient, block.gradient.array());
            block.value = 0;
            for (Penalty penalty : penalties) {
                block.value += penalty.factor()
                        * penalty.regularizer().addGradient(block.weights, penalty.factor(), block.gradient);
            }
            if (!parameters.isFrozen(block.place)) {
                block.place.transposeFrom(block.gradient.array(), gradient);
            }
        }
    }

    /** The sum of all penalties, after {@link #addGradients} for all workers. */
    double lastValue() {
        double sum = 0;
        for (Block block : blocks) {
            sum += block.value;
        }
        return sum;
    }

    /** The sum of all penalties. */
    double value(ParameterStore parameters) {
        double sum = 0;
        for (Block block : blocks) {
            block.place.transposeTo(parameters.values(), block.weights.array());
            for (Penalty penalty : penalties) {
                sum += penalty.factor() * penalty.regularizer().value(block.weights);
            }
        }
        return sum;
    }
}
