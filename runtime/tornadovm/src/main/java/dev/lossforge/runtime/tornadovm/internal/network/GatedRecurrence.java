package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The states of a gated recurrent unit. Its input holds the products of the layer's inputs and weights plus the bias,
 * three per step and unit.
 *
 * @param steps the number of steps
 * @param states all states; the values of the output, unless that is the last state only
 * @param memory what the backward pass needs
 * @param block the parts of the gradients of the recurrent weights and biases
 */
record GatedRecurrence(
        String name,
        Activations input,
        Activations output,
        int steps,
        FloatArray states,
        Memory memory,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block block,
        Affine.Capacity capacity)
        implements DeviceLayer {
    private static final int GATES = 3;
    private static final int LARGEST_GROUP = 256;

    /**
     * What a recurrence keeps in the device's memory.
     *
     * @param kept the gates of each step, in the layout of {@link RecurrenceKernels}
     * @param carried the gradients that go from step to step
     * @param gateGradients the gradients of the recurrent products
     */
    record Memory(FloatArray kept, FloatArray carried, FloatArray gateGradients) {}

    static GatedRecurrence of(
            String name,
            Activations input,
            Activations output,
            int units,
            FloatArray parameters,
            FloatArray parts,
            GradientParts.Block block,
            Affine.Capacity capacity,
            boolean training) {
        int steps = input.size() / (GATES * units);
        boolean lastOnly = output.size() < steps * units;
        int samples = capacity.samples();
        Memory memory = new Memory(
                Activations.array(samples, RecurrenceKernels.KEPT * steps * units),
                training ? Activations.array(samples, units) : new FloatArray(1),
                training ? Activations.array(samples, input.size()) : new FloatArray(1));
        FloatArray states = lastOnly ? Activations.array(samples, steps * units) : output.values();
        return new GatedRecurrence(name, input, output, steps, states, memory, parameters, parts, block, capacity);
    }

    /** The recurrent products as a convolution: each step reads the state after the step before, or zeros. */
    static AffineShape shape(int steps, int units, int weights) {
        Window stateBefore = new Window(steps, 1, units, 1, 1, 1, 1, 1, 0, steps, 1);
        return new AffineShape(stateBefore, GATES * units, true, false, weights);
    }

    private int units() {
        return input.size() / (GATES * steps);
    }

    private boolean isLastOnly() {
        return output.size() < steps * units();
    }

    @Override
    public boolean isTrained() {
        return block.count() > 0;
    }

    private IntArray numbers(Tasks tasks) {
        IntArray numbers = new IntArray(4);
        numbers.set(RecurrenceKernels.STEPS, steps);
        numbers.set(RecurrenceKernels.UNITS, units());
        numbers.set(RecurrenceKernels.WEIGHTS, block.offset());
        numbers.set(RecurrenceKernels.LAST_ONLY, isLastOnly() ? 1 : 0);
        tasks.constant(numbers);
        return numbers;
    }

    private int group(Tasks tasks) {
        return tasks.groupSize(Math.clamp(Integer.highestOneBit(2 * units() - 1), 1, LARGEST_GROUP));
    }

    @Override
    public void forward(Tasks tasks) {
        IntArray numbers = numbers(tasks);
        tasks.inGroups(
                name + ".forward",
                capacity.samples(),
                group(tasks),
                (graph, task, c) -> graph.task(
                        task,
                        RecurrenceKernels::forward,
                        c,
                        input.values(),
                        parameters,
                        states,
                        memory.kept(),
                        numbers,
                        capacity.batch()));
        if (isLastOnly()) {
            tasks.overItems(
                    name + ".last",
                    output.values().getSize(),
                    (graph, task, c) -> graph.task(
                            task,
                            ColumnKernels::take,
                            c,
                            states,
                            output.values(),
                            (steps - 1) * units(),
                            units(),
                            steps * units(),
                            units(),
                            capacity.batch()));
        }
    }

    /** The gradients of the input are always needed: for the weights of the layer, or for layers before it. */
    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        IntArray numbers = numbers(tasks);
        tasks.inGroups(
                name + ".input_gradient",
                capacity.samples(),
                group(tasks),
                (graph, task, c) -> graph.task(
                        task,
                        RecurrenceKernels::backward,
                        c,
                        parameters,
                        states,
                        memory.kept(),
                        output.gradients(),
                        memory.carried(),
                        input.gradients(),
                        memory.gateGradients(),
                        numbers,
                        capacity.batch()));
        if (isTrained()) {
            new Products(name, capacity)
                    .addParameterGradient(
                            tasks,
                            "parameter_gradient",
                            shape(steps, units(), block.offset()),
                            states,
                            memory.gateGradients(),
                            parts,
                            block);
        }
    }
}
