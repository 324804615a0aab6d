package sample;

import dev.lossforge.runtime.internal.kernel.Blocks;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.LaneSoftmax;
import dev.lossforge.runtime.internal.kernel.Lanes;
import dev.lossforge.runtime.internal.kernel.RowSoftmax;
import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Scope;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The loss {@code Losses.softmaxCrossEntropy} with its gradient.
 *
 * <p>Gradient:
 * <pre>∂logits[label] += −1
 * ∂logits[j] += exp(logits[j] − logΣexp[i &lt; |logits|] logits[i])</pre>
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class SoftmaxCrossEntropyLoss extends FormulaLoss {
    private static final LossSignature SIGNATURE = new LossSignature("softmaxCrossEntropy", Scope.SAMPLE, List.of(LossInput.prediction("logits", 1), LossInput.target("label", LossInput.Type.INT, 0)), List.of(), false);

    public SoftmaxCrossEntropyLoss() {
        super(SIGNATURE);
    }

    private static double gradientOfShortRows(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        float[] logitsGradient = frame.gradient(0);
        int size = Math.min(Lanes.rows(logitsLength), Math.max(to - from, 1));
        float[] maxAccumulator0 = Blocks.floats(size);
        float[][] logitsColumns = Blocks.columns(logitsLength, size);
        float[] sumAccumulator0 = Blocks.floats(size);
        float[] sumAccumulator1 = Blocks.floats(size);
        float[][] expTable0 = Blocks.columns(logitsLength, size);
        float[] constant = Blocks.filled(0f, size);
        float[] block = Blocks.floats(size);
        float[] block2 = Blocks.floats(size);
        int[] labelBlock = Blocks.ints(size);
        float[] divide0 = Blocks.floats(size);
        float[] scales = Blocks.floats(size);
        float[][] logitsGradientColumns = Blocks.columns(logitsLength, size);
        int[] intBlock = Blocks.ints(size);
        float[] block3 = Blocks.floats(size);
        double total = 0;
        for (int at = from; at < to; at += size) {
            int n = Math.min(size, to - at);
            Lanes.load(logits, at * logitsLength, logitsColumns, n);
            System.arraycopy(label, at, labelBlock, 0, n);
            Lanes.scales(frame, at, scales, n);
            Arrays.fill(maxAccumulator0, 0, n, Float.NEGATIVE_INFINITY);
            for (int i = 0; i < logitsLength; i++) {
                gradientOfShortRowsStage(n, maxAccumulator0, logitsColumns[i]);
            }
            Arrays.fill(sumAccumulator0, 0, n, 0);
            Arrays.fill(sumAccumulator1, 0, n, 0);
            for (int i = 0; i < logitsLength; i++) {
                Blocks.lessOrEqual(maxAccumulator0, logitsColumns[i], block, n);
                gradientOfShortRowsStage2(n, logitsColumns[i], maxAccumulator0, block2, block, sumAccumulator0);
                Blocks.exp(block2, expTable0[i], n);
                Blocks.selectLessOrEqual(maxAccumulator0, logitsColumns[i], constant, expTable0[i], block2, n);
                gradientOfShortRowsStage3(n, sumAccumulator1, block2);
            }
            gradientOfShortRowsStage4(n, sumAccumulator0, sumAccumulator1, divide0);
            for (int i = 0; i < logitsLength; i++) {
                Arrays.fill(intBlock, 0, n, i);
                Blocks.equal(labelBlock, intBlock, block2, n);
                gradientOfShortRowsStage5(n, block2, expTable0[i], divide0, scales, logitsGradientColumns[i]);
            }
            Lanes.gather(logitsColumns, labelBlock, block2, n);
            gradientOfShortRowsStage6(n, sumAccumulator0, sumAccumulator1, block, maxAccumulator0, block2, block3);
            Blocks.log1p(block, block2, n);
            gradientOfShortRowsStage7(n, block2, block3, block);
            total += Lanes.takeValues(frame, at, block, n);
            Lanes.clearUnweighted(frame, at, logitsGradientColumns, n);
            Lanes.store(logitsGradientColumns, logitsGradient, at * logitsLength, n);
        }
        return total;
    }

    private static double gradientOfRows(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        float[] expTable0 = new float[logitsLength];
        int[] label = frame.ints(1);
        float[] logitsGradient = frame.gradient(0);
        float[] block = Blocks.floats(Blocks.SIZE);
        float[] constant = Blocks.filled(0f, Blocks.SIZE);
        float[] block2 = Blocks.floats(Blocks.SIZE);
        float[] block3 = Blocks.floats(Blocks.SIZE);
        float[] block4 = Blocks.floats(Blocks.SIZE);
        float[] block5 = Blocks.floats(Blocks.SIZE);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(logitsGradient, unit * logitsLength, unit * logitsLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            float maxAccumulator0 = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                System.arraycopy(logits, unit * logitsLength + i, block, 0, n);
                maxAccumulator0 = Math.max(maxAccumulator0, Blocks.max(block, n));
            }
            float max0 = maxAccumulator0;
            double sumAccumulator0 = 0;
            double sumAccumulator1 = 0;
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                System.arraycopy(logits, unit * logitsLength + i, block, 0, n);
                Arrays.fill(block2, 0, n, max0);
                Blocks.lessOrEqual(block2, block, block3, n);
                gradientOfRowsStage(n, block, max0, block4, block3, block5);
                Blocks.exp(block4, block3, n);
                Blocks.selectLessOrEqual(block2, block, constant, block3, block4, n);
                System.arraycopy(block3, 0, expTable0, i, n);
                sumAccumulator0 += Blocks.sum(block5, n);
                sumAccumulator1 += Blocks.sum(block4, n);
            }
            float sum0 = (float) sumAccumulator0;
            float sum1 = (float) sumAccumulator1;
            int label0 = label[unit];
            float divide0 = 1f / (sum0 + sum1);
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                System.arraycopy(expTable0, i, block4, 0, n);
                Lanes.oneHot(label0 - i, -1f, block3, n);
                gradientOfRowsStage2(n, block4, divide0, block3, scale, block5);
                System.arraycopy(block5, 0, logitsGradient, unit * logitsLength + i, n);
            }
            total += frame.take(unit, Scalars.log1p(sum0 - 1f + sum1) + (max0 - Scalars.entry(logits, unit * logitsLength, label0, logitsLength)));
        }
        return total;
    }

    private static double valueOfShortRows(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        int size = Math.min(Lanes.rows(logitsLength), Math.max(to - from, 1));
        float[] maxAccumulator1 = Blocks.floats(size);
        float[][] logitsColumns = Blocks.columns(logitsLength, size);
        float[] sumAccumulator2 = Blocks.floats(size);
        float[] sumAccumulator3 = Blocks.floats(size);
        float[] constant = Blocks.filled(0f, size);
        float[] block = Blocks.floats(size);
        float[] block2 = Blocks.floats(size);
        int[] labelBlock = Blocks.ints(size);
        float[] block3 = Blocks.floats(size);
        double total = 0;
        for (int at = from; at < to; at += size) {
            int n = Math.min(size, to - at);
            Lanes.load(logits, at * logitsLength, logitsColumns, n);
            System.arraycopy(label, at, labelBlock, 0, n);
            Arrays.fill(maxAccumulator1, 0, n, Float.NEGATIVE_INFINITY);
            for (int i = 0; i < logitsLength; i++) {
                valueOfShortRowsStage(n, maxAccumulator1, logitsColumns[i]);
            }
            Arrays.fill(sumAccumulator2, 0, n, 0);
            Arrays.fill(sumAccumulator3, 0, n, 0);
            for (int i = 0; i < logitsLength; i++) {
                Blocks.lessOrEqual(maxAccumulator1, logitsColumns[i], block, n);
                valueOfShortRowsStage2(n, block, sumAccumulator2, logitsColumns[i], maxAccumulator1, block2);
                Blocks.exp(block2, block, n);
                Blocks.selectLessOrEqual(maxAccumulator1, logitsColumns[i], constant, block, block2, n);
                valueOfShortRowsStage3(n, sumAccumulator3, block2);
            }
            Lanes.gather(logitsColumns, labelBlock, block2, n);
            valueOfShortRowsStage4(n, sumAccumulator2, sumAccumulator3, block, maxAccumulator1, block2, block3);
            Blocks.log1p(block, block2, n);
            valueOfShortRowsStage5(n, block2, block3, block);
            total += Lanes.takeValues(frame, at, block, n);
        }
        return total;
    }

    private static double valueOfRows(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        float[] block = Blocks.floats(Blocks.SIZE);
        float[] constant = Blocks.filled(0f, Blocks.SIZE);
        float[] block2 = Blocks.floats(Blocks.SIZE);
        float[] block3 = Blocks.floats(Blocks.SIZE);
        float[] block4 = Blocks.floats(Blocks.SIZE);
        float[] block5 = Blocks.floats(Blocks.SIZE);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            float maxAccumulator1 = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                System.arraycopy(logits, unit * logitsLength + i, block, 0, n);
                maxAccumulator1 = Math.max(maxAccumulator1, Blocks.max(block, n));
            }
            float max1 = maxAccumulator1;
            double sumAccumulator2 = 0;
            double sumAccumulator3 = 0;
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                System.arraycopy(logits, unit * logitsLength + i, block, 0, n);
                Arrays.fill(block2, 0, n, max1);
                Blocks.lessOrEqual(block2, block, block3, n);
                valueOfRowsStage(n, block3, block4, block, max1, block5);
                Blocks.exp(block5, block3, n);
                Blocks.selectLessOrEqual(block2, block, constant, block3, block5, n);
                sumAccumulator2 += Blocks.sum(block4, n);
                sumAccumulator3 += Blocks.sum(block5, n);
            }
            float sum2 = (float) sumAccumulator2;
            float sum3 = (float) sumAccumulator3;
            total += frame.take(unit, Scalars.log1p(sum2 - 1f + sum3) + (max1 - Scalars.entry(logits, unit * logitsLength, label[unit], logitsLength)));
        }
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        frame.requireIndices(1, "label", frame.extent(0, 0), from, to);
        if (frame.wantsDerivatives()) {
            if (frame.extent(0, 0) <= 64) {
                return gradientOfShortRows(frame, from, to);
            }
            return gradientOfRows(frame, from, to);
        }
        if (frame.extent(0, 0) <= 64) {
            return valueOfShortRows(frame, from, to);
        }
        return valueOfRows(frame, from, to);
    }

    private static void gradientOfShortRowsStage(int n, float[] maxAccumulator0, float[] a) {
        for (int k = 0; k < n; k++) {
            maxAccumulator0[k] = java.lang.Math.max(maxAccumulator0[k], a[k]);
        }
    }

    private static void gradientOfShortRowsStage2(int n, float[] a, float[] maxAccumulator0,
            float[] block2, float[] block, float[] sumAccumulator0) {
        for (int k = 0; k < n; k++) {
            block2[k] = a[k] - maxAccumulator0[k];
            sumAccumulator0[k] = sumAccumulator0[k] + block[k] * 1f;
        }
    }

    private static void gradientOfShortRowsStage3(int n, float[] sumAccumulator1, float[] block2) {
        for (int k = 0; k < n; k++) {
            sumAccumulator1[k] = sumAccumulator1[k] + block2[k];
        }
    }

    private static void gradientOfShortRowsStage4(int n, float[] sumAccumulator0,
            float[] sumAccumulator1, float[] divide0) {
        for (int k = 0; k < n; k++) {
            divide0[k] = 1f / (sumAccumulator0[k] + sumAccumulator1[k]);
        }
    }

    private static void gradientOfShortRowsStage5(int n, float[] block2, float[] a, float[] divide0,
            float[] scales, float[] a2) {
        for (int k = 0; k < n; k++) {
            a2[k] = (block2[k] * -1f + a[k] * divide0[k]) * scales[k];
        }
    }

    private static void gradientOfShortRowsStage6(int n, float[] sumAccumulator0,
            float[] sumAccumulator1, float[] block, float[] maxAccumulator0, float[] block2,
            float[] block3) {
        for (int k = 0; k < n; k++) {
            block[k] = sumAccumulator0[k] - 1f + sumAccumulator1[k];
            block3[k] = maxAccumulator0[k] - block2[k];
        }
    }

    private static void gradientOfShortRowsStage7(int n, float[] block2, float[] block3,
            float[] block) {
        for (int k = 0; k < n; k++) {
            block[k] = block2[k] + block3[k];
        }
    }

    private static void gradientOfRowsStage(int n, float[] block, float max0, float[] block4,
            float[] block3, float[] block5) {
        for (int k = 0; k < n; k++) {
            block4[k] = block[k] - max0;
            block5[k] = block3[k] * 1f;
        }
    }

    private static void gradientOfRowsStage2(int n, float[] block4, float divide0, float[] block3,
            float scale, float[] block5) {
        for (int k = 0; k < n; k++) {
            block5[k] = (block3[k] + block4[k] * divide0) * scale;
        }
    }

    private static void valueOfShortRowsStage(int n, float[] maxAccumulator1, float[] a) {
        for (int k = 0; k < n; k++) {
            maxAccumulator1[k] = java.lang.Math.max(maxAccumulator1[k], a[k]);
        }
    }

    private static void valueOfShortRowsStage2(int n, float[] block, float[] sumAccumulator2,
            float[] a, float[] maxAccumulator1, float[] block2) {
        for (int k = 0; k < n; k++) {
            sumAccumulator2[k] = sumAccumulator2[k] + block[k] * 1f;
            block2[k] = a[k] - maxAccumulator1[k];
        }
    }

    private static void valueOfShortRowsStage3(int n, float[] sumAccumulator3, float[] block2) {
        for (int k = 0; k < n; k++) {
            sumAccumulator3[k] = sumAccumulator3[k] + block2[k];
        }
    }

    private static void valueOfShortRowsStage4(int n, float[] sumAccumulator2,
            float[] sumAccumulator3, float[] block, float[] maxAccumulator1, float[] block2,
            float[] block3) {
        for (int k = 0; k < n; k++) {
            block[k] = sumAccumulator2[k] - 1f + sumAccumulator3[k];
            block3[k] = maxAccumulator1[k] - block2[k];
        }
    }

    private static void valueOfShortRowsStage5(int n, float[] block2, float[] block3,
            float[] block) {
        for (int k = 0; k < n; k++) {
            block[k] = block2[k] + block3[k];
        }
    }

    private static void valueOfRowsStage(int n, float[] block3, float[] block4, float[] block,
            float max1, float[] block5) {
        for (int k = 0; k < n; k++) {
            block4[k] = block3[k] * 1f;
            block5[k] = block[k] - max1;
        }
    }
}
