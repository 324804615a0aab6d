package dev.lossforge.runtime.cpu.internal.layer;

import java.util.List;

/** All operations of a model in order, with the activations before the first and after the last. */
public final class Network {
    private final Activations input;
    private final Activations output;
    private final List<Operation> operations;

    Network(Activations input, Activations output, List<Operation> operations) {
        this.input = input;
        this.output = output;
        this.operations = List.copyOf(operations);
    }

    /** What {@link #forward} ends with; its rows have no gaps. {@link #backward} starts from its gradients. */
    public Activations output() {
        return output;
    }

    /** In the order of the forward pass. */
    public List<Operation> operations() {
        return operations;
    }

    /** Makes room for batches of so many samples. */
    public void reserve(int samples) {
        input.reserve(samples);
        operations.forEach(operation -> operation.reserve(samples));
    }

    /** Does a worker's share of what must follow a change of the parameters. */
    public void refresh(int worker, int workers) {
        operations.forEach(operation -> operation.refresh(worker, workers));
    }

    /**
     * Copies rows of a batch, the first of which is {@code firstRow}, to the input of the samples from {@code from} on.
     */
    public void load(float[] rows, int firstRow, int from, int to) {
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
