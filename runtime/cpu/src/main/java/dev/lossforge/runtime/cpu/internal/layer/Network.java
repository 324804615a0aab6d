package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** All operations of a model in order, with the activations of its inputs and its outputs. */
public final class Network {
    private final SequencedMap<String, Activations> inputs;
    private final SequencedMap<String, Activations> outputs;
    private final List<Operation> operations;

    Network(
            SequencedMap<String, Activations> inputs,
            SequencedMap<String, Activations> outputs,
            List<Operation> operations) {
        this.inputs = new LinkedHashMap<>(inputs);
        this.outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        this.operations = List.copyOf(operations);
    }

    /**
     * What {@link #forward} ends with, by name; their rows have no gaps. {@link #backward} starts from their gradients.
     */
    public SequencedMap<String, Activations> outputs() {
        return outputs;
    }

    /** The only output, or the first. */
    public Activations output() {
        return outputs.firstEntry().getValue();
    }

    /** In the order of the forward pass. */
    public List<Operation> operations() {
        return operations;
    }

    /** Makes room for batches of so many samples. */
    public void reserve(int samples) {
        inputs.values().forEach(input -> input.reserve(samples));
        operations.forEach(operation -> operation.reserve(samples));
    }

    /** Does a worker's share of what must follow a change of the parameters. */
    public void refresh(int worker, int workers) {
        operations.forEach(operation -> operation.refresh(worker, workers));
    }

    /**
     * Copies the rows {@code from} to {@code to - 1} of a batch to the inputs; the name of an only one does not matter.
     */
    public void load(Map<String, Tensor> batch, int from, int to) {
        inputs.forEach((name, input) -> {
            Tensor rows = batch.size() == 1 ? batch.values().iterator().next() : batch.get(name);
            if (rows == null) {
                throw new IllegalArgumentException("There is no input '" + name + "'.");
            }
            load(rows.array(), from, from, to, input);
        });
    }

    /**
     * Copies rows of a batch, the first of which is {@code firstRow}, to the only input of the samples from
     * {@code from} on.
     */
    public void load(float[] rows, int firstRow, int from, int to) {
        load(rows, firstRow, from, to, inputs.firstEntry().getValue());
    }

    private static void load(float[] rows, int firstRow, int from, int to, Activations input) {
        for (int sample = from; sample < to; sample++) {
            int row = firstRow + sample - from;
            System.arraycopy(rows, row * input.size(), input.values(), sample * input.stride(), input.size());
        }
    }

    /** Makes the outputs of the samples {@code from} to {@code to - 1}. */
    public void forward(int worker, int from, int to, Pass pass) {
        for (Operation operation : operations) {
            operation.forward(worker, from, to, pass);
        }
    }

    /** Adds to the worker's parameter gradients what the gradients of these samples' outputs cause. */
    public void backward(int worker, int from, int to) {
        for (Operation operation : operations.reversed()) {
            operation.backward(worker, from, to);
        }
    }
}
