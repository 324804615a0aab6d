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

    /** The operations, split at the meetings. */
    private final List<List<Operation>> stages = new ArrayList<>();

    /** By stage: the position of its first operation. */
    private final List<Integer> starts = new ArrayList<>();

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
                addStage(first, i + 1);
                meetings.add(meeting);
                first = i + 1;
            }
        }
        addStage(first, operations.size());
    }

    private void addStage(int from, int to) {
        stages.add(operations.subList(from, to));
        starts.add(from);
    }

    /**
     * The results of {@link #forward} by name; their rows have no gaps. {@link #backward} starts from their gradients.
     */
    public SequencedMap<String, Activations> outputs() {
        return outputs;
    }

    /** The only output, or the first. */
    public Activations output() {
        return outputs.firstEntry().getValue();
    }

    /** The operations in the order of the forward pass. */
    public List<Operation> operations() {
        return operations;
    }

    /** Reserves room for batches of this size. */
    public void reserve(int samples) {
        inputs.values().forEach(input -> input.reserve(samples));
        operations.forEach(operation -> operation.reserve(samples));
    }

    /** Does a worker's share of the work that follows a change of the parameters. */
    public void refresh(int worker, int workers) {
        operations.forEach(operation -> operation.refresh(worker, workers));
    }

    /**
     * Copies the rows {@code from} to {@code to - 1} of a batch to the inputs; the name of a single input does not
     * matter.
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
     * Copies rows of a batch, starting with {@code firstRow}, to the single input of the samples from {@code from} on.
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

    /** The number of parts into which meetings divide the operations; 1 without meetings. */
    public int stages() {
        return stages.size();
    }

    /** Runs the meeting between the forward passes of the previous stage and this one. */
    public void meetForward(int stage, int samples) {
        meetings.get(stage - 1).forward(samples);
    }

    /** Runs the meeting between the backward passes of this stage and the previous one. */
    public void meetBackward(int stage, int samples) {
        meetings.get(stage - 1).backward(samples);
    }

    /** Called after a training step has changed the parameters. */
    public void settle() {
        meetings.forEach(Meeting::settle);
    }

    /**
     * Computes the outputs of the samples {@code from} to {@code to - 1} through all stages at once. In training, this
     * requires that there is only one stage.
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

    /** Propagates the gradients of these samples' outputs back, and adds to the worker's parameter gradients. */
    public void backward(int worker, int from, int to) {
        for (int stage = stages.size() - 1; stage >= 0; stage--) {
            backward(stage, worker, from, to);
        }
    }

    /** As {@link #backward(int, int, int)}, one stage. */
    public void backward(int stage, int worker, int from, int to) {
        backward(stage, worker, from, to, BackwardProgress.NONE);
    }

    /** The same, with someone who follows it. */
    public void backward(int stage, int worker, int from, int to, BackwardProgress progress) {
        List<Operation> own = stages.get(stage);
        for (int i = own.size() - 1; i >= 0; i--) {
            own.get(i).backward(worker, from, to);
            progress.passed(starts.get(stage) + i);
        }
    }
}
