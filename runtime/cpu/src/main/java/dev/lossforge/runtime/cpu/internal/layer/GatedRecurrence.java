package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.PanelPacking;
import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import java.util.Arrays;
import java.util.List;

/**
 * The states of a {@link dev.lossforge.runtime.layer.Gru}. Its input holds the products of the layer's inputs and
 * weights plus the bias, three parts per time step. Each step multiplies the states of a few samples by the recurrent
 * weights. The backward pass goes through the steps of these samples in reverse and adds up the gradients of the
 * weights at the end.
 */
final class GatedRecurrence implements Operation {
    /** The number of samples that makes the cost of loading weights small compared to that of multiplying by them. */
    private static final int TOGETHER = 48;

    private final Kernels kernels;
    private final Activations input;
    private final Activations output;
    private final boolean lastState;
    private final ParameterStore parameters;
    private final ParameterBlock weights;
    private final ParameterBlock bias;
    private final int units;
    private final int gates;
    private final int times;
    private final int stride;
    private final PanelPacking packing;
    private final float[] panels;
    private final Group[] groups;
    private int groupSize;

    /** By sample: the state before the first step, which is zero, and after each step, padded like the weights. */
    private float[] states = {};

    /** By sample and step: reset, update, candidate, and the recurrent part of the candidate. */
    private float[] kept = {};

