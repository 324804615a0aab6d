package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
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

    /** The operations between the meetings. */
    private final List<List<Operation>> stages = new ArrayList<>();

    private final List<Meeting> meetings = new ArrayList<>();

    Network(
            SequencedMap<String, Activations> inputs,
            SequencedMap<String, Activations> outputs,
            List<Operation> operations) {
        this.inputs = new LinkedHashMap<>(inputs);
        this.outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        this.operations = List.copyOf(operations);
        findStages();
    }

    private void findStages() {
        int first = 0;
        for (int i = 0; i < operations.size(); i++) {
            Meeting meeting = operations.get(i).meeting();
            if (meeting != null) {
                stages.add(operations.subList(first, i + 1));
                meetings.add(meeting);
                first = i + 1;
            }
        }
        stages.add(operations.subList(first, operations.size()));
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

    /** Into how many parts meetings divide the operations; one without meetings. */
    public int stages() {
        return stages.size();
    }

    /** Between all workers' forward passes of the stage before and of this one. */
    public void meetForward(int stage, int samples) {
        meetings.get(stage - 1).forward(samples);
    }

    /** Between all workers' backward passes of this stage and of the one before. */
    public void meetBackward(int stage, int samples) {
        meetings.get(stage - 1).backward(samples);
    }

    /** After a training step has changed the parameters. */
    public void settle() {
        meetings.forEach(Meeting::settle);
    }

    /**
     * Makes the outputs of the samples {@code from} to {@code to - 1}: of all stages at once, which suits training only
     * if there is one.
     */
    public void forward(int worker, int from, int to, Pass pass) {
        for (Operation operation : operations) {
            operation.forward(worker, from, to, pass);
        }
    }

    /** As {@link #forward(int, int, int, Pass)}, one stage. */
    public void forward(int stage, int worker, int from, int to, Pass pass) {
        for (Operation operation : stages.get(stage)) {
            operation.forward(worker, from, to, pass);
        }
    }

    /** Adds to the worker's parameter gradients what the gradients of these samples' outputs cause. */
    public void backward(int worker, int from, int to) {
        for (int stage = stages.size() - 1; stage >= 0; stage--) {
            backward(stage, worker, from, to);
        }
    }

    /** As {@link #backward(int, int, int)}, one stage. */
    public void backward(int stage, int worker, int from, int to) {
        for (Operation operation : stages.get(stage).reversed()) {
            operation.backward(worker, from, to);
        }
    }
}
