package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A convolution or a dense layer, with the ReLU behind it. */
record Affine(
        String name,
        AffineShape shape,
        Activations input,
        Activations output,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block block,
        IntArray sizes,
        IntArray batch)
        implements DeviceLayer {

    /** Whether its parameters change; they have gradients only then. */
    boolean isTrained() {
        return block.count() > 0;
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.constant(sizes);
        tasks.overItems(
                name + ".forward",
                items(output, shape.filters()),
                (graph, task, c) -> graph.task(
                        task, AffineKernels::forward, c, input.values(), parameters, output.values(), sizes, batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (shape.relu()) {
            tasks.overItems(
                    name + ".relu_gradient",
                    output.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            RectifierKernels::backward,
                            c,
                            output.values(),
                            output.gradients(),
                            output.gradients(),
                            output.size(),
                            batch));
        }
        if (isTrained()) {
            tasks.overItems(
                    name + ".parameter_gradient",
                    (long) block.count() * shape.gradientItems(),
                    (graph, task, c) -> graph.task(
                            task, WeightKernels::gradient, c, input.values(), output.gradients(), parts, sizes, batch));
        }
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    items(input, shape.window().channels()),
                    (graph, task, c) -> graph.task(
                            task,
                            AffineKernels::inputGradient,
                            c,
                            output.gradients(),
                            parameters,
                            input.gradients(),
                            sizes,
                            batch));
        }
    }

    /** The work-items for all activations, of so many to a pixel. */
    private static long items(Activations activations, int perPixel) {
        int pixels = activations.values().getSize() / perPixel;
        return (long) Math.ceilDiv(pixels, AffineKernels.SUMS) * perPixel;
    }
}
