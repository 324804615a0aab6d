package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The steps of a gated recurrent unit; see {@link dev.lossforge.runtime.layer.Gru}. A group computes all steps of a
 * sample, and waits after each, because the next one needs all units of the state. {@code shape} holds the numbers of
 * steps and units, so that TornadoVM does not unroll the loops over them.
 */
final class RecurrenceKernels {
    static final int STEPS = 0;
    static final int UNITS = 1;
    /** The start of the recurrent weights among the parameters; the recurrent biases follow. */
    static final int WEIGHTS = 2;
    /** Whether only the last state has gradients. */
    static final int LAST_ONLY = 3;

    /** Kept by sample, step and unit: reset, update, candidate, and the recurrent part of the candidate. */
    static final int KEPT = 4;

    private RecurrenceKernels() {}

    /**
     * Computes all states.
     *
     * @param products by sample, step, gate and unit, the products of the inputs
     * @param states by sample, step and unit, the state after the step
     */
    static void forward(
            KernelContext c,
            FloatArray products,
            FloatArray parameters,
            FloatArray states,
            FloatArray kept,
            IntArray shape,
            IntArray batch) {
        int units = shape.get(UNITS);
        int steps = shape.get(STEPS);
        int weights = shape.get(WEIGHTS);
        int biases = weights + 3 * units * units;
        int sample = c.groupIdx;
        int end = sample < batch.get(0) ? steps : 0;
        for (int step = 0; step < end; step++) {
            int row = sample * steps + step;
            int before = (row - 1) * units;
            int summed = step > 0 ? units : 0;
            for (int unit = c.localIdx; unit < units; unit += c.localGroupSizeX) {
                float resetSum = 0f;
                float updateSum = 0f;
                float candidateSum = 0f;
                for (int k = 0; k < summed; k++) {
                    float state = states.get(before + k);
                    int at = weights + 3 * k * units + unit;
                    resetSum += state * parameters.get(at);
                    updateSum += state * parameters.get(at + units);
                    candidateSum += state * parameters.get(at + 2 * units);
                }
                int product = 3 * row * units + unit;
                float reset = DeviceMath.sigmoid(products.get(product) + (resetSum + parameters.get(biases + unit)));
                float update = DeviceMath.sigmoid(
                        products.get(product + units) + (updateSum + parameters.get(biases + units + unit)));
                float recurrent = candidateSum + parameters.get(biases + 2 * units + unit);
                float candidate = DeviceMath.tanh(products.get(product + 2 * units) + reset * recurrent);
                float old = summed > 0 ? states.get(before + unit) : 0f;
                states.set(row * units + unit, (1f - update) * candidate + update * old);
                int keep = KEPT * (row * units + unit);
                kept.set(keep, reset);
                kept.set(keep + 1, update);
                kept.set(keep + 2, candidate);
                kept.set(keep + 3, recurrent);
            }
            c.globalBarrier();
        }
    }

    /**
     * Goes back through the steps.
     *
     * @param outputGradient the gradients of all states, or of the last one
     * @param carried by sample and unit, the gradient that a state gets from the step after it
     * @param productGradient gets the gradients of {@code products}
     * @param gateGradient gets the gradients of the recurrent products, in the same layout
     */
    static void backward(
            KernelContext c,
            FloatArray parameters,
            FloatArray states,
            FloatArray kept,
            FloatArray outputGradient,
            FloatArray carried,
            FloatArray productGradient,
            FloatArray gateGradient,
            IntArray shape,
            IntArray batch) {
        int units = shape.get(UNITS);
        int steps = shape.get(STEPS);
        int weights = shape.get(WEIGHTS);
        int sample = c.groupIdx;
        int last = sample < batch.get(0) ? steps - 1 : -1;
        for (int step = last; step >= 0; step--) {
            int row = sample * steps + step;
            for (int unit = c.localIdx; unit < units; unit += c.localGroupSizeX) {
                float gradient = step < last ? carried.get(sample * units + unit) : 0f;
                if (shape.get(LAST_ONLY) == 0) {
                    gradient += outputGradient.get(row * units + unit);
                } else if (step == last) {
                    gradient = outputGradient.get(sample * units + unit);
                }
                int keep = KEPT * (row * units + unit);
                float reset = kept.get(keep);
                float update = kept.get(keep + 1);
                float candidate = kept.get(keep + 2);
                float old = step > 0 ? states.get((row - 1) * units + unit) : 0f;
                float ofUpdate = gradient * (old - candidate) * (update * (1f - update));
                float ofCandidate = gradient * (1f - update) * (1f - candidate * candidate);
                float ofReset = ofCandidate * kept.get(keep + 3) * (reset * (1f - reset));
                int product = 3 * row * units + unit;
                productGradient.set(product, ofReset);
                productGradient.set(product + units, ofUpdate);
                productGradient.set(product + 2 * units, ofCandidate);
                gateGradient.set(product, ofReset);
                gateGradient.set(product + units, ofUpdate);
                gateGradient.set(product + 2 * units, ofCandidate * reset);
                carried.set(sample * units + unit, gradient * update);
            }
            c.globalBarrier();
            for (int unit = c.localIdx; unit < units; unit += c.localGroupSizeX) {
                float sum = carried.get(sample * units + unit);
                int first = weights + 3 * unit * units;
                for (int k = 0; k < 3 * units; k++) {
                    sum += gateGradient.get(3 * row * units + k) * parameters.get(first + k);
                }
                carried.set(sample * units + unit, sum);
            }
        }
    }
}
