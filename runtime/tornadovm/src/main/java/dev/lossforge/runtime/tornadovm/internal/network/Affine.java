package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A convolution or a dense layer, with the ReLU and the pooling that follow it.
 *
 * @param pool the edge of the pooling windows; 1 means no pooling
 * @param outputGradients the gradients of all outputs, including those that pooling discards
 * @param winners the position of the largest output in each window
 */
record Affine(
        String name,
        AffineShape shape,
        int pool,
        Activations input,
        Activations output,
        FloatArray outputGradients,
        IntArray winners,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block block,
        Capacity capacity)
        implements DeviceLayer {

    /** The sizes that every layer of a network is built for. */
    record Capacity(int samples, int largestGroup, IntArray batch) {}

    @Override
    public boolean isTrained() {
        return block.count() > 0;
    }

    private Products products() {
        return new Products(name, capacity);
    }

    @Override
    public void forward(Tasks tasks) {
        Products products = products();
        ProductShape product =
                ProductShape.forward(shape, pool, capacity.samples(), products.tileOfOutputs(shape, pool));
        products.add(
                tasks, "forward", product, input.values(), parameters, parameters, output.values(), winners, pool > 1);
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        Products products = products();
        if (pool > 1) {
            addPoolGradient(tasks);
        }
        if (isTrained()) {
            products.addParameterGradient(
                    tasks, "parameter_gradient", shape, input.values(), outputGradients, parts, block);
        }
        if (inputGradients) {
            ProductShape product = ProductShape.inputGradient(
                    shape, input.rectified(), capacity.samples(), products.tileOfInputs(shape));
            products.add(
                    tasks, "input_gradient", product, outputGradients, parameters, input.values(), input.gradients());
        }
    }

    private void addPoolGradient(Tasks tasks) {
        IntArray sizes = WindowSizes.array(WindowSizes.pooling(shape, pool));
        Pooling.addGradient(tasks, name, output.gradients(), winners, outputGradients, sizes, capacity.batch());
    }
}
