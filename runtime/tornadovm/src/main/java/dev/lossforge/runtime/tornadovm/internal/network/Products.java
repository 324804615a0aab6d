package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of the matrix products of a layer. */
record Products(String name, Affine.Capacity capacity) {

    /** The number of work-groups that compute one gradient of the parameters. */
    static int groupsOfGradient(AffineShape shape, int largestGroup) {
        return ProductTile.ofParameters(shape, largestGroup).tiles(ProductShape.parameterRows(shape), shape.filters());
    }

    /** The tile of a product with a row for each pixel of a convolution's output. */
    ProductTile tileOfOutputs(AffineShape shape, int pool) {
        Window window = shape.window();
        return tile(window.outputHeight() / pool * pool * (window.outputWidth() / pool * pool), shape.filters());
    }

    /** The tile of a product with a row for each pixel of a convolution's input. */
    ProductTile tileOfInputs(AffineShape shape) {
        Window window = shape.window();
        return tile(window.inputHeight() * window.inputWidth(), window.channels());
    }

    private ProductTile tile(int pixels, int columns) {
        return ProductTile.ofPixels(capacity.samples(), pixels, columns, capacity.largestGroup());
    }

    /** Adds the task for a product that is neither gated nor pooled. */
    void add(Tasks tasks, String what, ProductShape product, FloatArray left, FloatArray right, FloatArray result) {
        add(tasks, what, product, left, right, right, result);
    }

    /** Adds the task for a product that is not pooled. */
    void add(
            Tasks tasks,
            String what,
            ProductShape product,
            FloatArray left,
            FloatArray right,
            FloatArray gate,
            FloatArray result) {
        add(tasks, what, product, left, right, gate, result, new IntArray(1), false);
    }

    /**
     * Adds the task for a product.
     *
     * @param winners for a pooled product, the position of each maximum among the products before pooling
     */
    void add(
            Tasks tasks,
            String what,
            ProductShape product,
            FloatArray left,
            FloatArray right,
            FloatArray gate,
            FloatArray result,
            IntArray winners,
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

    /** Adds the task for the gradients of the parameters of a convolution. */
    void addParameterGradient(
            Tasks tasks,
            String what,
            AffineShape shape,
            FloatArray inputs,
            FloatArray outputGradients,
            FloatArray parts,
            GradientParts.Block block) {
        ProductTile tile = ProductTile.ofParameters(shape, capacity.largestGroup());
        ProductShape product = ProductShape.parameterGradient(shape, block, capacity.samples(), tile);
        add(tasks, what, product, inputs, outputGradients, parts);
    }
}
