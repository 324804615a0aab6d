package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The rules of the optimizers. {@code state} holds the parameters, then the optimizer's slots, each of {@code size}
 * values. {@code ranges} lists the parameters that a step changes, in the form of {@link TrainedParameters#ranges}. A
 * step with NaN or infinite numbers changes nothing.
 */
final class UpdateKernels {
    private UpdateKernels() {}

    /** {@code p −= rate·g}. */
    static void plain(
            KernelContext c,
            FloatArray state,
            FloatArray gradient,
            FloatArray results,
            FloatArray settings,
            IntArray ranges) {
        if (results.get(StepResults.APPLIED) != 0f) {
            for (int range = 0; range < ranges.get(0); range++) {
                int end = ranges.get(2 + 2 * range);
                for (int at = ranges.get(1 + 2 * range) + c.globalIdx; at < end; at += c.globalGroupSizeX) {
                    state.set(at, state.get(at) - settings.get(UpdateSettings.RATE) * gradient.get(at));
                }
            }
        }
    }

    /** {@code v = μ·v + g; p −= rate·v}, and with Nesterov's rule {@code p −= rate·(g + μ·v)}. */
    static void momentum(
            KernelContext c,
            FloatArray state,
            FloatArray gradient,
            FloatArray results,
            FloatArray settings,
            IntArray ranges,
            int size,
            int nesterov) {
        if (results.get(StepResults.APPLIED) != 0f) {
            float rate = settings.get(UpdateSettings.RATE);
            float momentum = settings.get(UpdateSettings.MOMENTUM);
            for (int range = 0; range < ranges.get(0); range++) {
                int end = ranges.get(2 + 2 * range);
                for (int at = ranges.get(1 + 2 * range) + c.globalIdx; at < end; at += c.globalGroupSizeX) {
                    float g = gradient.get(at);
                    float v = momentum * state.get(size + at) + g;
                    state.set(size + at, v);
                    state.set(at, state.get(at) - rate * (nesterov != 0 ? g + momentum * v : v));
                }
            }
        }
    }

    /** {@code p = keep·p − rate·m / (root·√v + ε)}: {@code rate} and {@code root} include the two bias corrections. */
    static void adam(
            KernelContext c,
            FloatArray state,
            FloatArray gradient,
            FloatArray weights,
            FloatArray results,
            FloatArray settings,
            IntArray ranges,
            int size) {
        if (results.get(StepResults.APPLIED) != 0f) {
            float rate = settings.get(UpdateSettings.RATE);
            float root = settings.get(UpdateSettings.ROOT);
            float epsilon = settings.get(UpdateSettings.EPSILON);
            for (int range = 0; range < ranges.get(0); range++) {
                int end = ranges.get(2 + 2 * range);
                for (int at = ranges.get(1 + 2 * range) + c.globalIdx; at < end; at += c.globalGroupSizeX) {
                    float g = gradient.get(at);
                    float m = settings.get(UpdateSettings.BETA1) * state.get(size + at)
                            + settings.get(UpdateSettings.REST1) * g;
                    float v = settings.get(UpdateSettings.BETA2) * state.get(2 * size + at)
                            + settings.get(UpdateSettings.REST2) * g * g;
                    state.set(size + at, m);
                    state.set(2 * size + at, v);
                    float keep = weights.get(at) != 0f ? settings.get(UpdateSettings.KEEP) : 1f;
                    state.set(at, keep * state.get(at) - rate * m / (root * DeviceMath.sqrt(v) + epsilon));
                }
            }
        }
    }

    /** Clamps a region; {@code place} holds its first position and its size, {@code limits} all minima, then maxima. */
    static void keepWithin(KernelContext c, FloatArray state, FloatArray results, FloatArray limits, IntArray place) {
        int first = place.get(0);
        int size = place.get(1);
        int end = results.get(StepResults.APPLIED) != 0f ? size : 0;
        for (int at = c.globalIdx; at < end; at += c.globalGroupSizeX) {
            float x = state.get(first + at);
            float min = limits.get(at);
            float max = limits.get(size + at);
            state.set(first + at, x < min ? min : x > max ? max : x);
        }
    }
}
