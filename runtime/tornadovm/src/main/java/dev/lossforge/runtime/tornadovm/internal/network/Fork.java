package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A value that several layers read. The backward pass adds up the gradients of all branches. */
record Fork(String name, Activations trunk, List<Activations> branches, IntArray batch) implements DeviceLayer {

    @Override
    public void forward(Tasks tasks) {
        // The branches have the values of the trunk.
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            for (int i = 1; i < branches.size(); i++) {
                Activations before = i == 1 ? branches.getFirst() : trunk;
                Activations branch = branches.get(i);
                tasks.overItems(
                        name + ".fork_gradient",
                        trunk.values().getSize(),
                        (graph, task, c) -> graph.task(
                                task,
                                JoinKernels::add,
                                c,
                                before.gradients(),
                                branch.gradients(),
                                trunk.gradients(),
                                trunk.size(),
                                batch));
            }
        }
    }
}
