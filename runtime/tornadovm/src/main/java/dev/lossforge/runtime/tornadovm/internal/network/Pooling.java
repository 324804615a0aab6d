package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Max pooling. */
record Pooling(String name, Activations input, Activations output, IntArray winners, IntArray sizes, IntArray batch)
        implements DeviceLayer {

    static Pooling of(String name, Window window, Activations input, Activations output, IntArray batch) {
        AffineShape shape = new AffineShape(window, window.channels(), false, false, 0);
        IntArray winners = new IntArray(output.values().getSize());
        return new Pooling(name, input, output, winners, shape.toArray(new GradientParts.Block(0, 0, 0, 0)), batch);
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.constant(sizes);
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task, PoolingKernels::forward, c, input.values(), output.values(), winners, sizes, batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    input.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            PoolingKernels::backward,
                            c,
                            output.gradients(),
                            winners,
                            input.gradients(),
                            sizes,
                            batch));
        }
    }
}