    GatedRecurrence(
            Kernels kernels,
            Activations input,
            Activations output,
            boolean lastState,
            ParameterStore parameters,
            ParameterBlock weights,
            ParameterBlock bias,
            int workers) {
        this.kernels = kernels;
        this.input = input;
        this.output = output;
        this.lastState = lastState;
        this.parameters = parameters;
        this.weights = weights;
        this.bias = bias;
        this.units = weights.columns();
        this.gates = weights.rows();
        this.times = input.size() / gates;
        this.stride = weights.stride();
        this.packing = new PanelPacking(gates, units, stride, kernels.panelWidth());
        this.panels = new float[packing.size()];
        this.groups = new Group[workers];
    }

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
        int wantedStates = Math.multiplyExact(samples, Math.multiplyExact(times + 1, stride));
        if (states.length < wantedStates) {
            states = new float[wantedStates];
            kept = new float[Math.multiplyExact(samples, Math.multiplyExact(times, 4 * units))];
        }
        int wanted = Math.min(samples, TOGETHER);
        if (wanted > groupSize) {
            groupSize = wanted;
            for (int worker = 0; worker < groups.length; worker++) {
                groups[worker] = new Group(wanted);
            }
        }
    }

    @Override
    public void refresh(int worker, int workers) {
        int from = packing.panels() * worker / workers;
        int to = packing.panels() * (worker + 1) / workers;
        packing.pack(parameters.values(), weights.offset(), from, to, panels);
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        for (int first = from; first < to; first += groupSize) {
            groups[worker].forward(first, Math.min(first + groupSize, to));
        }
    }

    @Override
    public List<ParameterBlock> gradientBlocks() {
        return List.of(weights, bias);
    }

    @Override
    public void backward(int worker, int from, int to) {
        float[] gradient = parameters.gradients().of(worker);
        for (int first = from; first < to; first += groupSize) {
            groups[worker].backward(first, Math.min(first + groupSize, to), gradient);
        }
    }

    /** The position of the state before a step. */
    private int state(int sample, int time) {
        return (sample * (times + 1) + time) * stride;
    }

    private int kept(int sample, int time) {
        return (sample * times + time) * 4 * units;
    }

    /** One worker's scratch memory, and the passes over as many samples as fit in it. */
    private final class Group {
        private final int[] rows;
        private final float[] products;
        private final float[] stateGradients;
        private final int[] stateRows;

        /** By sample and step: the gradients of the gates through the states. */
        private final float[] gateGradients;

        /** By sample: the start of the gate gradients of one time step. */
        private final int[] gateRows;

        /** By sample and time: the start of the gates' gradients, and of the state before the step. */
        private final int[] allGateRows;

        private final int[] statesBefore;

        Group(int samples) {
            int padded = Math.ceilDiv(samples, Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
            this.rows = new int[padded];
            this.products = new float[padded * packing.panels() * packing.width()];
            this.stateGradients = new float[samples * stride];
            this.stateRows = new int[samples];
            this.gateGradients = new float[Math.multiplyExact(samples * times, gates)];
            this.gateRows = new int[samples];
            this.allGateRows = new int[samples * times];
            this.statesBefore = new int[samples * times];
            for (int i = 0; i < samples; i++) {
                stateRows[i] = i * stride;
            }
            for (int e = 0; e < samples * times; e++) {
                allGateRows[e] = e * gates;
            }
        }

        void forward(int from, int to) {
            for (int time = 0; time < times; time++) {
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = state(Math.min(from + i, to - 1), time);
                }
                kernels.multiply(
                        states, rows, to - from, Segments.contiguous(units), panels, packing.panels(), products);
                for (int sample = from; sample < to; sample++) {
                    step(sample, time, (sample - from) * packing.panels() * packing.width());
                }
            }
            for (int sample = from; sample < to; sample++) {
                copyStates(sample);
            }
        }

        private void step(int sample, int time, int product) {
            float[] biases = parameters.values();
            float[] inputs = input.values();
            int a = sample * input.stride() + time * gates;
            int at = kept(sample, time);
            int b = bias.offset();
            for (int g = 0; g < 2 * units; g++) {
                kept[at + g] = inputs[a + g] + (products[product + g] + biases[b + g]);
            }
            kernels.sigmoid(kept, at, at + 2 * units);
            int candidate = at + 2 * units;
            for (int u = 0; u < units; u++) {
                float recurrent = products[product + 2 * units + u] + biases[b + 2 * units + u];
                kept[candidate + units + u] = recurrent;
                kept[candidate + u] = inputs[a + 2 * units + u] + kept[at + u] * recurrent;
            }
            kernels.tanh(kept, candidate, candidate + units);
            int before = state(sample, time);
            for (int u = 0; u < units; u++) {
                float update = kept[at + units + u];
                states[before + stride + u] = (1 - update) * kept[candidate + u] + update * states[before + u];
            }
        }

        private void copyStates(int sample) {
            int first = lastState ? times - 1 : 0;
            for (int time = first; time < times; time++) {
                int y = sample * output.stride() + (time - first) * units;
                System.arraycopy(states, state(sample, time + 1), output.values(), y, units);
            }
        }

        void backward(int from, int to, float[] gradient) {
            Arrays.fill(stateGradients, 0);
            for (int time = times - 1; time >= 0; time--) {
                for (int sample = from; sample < to; sample++) {
                    int i = sample - from;
                    if (!lastState || time == times - 1) {
                        addOutputGradients(sample, lastState ? 0 : time, i * stride);
                    }
                    gateRows[i] = (i * times + time) * gates;
                    stepBack(sample, time, i);
                }
                kernels.patches()
                        .addProducts(
                                stateGradients,
                                stateRows,
                                0,
                                gateGradients,
                                gateRows,
                                to - from,
                                parameters.values(),
                                weights.offset(),
                                stride,
                                gates,
                                stride);
            }
            if (!parameters.isFrozen(weights)) {
                addParameterGradients(from, to, gradient);
            }
        }

        private void addOutputGradients(int sample, int row, int at) {
            int y = sample * output.stride() + row * units;
            for (int u = 0; u < units; u++) {
                stateGradients[at + u] += output.gradients()[y + u];
            }
        }

        /**
         * Computes the gradients of the gates, and reduces the state's gradient to the part that does not pass through
         * them.
         */
        private void stepBack(int sample, int time, int index) {
            int before = state(sample, time);
            int at = kept(sample, time);
            int a = sample * input.stride() + time * gates;
            int own = gateRows[index];
            for (int u = 0; u < units; u++) {
                float reset = kept[at + u];
                float update = kept[at + units + u];
                float candidate = kept[at + 2 * units + u];
                float dState = stateGradients[index * stride + u];
                float dUpdate = dState * (states[before + u] - candidate) * update * (1 - update);
                float dCandidate = dState * (1 - update) * (1 - candidate * candidate);
                float dReset = dCandidate * kept[at + 3 * units + u] * reset * (1 - reset);
                input.gradients()[a + u] = dReset;
                input.gradients()[a + units + u] = dUpdate;
                input.gradients()[a + 2 * units + u] = dCandidate;
                gateGradients[own + u] = dReset;
                gateGradients[own + units + u] = dUpdate;
                gateGradients[own + 2 * units + u] = dCandidate * reset;
                stateGradients[index * stride + u] = dState * update;
            }
        }

        private void addParameterGradients(int from, int to, float[] gradient) {
            int count = (to - from) * times;
            for (int e = 0; e < count; e++) {
                statesBefore[e] = state(from + e / times, e % times);
                for (int gate = 0; gate < gates; gate++) {
                    gradient[bias.offset() + gate] += gateGradients[e * gates + gate];
                }
            }
            kernels.patches()
                    .addTransposedProducts(
                            gradient,
                            weights.offset(),
                            stride,
                            gates,
                            gateGradients,
                            allGateRows,
                            states,
                            statesBefore,
                            0,
                            count,
                            stride);
        }
    }
}
