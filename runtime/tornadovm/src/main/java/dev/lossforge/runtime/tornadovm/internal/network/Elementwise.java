package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A smooth or leaky function of each value; see {@link Activation}. */
record Elementwise(String name, int function, Activations input, Activations output, IntArray batch)
        implements DeviceLayer {

    static Elementwise of(String name, Activation activation, Activations input, Activations output, IntArray batch) {
        return new Elementwise(name, function(activation), input, output, batch);
    }

    private static int function(Activation activation) {
        return switch (activation) {
            case TANH -> ElementwiseKernels.TANH;
            case SIGMOID -> ElementwiseKernels.SIGMOID;
            case GELU -> ElementwiseKernels.GELU;
            case LEAKY_RELU -> ElementwiseKernels.LEAKY_RELU;
            case SOFTPLUS -> ElementwiseKernels.SOFTPLUS;
            case LINEAR, RELU, SOFTMAX -> throw new IllegalStateException(activation + " is computed by another layer");
        };
    }

    @Override
    public void forward(Tasks tasks) {
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        ElementwiseKernels::forward,
                        c,
                        input.values(),
                        output.values(),
                        function,
                        output.size(),
                        batch));
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (inputGradients) {
            tasks.overItems(
                    name + ".input_gradient",
                    input.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            ElementwiseKernels::backward,
                            c,
                            input.values(),
                            output.values(),
                            output.gradients(),
                            input.gradients(),
                            function,
                            output.size(),
                            batch));
            if (input.rectified()) {
                Rectifier.gate(tasks, name, input, batch);
            }
        }
    }
}
