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
        float[] logSumExpExcess0 = Blocks.floats(size);
        float[][] exponentials = Blocks.columns(logitsLength, size);
        float[] factor = Blocks.floats(size);
        int[] labelBlock = Blocks.ints(size);
        float[] scales = Blocks.floats(size);
        float[][] logitsGradientColumns = Blocks.columns(logitsLength, size);
        int[] intBlock = Blocks.ints(size);
        float[] block = Blocks.floats(size);
        float[] block2 = Blocks.floats(size);
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
            LaneSoftmax.compute(logitsColumns, maxAccumulator0, exponentials, factor, logSumExpExcess0, n);
            for (int i = 0; i < logitsLength; i++) {
                Arrays.fill(intBlock, 0, n, i);
                Blocks.equal(labelBlock, intBlock, block, n);
                gradientOfShortRowsStage2(n, block, exponentials[i], factor, scales, logitsGradientColumns[i]);
            }
            Lanes.gather(logitsColumns, labelBlock, block, n);
            gradientOfShortRowsStage3(n, maxAccumulator0, block, logSumExpExcess0, block2);
            total += Lanes.takeValues(frame, at, block2, n);
            Lanes.clearUnweighted(frame, at, logitsGradientColumns, n);
            Lanes.store(logitsGradientColumns, logitsGradient, at * logitsLength, n);
        }
        return total;
    }

    private static double gradientOfRows(KernelFrame frame, int from, int to) {
        RowSoftmax logSumExpExcessAccumulator0 = new RowSoftmax();
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        float[] logitsGradient = frame.gradient(0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(logitsGradient, unit * logitsLength, unit * logitsLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            logSumExpExcessAccumulator0.start();
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                logSumExpExcessAccumulator0.add(logits, unit * logitsLength + i, n);
            }
            float max0 = logSumExpExcessAccumulator0.max();
            float logSumExpExcess0 = logSumExpExcessAccumulator0.excess();
            int label0 = label[unit];
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                logSumExpExcessAccumulator0.store(i, scale, logitsGradient, unit * logitsLength + i, n);
                Lanes.addAt(label0 - i, -1f * scale, logitsGradient, unit * logitsLength + i, n);
            }
            total += frame.take(unit, logSumExpExcess0 + (max0 - Scalars.entry(logits, unit * logitsLength, label0, logitsLength)));
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
        float[] logSumExpExcess1 = Blocks.floats(size);
        float[][] exponentials = Blocks.columns(logitsLength, size);
        float[] factor = Blocks.floats(size);
        int[] labelBlock = Blocks.ints(size);
        float[] block = Blocks.floats(size);
        float[] block2 = Blocks.floats(size);
        double total = 0;
        for (int at = from; at < to; at += size) {
            int n = Math.min(size, to - at);
            Lanes.load(logits, at * logitsLength, logitsColumns, n);
            System.arraycopy(label, at, labelBlock, 0, n);
            Arrays.fill(maxAccumulator1, 0, n, Float.NEGATIVE_INFINITY);
            for (int i = 0; i < logitsLength; i++) {
                valueOfShortRowsStage(n, maxAccumulator1, logitsColumns[i]);
            }
            LaneSoftmax.compute(logitsColumns, maxAccumulator1, exponentials, factor, logSumExpExcess1, n);
            Lanes.gather(logitsColumns, labelBlock, block, n);
            valueOfShortRowsStage2(n, maxAccumulator1, block, logSumExpExcess1, block2);
            total += Lanes.takeValues(frame, at, block2, n);
        }
        return total;
    }

    private static double valueOfRows(KernelFrame frame, int from, int to) {
        RowSoftmax logSumExpExcessAccumulator1 = new RowSoftmax();
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            logSumExpExcessAccumulator1.start();
            for (int i = 0; i < logitsLength; i += Blocks.SIZE) {
                int n = Math.min(Blocks.SIZE, logitsLength - i);
                logSumExpExcessAccumulator1.add(logits, unit * logitsLength + i, n);
            }
            float max1 = logSumExpExcessAccumulator1.max();
            float logSumExpExcess1 = logSumExpExcessAccumulator1.excess();
            total += frame.take(unit, logSumExpExcess1 + (max1 - Scalars.entry(logits, unit * logitsLength, label[unit], logitsLength)));
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

    private static void gradientOfShortRowsStage2(int n, float[] block, float[] a, float[] factor,
            float[] scales, float[] a2) {
        for (int k = 0; k < n; k++) {
            a2[k] = (block[k] * -1f + a[k] * factor[k]) * scales[k];
        }
    }

    private static void gradientOfShortRowsStage3(int n, float[] maxAccumulator0, float[] block,
            float[] logSumExpExcess0, float[] block2) {
        for (int k = 0; k < n; k++) {
            block2[k] = logSumExpExcess0[k] + (maxAccumulator0[k] - block[k]);
        }
    }

    private static void valueOfShortRowsStage(int n, float[] maxAccumulator1, float[] a) {
        for (int k = 0; k < n; k++) {
            maxAccumulator1[k] = java.lang.Math.max(maxAccumulator1[k], a[k]);
        }
    }

    private static void valueOfShortRowsStage2(int n, float[] maxAccumulator1, float[] block,
            float[] logSumExpExcess1, float[] block2) {
        for (int k = 0; k < n; k++) {
            block2[k] = logSumExpExcess1[k] + (maxAccumulator1[k] - block[k]);
        }
    }
}
