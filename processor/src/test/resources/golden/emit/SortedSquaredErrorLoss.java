package sample;

import dev.lossforge.runtime.internal.kernel.Block;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.Pieces;
import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.internal.kernel.Sorting;
import dev.lossforge.runtime.internal.kernel.Tables;
import dev.lossforge.runtime.internal.kernel.VectorModule;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The loss {@code Losses.sortedSquaredError} with its gradient.
 *
 * <p>Gradient:
 * <pre>∂p[argSort[i &lt; |p|](p[i])[j]] = 2·(p[argSort[i &lt; |p|](p[i])[j]] − y[argSort[i &lt; |y|](y[i])[j]])</pre>
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class SortedSquaredErrorLoss extends FormulaLoss {
    private static final LossSignature SIGNATURE = new LossSignature("sortedSquaredError", LossSignature.Scope.SAMPLE, List.of(LossSignature.Input.prediction("p", 1), LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 1)), List.of(new LossSignature.EqualExtents(0, 0, 1, 0)), false);

    private static final boolean VECTORS = VectorModule.isPresent();

    static {
        if (VECTORS) {
            SortedSquaredErrorLoss.class.getModule().addReads(VectorModule.get());
        }
    }

    public SortedSquaredErrorLoss() {
        super(SIGNATURE);
    }

    private static double gradientOfRows(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        int pLength = frame.extent(0, 0);
        float[] keys0 = new float[pLength];
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        float[] keys1 = new float[pLength];
        int[] order0 = new int[pLength];
        int[] order1 = new int[pLength];
        int[] rank0 = new int[pLength];
        float[] pGradient = frame.gradient(0);
        Sorting sorting = new Sorting();
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(pGradient, unit * pLength, unit * pLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            for (int i = 0; i < pLength; i++) {
                float p0 = p[unit * pLength + i];
                keys0[i] = p0;
                float y0 = y[unit * yLength + i];
                keys1[i] = y0;
            }
            sorting.argSort(keys0, 0, order0, 0, pLength);
            sorting.argSort(keys1, 0, order1, 0, pLength);
            sorting.rank(order0, 0, rank0, 0, pLength);
            double sumAccumulator0 = 0;
            for (int i = 0; i < pLength; i++) {
                int order00 = order0[i];
                int order10 = order1[i];
                sumAccumulator0 += Scalars.square(Scalars.entry(p, unit * pLength, order00, pLength) - Scalars.entry(y, unit * yLength, order10, yLength));
                int rank00 = rank0[i];
                int order11 = order1[rank00];
                pGradient[unit * pLength + i] = 2f * (p[unit * pLength + i] - Scalars.entry(y, unit * yLength, order11, yLength)) * scale;
            }
            float sum0 = (float) sumAccumulator0;
            total += frame.take(unit, sum0);
        }
        return total;
    }

    private static double gradientInVectors(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] p = frame.floats(0);
        float[] keys0 = Tables.floats(pLength);
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        float[] keys1 = Tables.floats(pLength);
        int[] order0 = new int[pLength];
        int[] order1 = new int[pLength];
        int[] rank0 = new int[pLength];
        float[] pGradient = frame.gradient(0);
        Sorting sorting = new Sorting();
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(pGradient, unit * pLength, unit * pLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            for (int start = 0; start < pLength; start += Block.SIZE) {
                int n = Math.min(Block.SIZE, pLength - start);
                int offset = unit * pLength + start;
                int offset2 = start;
                int offset3 = unit * yLength + start;
                SortedSquaredErrorLossVectors.gradientInVectors(offset, n, p, keys0, offset2, y, offset3, keys1);
            }
            sorting.argSort(keys0, 0, order0, 0, pLength);
            sorting.argSort(keys1, 0, order1, 0, pLength);
            sorting.rank(order0, 0, rank0, 0, pLength);
            double sumAccumulator0 = 0;
            for (int i = 0; i < pLength; i++) {
                int order00 = order0[i];
                int order10 = order1[i];
                sumAccumulator0 += Scalars.square(Scalars.entry(p, unit * pLength, order00, pLength) - Scalars.entry(y, unit * yLength, order10, yLength));
                int rank00 = rank0[i];
                int order11 = order1[rank00];
                pGradient[unit * pLength + i] = 2f * (p[unit * pLength + i] - Scalars.entry(y, unit * yLength, order11, yLength)) * scale;
            }
            float sum0 = (float) sumAccumulator0;
            total += frame.take(unit, sum0);
        }
        Tables.giveBack(keys0, keys1);
        return total;
    }

    private static double valueOfRows(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        int pLength = frame.extent(0, 0);
        float[] keys2 = new float[pLength];
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        float[] keys3 = new float[pLength];
        int[] order2 = new int[pLength];
        int[] order3 = new int[pLength];
        Sorting sorting = new Sorting();
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            for (int i = 0; i < pLength; i++) {
                float p1 = p[unit * pLength + i];
                keys2[i] = p1;
                float y1 = y[unit * yLength + i];
                keys3[i] = y1;
            }
            sorting.argSort(keys2, 0, order2, 0, pLength);
            sorting.argSort(keys3, 0, order3, 0, pLength);
            double sumAccumulator1 = 0;
            for (int i = 0; i < pLength; i++) {
                int order20 = order2[i];
                int order30 = order3[i];
                sumAccumulator1 += Scalars.square(Scalars.entry(p, unit * pLength, order20, pLength) - Scalars.entry(y, unit * yLength, order30, yLength));
            }
            float sum1 = (float) sumAccumulator1;
            total += frame.take(unit, sum1);
        }
        return total;
    }

    private static double valueInVectors(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] p = frame.floats(0);
        float[] keys2 = Tables.floats(pLength);
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        float[] keys3 = Tables.floats(pLength);
        int[] order2 = new int[pLength];
        int[] order3 = new int[pLength];
        float[] computed = Block.floats(Block.SIZE);
        float[] computed2 = Block.floats(Block.SIZE);
        double[] results = new double[1];
        Sorting sorting = new Sorting();
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            for (int start = 0; start < pLength; start += Block.SIZE) {
                int n = Math.min(Block.SIZE, pLength - start);
                int offset = unit * pLength + start;
                int offset2 = start;
                int offset3 = unit * yLength + start;
                SortedSquaredErrorLossVectors.valueInVectors(offset, n, p, keys2, offset2, y, offset3, keys3);
            }
            sorting.argSort(keys2, 0, order2, 0, pLength);
            sorting.argSort(keys3, 0, order3, 0, pLength);
            double sumAccumulator1 = 0;
            for (int start2 = 0; start2 < pLength; start2 += Block.SIZE) {
                int n = Math.min(Block.SIZE, pLength - start2);
                int offset4 = start2;
                for (int k = 0; k < n; k++) {
                    int i = start2 + k;
                    computed[k] = Scalars.entry(p, unit * pLength, order2[i], pLength);
                }
                for (int k = 0; k < n; k++) {
                    int i = start2 + k;
                    computed2[k] = Scalars.entry(y, unit * yLength, order3[i], yLength);
                }
                SortedSquaredErrorLossVectors.valueInVectors2(n, computed, computed2, results);
                sumAccumulator1 += results[0];
            }
            float sum1 = (float) sumAccumulator1;
            total += frame.take(unit, sum1);
        }
        Tables.giveBack(keys2, keys3);
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        if (frame.wantsDerivatives()) {
            if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
                return Pieces.run(frame, from, to, frame.unitSize(0), SortedSquaredErrorLoss::gradientInVectors);
            }
            return gradientOfRows(frame, from, to);
        }
        if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
            return Pieces.run(frame, from, to, frame.unitSize(0), SortedSquaredErrorLoss::valueInVectors);
        }
        return valueOfRows(frame, from, to);
    }
}
