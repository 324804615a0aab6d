package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
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

    /** The number of work-groups that compute one gradient of the parameters. */
    static int groupsOfGradient(AffineShape shape, int largestGroup) {
        return ProductShape.Tile.ofParameters(shape, largestGroup)
                .tiles(ProductShape.parameterRows(shape), shape.filters());
    }

    @Override
    public boolean isTrained() {
        return block.count() > 0;
    }

    @Override
    public void forward(Tasks tasks) {
        Window window = shape.window();
        ProductShape.Tile tile =
                tile(window.outputHeight() / pool * pool * (window.outputWidth() / pool * pool), shape.filters());
        ProductShape product = ProductShape.forward(shape, pool, capacity.samples(), tile);
        add(tasks, "forward", product, input.values(), parameters, parameters, output.values(), pool > 1);
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (pool > 1) {
            addPoolGradient(tasks);
        }
        if (isTrained()) {
            ProductShape.Tile tile = ProductShape.Tile.ofParameters(shape, capacity.largestGroup());
            ProductShape product = ProductShape.parameterGradient(shape, block, capacity.samples(), tile);
            add(tasks, "parameter_gradient", product, input.values(), outputGradients, outputGradients, parts, false);
        }
        if (inputGradients) {
            Window window = shape.window();
            ProductShape.Tile tile = tile(window.inputHeight() * window.inputWidth(), window.channels());
            ProductShape product = ProductShape.inputGradient(shape, input.rectified(), capacity.samples(), tile);
            add(
                    tasks,
                    "input_gradient",
                    product,
                    outputGradients,
                    parameters,
                    input.values(),
                    input.gradients(),
                    false);
        }
    }

    private ProductShape.Tile tile(int pixels, int columns) {
        return ProductShape.Tile.ofPixels(capacity.samples(), pixels, columns, capacity.largestGroup());
    }

    private void addPoolGradient(Tasks tasks) {
        IntArray sizes = WindowSizes.array(WindowSizes.pooling(shape, pool));
        Pooling.addGradient(tasks, name, output.gradients(), winners, outputGradients, sizes, capacity.batch());
    }

    private void add(
            Tasks tasks,
            String what,
            ProductShape product,
            FloatArray left,
            FloatArray right,
            FloatArray gate,
            FloatArray result,
            boolean pooled) {
        tasks.constant(product.numbers());
        tasks.inGroups(
                name + "." + what,
                product.groups(),
                product.tile().items(),
                (graph, task, c) -> graph.task(
                        task,
                        ProductKernel::multiply,
                        c,
                        left,
                        right,
                        gate,
                        result,
                        winners,
                        product.numbers(),
                        capacity.batch(),
                        product.leftAlongRows() ? 1 : 0,
                        product.rightAlongTerms() ? 1 : 0,
                        product.tile().rows(),
                        product.tile().columns(),
                        pooled ? 1 : 0));
    }
}
