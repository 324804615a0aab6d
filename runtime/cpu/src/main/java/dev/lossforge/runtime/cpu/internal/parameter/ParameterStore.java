package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters of a model, their gradients and the optimizer's slots, all with one layout. Padding between the values
 * is zero and stays zero.
 */
public final class ParameterStore {
    private final ParameterLayout layout;
    private final ParameterLayout trained;
    private final float[] values;
    private final Gradients gradients;
    private final List<float[]> slots;
    private final Update update;
    private final Set<Parameter> frozen;
    private final Map<Parameter, Rule> rules = new HashMap<>();

    /**
     * The update rule of a parameter that differs from that of layers.
     *
     * @param rate its learning rate, as a multiple of that of layers
     * @param min the smallest value after an update
     * @param max the largest value after an update
     */
    public record Rule(double rate, float min, float max) {}

    /** @param frozen the parameters that {@link #update} does not change and that get no gradients */
    public ParameterStore(ParameterLayout layout, Optimizer optimizer, Set<Parameter> frozen, int workers) {
        this.layout = layout;
        this.trained = layout.trained();
        this.frozen = Set.copyOf(frozen);
        this.values = new float[layout.size()];
        this.gradients = new Gradients(workers, layout.size());
        this.slots = Stream.generate(() -> new float[layout.size()])
                .limit(optimizer.slots().size())
                .toList();
        this.update = Update.of(optimizer);
    }

    /** Gives a parameter its own rule. */
    public void rule(Parameter parameter, Rule rule) {
        rules.put(parameter, rule);
    }

    public ParameterLayout layout() {
        return layout;
    }

    /** Whether a block must not change. */
    public boolean isFrozen(ParameterBlock block) {
        return !block.parameter().isTrained() || frozen.contains(block.parameter());
    }

    public float[] values() {
        return values;
    }

    public Gradients gradients() {
        return gradients;
    }

    /** The optimizer's values, in the order of {@link Optimizer#slots}. */
    public List<float[]> slots() {
        return slots;
    }

    /** Copies of the optimizer's values, by parameter and slot, as in {@code dense.bias/firstMoment}. */
    public Map<String, Tensor> readSlots(List<String> names) {
        Map<String, Tensor> read = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String slot = "/" + names.get(i);
            read.putAll(trained.read(slots.get(i), parameter -> parameter + slot));
        }
        return read;
    }

    /** Replaces the optimizer's values by copies of these. */
    public void writeSlots(List<String> names, Map<String, Tensor> written) {
        for (int i = 0; i < names.size(); i++) {
            String slot = "/" + names.get(i);
            trained.write(written, parameter -> parameter + slot, slots.get(i));
        }
    }

    /** Updates the elements {@code from} to {@code to - 1} by the summed gradients; {@code step} counts from 1. */
    public void update(int from, int to, double learningRate, long step) {
        for (ParameterBlock block : layout.blocks()) {
            int first = Math.max(from, block.offset());
            int end = Math.min(to, block.offset() + block.size());
            if (first < end && !isFrozen(block)) {
                boolean weights = block.parameter().isWeights();
                Rule rule = rules.isEmpty() ? null : rules.get(block.parameter());
                double rate = rule == null ? learningRate : learningRate * rule.rate();
                update.apply(values, gradients.total(), slots, first, end, rate, step, weights);
                if (rule != null) {
                    keepWithin(rule, first, Math.min(end, block.offset() + block.columns()));
                }
            }
        }
    }

    private void keepWithin(Rule rule, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = Math.clamp(values[i], rule.min(), rule.max());
        }
    }
}
