package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The host's copy of the state that training changes, in one array. It holds all parameters in the order of the
 * architecture, then the optimizer's slots, each with the layout of the parameters.
 */
final class ModelState {
    private final List<Parameter> parameters;
    private final List<String> slots;
    private final int size;
    private final FloatArray array;

    ModelState(Architecture architecture, Optimizer optimizer) {
        this.parameters = architecture.parameters();
        this.slots = optimizer.slots();
        long all = architecture.parameterCount() * (1 + slots.size());
        if (all > 1 << 30) {
            throw new BackendException("The model and its optimizer have " + all
                    + " values, more than the 2^30 that a device kernel can number; make its layers smaller.");
        }
        this.size = (int) architecture.parameterCount();
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
        int offset = 0;
        for (Parameter parameter : parameters) {
            for (int i = 0; i < parameter.shape().size(); i++) {
                weights.set(offset++, parameter.isWeights() ? 1f : 0f);
            }
        }
        return weights;
    }

    SequencedMap<String, Tensor> parameters() {
        return read(0, Parameter::name);
    }

    SequencedMap<String, Tensor> slots() {
        SequencedMap<String, Tensor> all = new LinkedHashMap<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            String name = slots.get(slot);
            all.putAll(read((slot + 1) * size, parameter -> parameter.slotName(name)));
        }
        return all;
    }

    void setParameters(Map<String, Tensor> values) {
        write(0, values, Parameter::name);
    }

    void setSlots(Map<String, Tensor> values) {
        for (int slot = 0; slot < slots.size(); slot++) {
            String name = slots.get(slot);
            write((slot + 1) * size, values, parameter -> parameter.slotName(name));
        }
    }

    private SequencedMap<String, Tensor> read(int first, Function<Parameter, String> naming) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        int offset = first;
        for (Parameter parameter : parameters) {
            Tensor tensor = Tensor.zeros(parameter.shape());
            for (int i = 0; i < tensor.size(); i++) {
                tensor.array()[i] = array.get(offset++);
            }
            tensors.put(naming.apply(parameter), tensor);
        }
        return tensors;
    }

    private void write(int first, Map<String, Tensor> values, Function<Parameter, String> naming) {
        int offset = first;
        for (Parameter parameter : parameters) {
            Tensor tensor = values.get(naming.apply(parameter));
            if (tensor == null) {
                throw new IllegalArgumentException("There is no tensor '" + naming.apply(parameter) + "'.");
            }
            for (int i = 0; i < tensor.size(); i++) {
                array.set(offset++, tensor.array()[i]);
            }
        }
    }
}
