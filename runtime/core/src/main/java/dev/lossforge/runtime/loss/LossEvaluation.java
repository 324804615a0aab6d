package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Evaluates a bound loss as a whole. A large batch is divided into chunks whose number depends on the batch alone. They
 * are computed on the common pool, and their sums are added in order. The result therefore does not depend on the
 * number of processors.
 */
final class LossEvaluation {
    private static final int CHUNK_ENTRIES = 1 << 16;

    /** Chunks of rows may be as small as this while there are few: a row may be work for each pair of its entries. */
    private static final int FEWEST_ENTRIES = 1 << 14;

    /** As many chunks are equal shares for most numbers of threads. */
    private static final int FEW_CHUNKS = 16;

    /**
     * Where chunks of single entries begin. The entries of a large array lie 16 bytes behind the beginning of a cache
     * line, the header of the array; 12 floats later a line begins. A vector that crosses lines is two accesses: an
     * elementwise loss that memory limits took twice as long.
     */
    private static final int FIRST_LINE = 12;

    private LossEvaluation() {}

    static double value(BoundLoss bound, Reduction reduction) {
        return run(bound) / bound.divisor(reduction);
    }

    static Tensor values(BoundLoss bound) {
        Tensor values = Tensor.zeros(bound.unitShape());
        bound.frame().values(values.array());
        run(bound);
        return values;
    }

    static Map<String, Double> parts(BoundLoss bound, Reduction reduction) {
        return eachPart(bound, part -> value(part, reduction));
    }

    static Map<String, Tensor> partValues(BoundLoss bound) {
        return eachPart(bound, LossEvaluation::values);
    }

    private static <T> Map<String, T> eachPart(BoundLoss bound, Function<BoundLoss, T> evaluation) {
        Map<String, T> parts = new LinkedHashMap<>();
        bound.signature().parts().forEach(name -> parts.put(name, evaluation.apply(bound.part(name))));
        return Collections.unmodifiableMap(parts);
    }

    static LossResult valueAndGradients(BoundLoss bound, Reduction reduction) {
        KernelFrame frame = bound.frame();
        double divisor = bound.divisor(reduction);
        frame.scale(divisor == 0 ? 0 : (float) (1 / divisor)); // no counted unit, no gradient
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        Map<String, Tensor> hessians = new LinkedHashMap<>();
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            LossSignature.Input input = bound.signature().inputs().get(i);
            if (input.role() == LossSignature.Input.Role.PREDICTION) {
                Tensor gradient = zerosLike(bound, i);
                frame.gradient(i, gradient.array());
                gradients.put(input.name(), gradient);
                if (bound.signature().hessian()) {
                    Tensor hessian = zerosLike(bound, i);
                    frame.hessian(i, hessian.array());
                    hessians.put(input.name(), hessian);
                }
            }
        }
        Tensor values = reduction == Reduction.NONE ? Tensor.zeros(bound.unitShape()) : null;
        frame.values(values == null ? null : values.array());
        double value = run(bound) / divisor;
        return new LossResult(
                value,
                values,
                Collections.unmodifiableMap(gradients),
                Collections.unmodifiableMap(hessians),
                Collections.unmodifiableMap(parameterGradients(bound)));
    }

    private static Map<String, Tensor> parameterGradients(BoundLoss bound) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            LossSignature.Input input = bound.signature().inputs().get(i);
            if (input.trainable()) {
                double[] sums = bound.frame().parameterGradient(i);
                Tensor gradient = zerosLike(bound, i);
                for (int j = 0; j < sums.length; j++) {
                    gradient.array()[j] = (float) sums[j];
                }
                gradients.put(input.name(), gradient);
            }
        }
        return gradients;
    }

    private static Tensor zerosLike(BoundLoss bound, int position) {
        return Tensor.zeros(bound.inputShapes().get(position));
    }

    /** The number of units in a chunk; rows are divided equally. */
    private static int chunkUnits(int units, int entries) {
        if (entries == 1) {
            return CHUNK_ENTRIES;
        }
        long all = (long) units * entries;
        long chunks = Math.max(all / CHUNK_ENTRIES, Math.min(all / FEWEST_ENTRIES, FEW_CHUNKS));
        return (int) Math.max(1, Math.ceilDiv(units, Math.max(1, chunks)));
    }

    static double run(BoundLoss bound) {
        int chunkUnits = chunkUnits(bound.units(), bound.largestUnit());
        int first = bound.largestUnit() == 1 ? FIRST_LINE : 0;
        int chunks = (bound.units() - first + chunkUnits - 1) / chunkUnits;
        if (chunks <= 1) {
            return bound.kernel().run(bound.frame(), 0, bound.units());
        }
        double[] sums = new double[chunks];
        KernelFrame[] forks = new KernelFrame[chunks];
        IntStream.range(0, chunks).parallel().forEach(i -> {
            forks[i] = bound.frame().fork();
            int from = i == 0 ? 0 : first + i * chunkUnits;
            int to = Math.min(first + (i + 1) * chunkUnits, bound.units());
            sums[i] = bound.kernel().run(forks[i], from, to);
        });
        double sum = 0;
        for (int i = 0; i < chunks; i++) {
            sum += sums[i];
            bound.frame().join(forks[i]);
        }
        return sum;
    }
}
