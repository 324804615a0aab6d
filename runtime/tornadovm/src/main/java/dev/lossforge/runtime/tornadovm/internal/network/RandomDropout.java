package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.CounterRandom;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Dropout in training. The seed, the step and the position in the batch determine which values are dropped, as on the
 * CPU. The backward pass computes this again.
 *
 * @param seed different for every layer of a model
 * @param draw the key of the step, and the smallest 53-bit number whose value is kept
 */
record RandomDropout(
        String name, Activations input, Activations output, double rate, long seed, LongArray draw, IntArray batch)
        implements DeviceLayer {

    static RandomDropout of(
            String name, Activations input, Activations output, double rate, long seed, IntArray batch) {
        LongArray draw = LongArray.fromElements(0, (long) Math.ceil(rate * 0x1.0p53));
        return new RandomDropout(name, input, output, rate, seed, draw, batch);
    }

    /** Sets the number of updates before the next step. */
    void begin(long step) {
        draw.set(0, CounterRandom.mix(seed + CounterRandom.mix(step)));
    }

    private float kept() {
        return (float) (1 / (1 - rate));
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.changing(draw);
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task, DropoutKernels::apply, c, input.values(), output.values(), draw, kept(), size(), batch));
    }

    private int size() {
        return output.size();
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    input.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            DropoutKernels::apply,
                            c,
                            output.gradients(),
                            input.gradients(),
                            draw,
                            kept(),
                            size(),
                            batch));
        }
    }
}
