package dev.lossforge.runtime.cpu.internal.layer;

import java.util.List;

/** A value that several operations read. The backward pass adds up the gradients of all its branches. */
record Fork(Activations trunk, List<Activations> branches) implements Operation {

    @Override
    public void reserve(int samples) {
        branches.forEach(branch -> branch.reserve(samples));
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        // The branches have the values of the trunk.
    }

    @Override
    public void backward(int worker, int from, int to) {
        float[] sums = trunk.gradients();
        int first = from * trunk.stride();
        int end = to * trunk.stride();
        System.arraycopy(branches.getFirst().gradients(), first, sums, first, end - first);
        for (Activations branch : branches.subList(1, branches.size())) {
            float[] gradients = branch.gradients();
            for (int i = first; i < end; i++) {
                sums[i] += gradients[i];
            }
        }
    }
}
