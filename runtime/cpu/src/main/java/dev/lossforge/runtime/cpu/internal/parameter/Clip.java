package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import java.util.Arrays;
import java.util.List;

/**
 * Limits the summed gradients. Every worker first {@link #measure measures} its slice. When all have done so, each
 * {@link #apply applies} the limit to its slice. Norms are summed in double precision in the order of the workers, so
 * they do not depend on which worker was faster.
 */
public final class Clip {
    private final GradientClipping clipping;
    private final List<ParameterBlock> blocks;

    /** By worker and block: the sum of squares in the worker's slice. */
    private final double[][] squares;

    public Clip(GradientClipping clipping, ParameterLayout layout, int workers) {
        this.clipping = clipping;
        this.blocks = layout.blocks();
        this.squares = new double[workers][blocks.size()];
    }

    /** Whether {@link #measure} must come before {@link #apply}. */
    public boolean needsNorms() {
        return switch (clipping) {
            case GradientClipping.None none -> false;
            case GradientClipping.ByValue byValue -> false;
            case GradientClipping.ByNorm byNorm -> true;
            case GradientClipping.ByGlobalNorm byGlobalNorm -> true;
        };
    }

    /** Prepares the next measurement, possibly by fewer workers. */
    public void begin() {
        for (double[] ofWorker : squares) {
            Arrays.fill(ofWorker, 0);
        }
    }

    /** Sums the squares of the elements {@code from} to {@code to - 1}, a worker's slice. */
    public void measure(int worker, float[] gradient, int from, int to) {
        for (int i = 0; i < blocks.size(); i++) {
            double sum = 0;
            int end = end(blocks.get(i), to);
            for (int k = first(blocks.get(i), from); k < end; k++) {
                sum += (double) gradient[k] * gradient[k];
            }
            squares[worker][i] = sum;
        }
    }

    /** Limits the elements {@code from} to {@code to - 1}. */
    public void apply(float[] gradient, int from, int to) {
        switch (clipping) {
            case GradientClipping.None none -> {}
            case GradientClipping.ByValue(double limit) -> clamp(gradient, from, to, (float) limit);
            case GradientClipping.ByNorm(double limit) -> {
                for (int i = 0; i < blocks.size(); i++) {
                    float factor = factor(limit, squares(i));
                    scale(gradient, first(blocks.get(i), from), end(blocks.get(i), to), factor);
                }
            }
            case GradientClipping.ByGlobalNorm(double limit) -> scale(gradient, from, to, factor(limit, squares()));
        }
    }

    /** The norm of all {@link #measure measured} gradients. */
    public double norm() {
        return Math.sqrt(squares());
    }

    private double squares() {
        double sum = 0;
        for (int i = 0; i < blocks.size(); i++) {
            sum += squares(i);
        }
        return sum;
    }

    private double squares(int block) {
        return Arrays.stream(squares).mapToDouble(worker -> worker[block]).sum();
    }

    private static float factor(double limit, double squares) {
        double norm = Math.sqrt(squares);
        return norm > limit ? (float) (limit / norm) : 1;
    }

    private static int first(ParameterBlock block, int from) {
        return Math.max(from, block.offset());
    }

    private static int end(ParameterBlock block, int to) {
        return Math.min(to, block.offset() + block.size());
    }

    private static void clamp(float[] gradient, int from, int to, float limit) {
        for (int i = from; i < to; i++) {
            gradient[i] = Math.clamp(gradient[i], -limit, limit);
        }
    }

    private static void scale(float[] gradient, int from, int to, float factor) {
        if (factor != 1) {
            for (int i = from; i < to; i++) {
                gradient[i] *= factor;
            }
        }
    }
}
