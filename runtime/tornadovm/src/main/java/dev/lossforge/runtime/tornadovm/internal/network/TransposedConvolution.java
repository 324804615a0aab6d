package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A transposed convolution, with the ReLU that follows it. It multiplies as the convolution in the reverse direction
 * does: its outputs are that convolution's gradients of inputs, and the gradients of its inputs are that one's outputs.
 *
 * @param weights the parts of the gradients of the weights
 * @param biases the same for the biases; none in a layer without a bias
 */
record TransposedConvolution(
        String name,
        TransposedShape shape,
        Activations input,
        Activations output,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block weights,
        GradientParts.Block biases,
        Affine.Capacity capacity)
        implements DeviceLayer {

    @Override
    public boolean isTrained() {
        return weights.count() > 0;
    }

    @Override
    public void forward(Tasks tasks) {
        Products products = new Products(name, capacity);
        ProductShape product =
                ProductShape.transposed(shape, capacity.samples(), products.tileOfInputs(shape.reverse()));
        products.add(tasks, "forward", product, input.values(), parameters, output.values());
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        Products products = new Products(name, capacity);
        if (isTrained()) {
            products.addParameterGradient(
                    tasks, "parameter_gradient", shape.reverse(), output.gradients(), input.values(), parts, weights);
            if (shape.bias()) {
                addBiasGradient(tasks);
            }
        }
        if (inputGradients) {
            ProductShape product = ProductShape.transposedInputGradient(
                    shape, input.rectified(), capacity.samples(), products.tileOfOutputs(shape.reverse(), 1));
            products.add(
                    tasks,
                    "input_gradient",
                    product,
                    output.gradients(),
                    parameters,
                    input.values(),
                    input.gradients());
        }
    }

    private void addBiasGradient(Tasks tasks) {
        int filters = shape.filters();
        tasks.overItems(
                name + ".bias_gradient",
                (long) filters * biases.count(),
                (graph, task, c) -> graph.task(
                        task,
                        ColumnKernels::sums,
                        c,
                        output.gradients(),
                        parts,
                        biases.first(),
                        biases.count(),
                        output.size() / filters,
                        filters,
                        capacity.batch()));
    }
}
