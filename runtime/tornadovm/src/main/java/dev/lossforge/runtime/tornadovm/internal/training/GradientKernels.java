package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The kernels between the backward pass and the update. */
@SuppressWarnings("IdentityBinaryExpression") // TornadoVM compiles the test x != x for NaN correctly
final class GradientKernels {
    private GradientKernels() {}

    /** {@code penalties = 0}. */
    static void clear(KernelContext c, FloatArray penalties, int size) {
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            penalties.set(at, 0f);
        }
    }

    /** Copies a region; {@code place} holds its first position and its size. */
    static void take(KernelContext c, FloatArray state, FloatArray region, IntArray place) {
        int first = place.get(0);
        int size = place.get(1);
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            region.set(at, state.get(first + at));
        }
    }

    /** Stores a region. */
    static void put(KernelContext c, FloatArray region, FloatArray gradients, IntArray place) {
        int first = place.get(0);
        int size = place.get(1);
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            gradients.set(first + at, region.get(at));
        }
    }

    /** Adds the gradient of a region. */
    static void addTo(KernelContext c, FloatArray region, FloatArray penalties, IntArray place) {
        int first = place.get(0);
        int size = place.get(1);
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            penalties.set(first + at, penalties.get(first + at) + region.get(at));
        }
    }

    /** {@code penalties += one}. */
    static void add(KernelContext c, FloatArray one, FloatArray penalties, int size) {
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            penalties.set(at, penalties.get(at) + one.get(at));
        }
    }

    /**
     * Adds up the parts of every parameter's gradient, and the gradient of the penalties. Per group, counts the
     * gradients that are NaN or infinite, and adds up the squares of all.
     *
     * @param table the result of {@link dev.lossforge.runtime.tornadovm.internal.network.GradientParts#table}
     * @param ranges the result of {@link TrainedParameters#ranges}; other gradients do not change
     * @param penalized whether there are penalties
     */
    static void sum(
            KernelContext c,
            FloatArray parts,
            FloatArray penalties,
            FloatArray gradient,
            FloatArray wrong,
            FloatArray squares,
            IntArray table,
            IntArray ranges,
            int penalized) {
        float[] tree = c.allocateFloatLocalArray(1024);
        float[] squareTree = c.allocateFloatLocalArray(1024);
        float wrongHere = 0f;
        float squaresHere = 0f;
        int layers = table.get(0);
        for (int range = 0; range < ranges.get(0); range++) {
            int end = ranges.get(2 + 2 * range);
            for (int at = ranges.get(1 + 2 * range) + c.globalIdx; at < end; at += c.globalGroupSizeX) {
                float sum = penalized != 0 ? penalties.get(at) : 0f;
                for (int layer = 0; layer < layers; layer++) {
                    int within = at - table.get(1 + 4 * layer);
                    int layerSize = table.get(2 + 4 * layer);
                    if (within >= 0 && within < layerSize) {
                        int count = table.get(3 + 4 * layer);
                        int first = table.get(4 + 4 * layer) + within;
                        for (int part = 0; part < count; part++) {
                            sum += parts.get(first + part * layerSize);
                        }
                    }
                }
                gradient.set(at, sum);
                squaresHere += sum * sum;
                if (sum != sum || sum > Float.MAX_VALUE || sum < -Float.MAX_VALUE) {
                    wrongHere += 1f;
                }
            }
        }
        int item = c.localIdx;
        tree[item] = wrongHere;
        squareTree[item] = squaresHere;
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                tree[item] += tree[item + distance];
                squareTree[item] += squareTree[item + distance];
            }
        }
        if (item == 0) {
            wrong.set(c.groupIdx, tree[0]);
            squares.set(c.groupIdx, squareTree[0]);
        }
    }

    /**
     * Adds up the first loss and the counts of NaN and infinite gradients, and decides whether the parameters may be
     * updated; see {@link StepResults}. It runs in one group.
     *
     * @param sizes the numbers of partial sums of the loss, of partial counts of gradients, and of results that must be
     *     finite
     */
    static void conclude(KernelContext c, FloatArray losses, FloatArray wrong, FloatArray results, IntArray sizes) {
        float[] lossTree = c.allocateFloatLocalArray(1024);
        float[] wrongTree = c.allocateFloatLocalArray(1024);
        int item = c.localIdx;
        float loss = 0f;
        for (int i = item; i < sizes.get(0); i += c.localGroupSizeX) {
            loss += losses.get(i);
        }
        float wrongHere = 0f;
        for (int i = item; i < sizes.get(1); i += c.localGroupSizeX) {
            wrongHere += wrong.get(i);
        }
        lossTree[item] = loss;
        wrongTree[item] = wrongHere;
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                lossTree[item] += lossTree[item + distance];
                wrongTree[item] += wrongTree[item + distance];
            }
        }
        if (item == 0) {
            results.set(StepResults.LOSS, lossTree[0]);
            results.set(StepResults.WRONG_GRADIENTS, wrongTree[0]);
            float applied = wrongTree[0] > 0f ? 0f : 1f;
            for (int i = StepResults.LOSS; i < sizes.get(2); i++) {
                float x = results.get(i);
                if (x != x || x > Float.MAX_VALUE || x < -Float.MAX_VALUE) {
                    applied = 0f;
                }
            }
            results.set(StepResults.APPLIED, applied);
        }
    }
}
