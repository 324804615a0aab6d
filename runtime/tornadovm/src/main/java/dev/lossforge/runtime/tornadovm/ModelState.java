package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The host's copy of the state that training changes, in one array. It holds the parameters of all layers in the order
 * of the architecture, then the losses' hyperparameters, then the optimizer's slots, each with the layout of all
 * parameters. The slots of a parameter that no optimizer changes are unused.
 */
final class ModelState {
    private final List<Parameter> parameters;
    private final List<String> slots;
    private final int size;
    private final FloatArray array;

    ModelState(Architecture architecture, CompileSpec spec) {
        this.parameters = spec.parameters(architecture);
        this.slots = spec.optimizer().slots();
        long count = parameters.stream()
                .mapToLong(parameter -> parameter.shape().size())
                .sum();
        long all = count * (1 + slots.size());
        if (all > 1 << 30) {
            throw new BackendException("The model and its optimizer have " + all
                    + " values, more than the 2^30 that a device kernel can number; make its layers smaller.");
        }
        this.size = (int) count;
        this.array = new FloatArray(Math.max(1, (int) all));
        array.init(0f);
    }

    /** The number of parameters. */
    int size() {
        return size;
    }

    FloatArray array() {
        return array;
    }

    /** 1 for each parameter that penalties and weight decay act on, and 0 for the others. */
    FloatArray weights() {
        FloatArray weights = new FloatArray(Math.max(1, size));
        forEach(0, parameter -> true, (parameter, first) -> {
            for (int i = 0; i < parameter.shape().size(); i++) {
                weights.set(first + i, parameter.isWeights() ? 1f : 0f);
            }
        });
        return weights;
    }

    SequencedMap<String, Tensor> parameters() {
        return read(0, Parameter::name, parameter -> true);
    }

    SequencedMap<String, Tensor> slots() {
        SequencedMap<String, Tensor> all = new LinkedHashMap<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            String name = slots.get(slot);
            all.putAll(read(slot + 1, parameter -> parameter.slotName(name), Parameter::isTrained));
        }
        return all;
    }

    void setParameters(Map<String, Tensor> values) {
        write(0, values, Parameter::name, parameter -> true);
    }

    void setSlots(Map<String, Tensor> values) {
        for (int slot = 0; slot < slots.size(); slot++) {
            String name = slots.get(slot);
            write(slot + 1, values, parameter -> parameter.slotName(name), Parameter::isTrained);
        }
    }

    /** Does something with a parameter and the position of its first value in the array. */
    @FunctionalInterface
    private interface Visitor {
        void visit(Parameter parameter, int first);
    }

    /** @param slot 0 for the parameters themselves, then the optimizer's slots */
    private void forEach(int slot, Predicate<Parameter> chosen, Visitor visitor) {
        int first = slot * size;
        for (Parameter parameter : parameters) {
            if (chosen.test(parameter)) {
                visitor.visit(parameter, first);
            }
            first += parameter.shape().size();
        }
    }

    private SequencedMap<String, Tensor> read(
            int slot, Function<Parameter, String> naming, Predicate<Parameter> chosen) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        forEach(slot, chosen, (parameter, first) -> {
            Tensor tensor = Tensor.zeros(parameter.shape());
            for (int i = 0; i < tensor.size(); i++) {
                tensor.array()[i] = array.get(first + i);
            }
            tensors.put(naming.apply(parameter), tensor);
        });
        return tensors;
    }

    private void write(
            int slot, Map<String, Tensor> values, Function<Parameter, String> naming, Predicate<Parameter> chosen) {
        forEach(slot, chosen, (parameter, first) -> {
            Tensor tensor = values.get(naming.apply(parameter));
            if (tensor == null) {
                throw new IllegalArgumentException("There is no tensor '" + naming.apply(parameter) + "'.");
            }
            for (int i = 0; i < tensor.size(); i++) {
                array.set(first + i, tensor.array()[i]);
            }
        });
    }
}
