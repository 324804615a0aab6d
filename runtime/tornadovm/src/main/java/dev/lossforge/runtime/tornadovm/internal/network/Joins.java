package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Tasks of layers that join values. */
final class Joins {
    private Joins() {}

    /** @param size the number of values per sample */
    static void copy(Tasks tasks, String name, FloatArray from, FloatArray to, int size, IntArray batch) {
        tasks.overItems(
                name, to.getSize(), (graph, task, c) -> graph.task(task, JoinKernels::copy, c, from, to, size, batch));
    }
}
