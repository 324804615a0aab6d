package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Normalization of each channel: by the statistics of the batch in training, and otherwise, or if the layer is frozen,
 * by its running statistics. Among the parameters, scales, biases, running means and running variances follow each
 * other.
 *
 * @param ofBatch whether it normalizes by the statistics of the batch
 */
record ChannelNormalization(
        String name,
        BatchNorm norm,
        boolean ofBatch,
        int channels,
        Activations input,
        Activations output,
        Memory memory,
        FloatArray parameters,
        FloatArray parts,
        GradientParts.Block block,
        IntArray batch)
        implements DeviceLayer {

    /**
     * What it keeps in the device's memory.
     *
     * @param parts the statistics of each part of the batch
     * @param statistics those that the outputs are normalized by
     * @param variances those of the batch
     * @param means of gradients, see {@link ChannelNormalizationKernels#means}
     */
    record Memory(FloatArray parts, FloatArray statistics, FloatArray variances, FloatArray means) {

        static Memory of(int channels, int parts) {
            FloatArray means = new FloatArray(2 * channels);
            means.init(0f);
            return new Memory(
                    new FloatArray(Math.max(1, parts) * channels * NormalizationKernels.STATISTICS),
                    new FloatArray(channels * NormalizationKernels.STATISTICS),
                    new FloatArray(channels),
                    means);
        }
    }

    @Override
    public boolean isTrained() {
        return block.count() > 0;
    }

    private int scale() {
        return block.offset();
    }

    private int running() {
        return scale() + 2 * channels;
    }

    private int rows() {
        return output.size() / channels;
    }

    @Override
    public void forward(Tasks tasks) {
        if (ofBatch) {
            addStatistics(tasks);
        } else {
            tasks.overItems(
                    name + ".statistics",
                    channels,
                    (graph, task, c) -> graph.task(
                            task,
                            ChannelNormalizationKernels::recall,
                            c,
                            parameters,
                            memory.statistics(),
                            running(),
                            channels,
                            (float) norm.epsilon()));
        }
        tasks.overItems(
                name + ".forward",
                output.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        ChannelNormalizationKernels::forward,
                        c,
                        input.values(),
                        parameters,
                        memory.statistics(),
                        output.values(),
                        scale(),
                        channels,
                        output.size(),
                        batch));
    }

    private void addStatistics(Tasks tasks) {
        tasks.overItems(
                name + ".parts",
                (long) channels * block.count(),
                (graph, task, c) -> graph.task(
                        task,
                        ChannelNormalizationKernels::measure,
                        c,
                        input.values(),
                        memory.parts(),
                        block.count(),
                        rows(),
                        channels,
                        batch));
        tasks.overItems(
                name + ".statistics",
                channels,
                (graph, task, c) -> graph.task(
                        task,
                        ChannelNormalizationKernels::combine,
                        c,
                        memory.parts(),
                        memory.statistics(),
                        memory.variances(),
                        block.count(),
                        rows(),
                        channels,
                        (float) norm.epsilon(),
                        batch));
    }

    @Override
    public void settle(Tasks tasks, FloatArray results) {
        if (ofBatch) {
            tasks.overItems(
                    name + ".running",
                    channels,
                    (graph, task, c) -> graph.task(
                            task,
                            ChannelNormalizationKernels::move,
                            c,
                            parameters,
                            memory.statistics(),
                            memory.variances(),
                            results,
                            running(),
                            rows(),
                            channels,
                            (float) norm.momentum(),
                            batch));
        }
    }

    @Override
    public void backward(Tasks tasks, boolean inputGradients) {
        if (isTrained()) {
            NormalizationTasks.addParameterGradient(
                    tasks, name, input, output, memory.statistics(), parts, block, channels, true, batch);
        }
        if (inputGradients) {
            addInputGradient(tasks);
            if (input.rectified()) {
                Rectifier.gate(tasks, name, input, batch);
            }
        }
    }

    private void addInputGradient(Tasks tasks) {
        if (ofBatch) {
            tasks.overItems(
                    name + ".means",
                    2L * channels,
                    (graph, task, c) -> graph.task(
                            task,
                            ChannelNormalizationKernels::means,
                            c,
                            parts,
                            memory.means(),
                            block.first(),
                            block.count(),
                            rows(),
                            channels,
                            batch));
        } else {
            tasks.constant(memory.means());
        }
        tasks.overItems(
                name + ".input_gradient",
                input.values().getSize(),
                (graph, task, c) -> graph.task(
                        task,
                        ChannelNormalizationKernels::inputGradient,
                        c,
                        input.values(),
                        parameters,
                        memory.statistics(),
                        memory.means(),
                        output.gradients(),
                        input.gradients(),
                        scale(),
                        channels,
                        output.size(),
                        batch));
    }
}
