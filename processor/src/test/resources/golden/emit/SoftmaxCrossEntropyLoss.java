package sample;

import dev.lossforge.runtime.internal.kernel.Block;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.Pieces;
import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.internal.kernel.Tables;
import dev.lossforge.runtime.internal.kernel.VectorModule;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
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
    private static final LossSignature SIGNATURE = new LossSignature("softmaxCrossEntropy", LossSignature.Scope.SAMPLE, List.of(LossSignature.Input.prediction("logits", 1), LossSignature.Input.target("label", LossSignature.Input.Type.INT, 0)), List.of(), false);

    private static final boolean VECTORS = VectorModule.isPresent();

    static {
        if (VECTORS) {
            SoftmaxCrossEntropyLoss.class.getModule().addReads(VectorModule.get());
        }
    }

    public SoftmaxCrossEntropyLoss() {
        super(SIGNATURE);
    }

    private static double gradientOfRows(KernelFrame frame, int from, int to) {
        float[] logits = frame.floats(0);
        int logitsLength = frame.extent(0, 0);
        float[] expTable0 = new float[logitsLength];
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
            float maxAccumulator0 = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < logitsLength; i++) {
                maxAccumulator0 = Math.max(maxAccumulator0, logits[unit * logitsLength + i]);
            }
            float max0 = maxAccumulator0;
            double sumAccumulator0 = 0;
            double sumAccumulator1 = 0;
            for (int i = 0; i < logitsLength; i++) {
                float logits0 = logits[unit * logitsLength + i];
                float exp0 = Scalars.exp(logits0 - max0);
                expTable0[i] = exp0;
                sumAccumulator0 += logits0 >= max0 ? 1f : 0f;
                sumAccumulator1 += logits0 >= max0 ? 0f : exp0;
            }
            float sum0 = (float) sumAccumulator0;
            float sum1 = (float) sumAccumulator1;
            int label0 = label[unit];
            float divide0 = 1f / (sum0 + sum1);
            for (int i = 0; i < logitsLength; i++) {
                float expTable00 = expTable0[i];
                logitsGradient[unit * logitsLength + i] = ((label0 == i ? -1f : 0f) + expTable00 * divide0) * scale;
            }
            total += frame.take(unit, Scalars.log1p(sum0 - 1f + sum1) + (max0 - Scalars.entry(logits, unit * logitsLength, label0, logitsLength)));
        }
        return total;
    }

    private static double gradientInTiles(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        float[] logitsGradient = frame.gradient(0);
        int size = Block.units(logitsLength + logitsLength + logitsLength, to - from);
        float[] maxAccumulator0 = Block.floats(size);
        float[] logitsColumns = Tables.columns(logitsLength * size);
        float[] sumAccumulator0 = Block.floats(size);
        float[] sumAccumulator1 = Block.floats(size);
        float[] expTable0 = Tables.columns(logitsLength * size);
        int[] label0 = Block.ints(size);
        float[] divide0 = Block.floats(size);
        float[] logitsGradientColumns = Tables.columns(logitsLength * size);
        float[] computed = Block.floats(size);
        double[] results = new double[1];
        float[] weights = frame.weights() == null ? Block.ones(size) : frame.weights();
        float scale = frame.scale();
        float[] values = frame.values() == null ? Block.floats(size) : frame.values();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            SoftmaxCrossEntropyLossVectors.toColumns(logits, at * logitsLength, logitsLength, logitsColumns, size, n);
            int weightsAt = frame.weights() == null ? 0 : at;
            int valuesAt = frame.values() == null ? 0 : at;
            SoftmaxCrossEntropyLossVectors.gradientInTiles(n, maxAccumulator0);
            for (int i = 0; i < logitsLength; i++) {
                int offset = i * size;
                SoftmaxCrossEntropyLossVectors.gradientInTiles2(offset, n, maxAccumulator0, logitsColumns);
            }
            SoftmaxCrossEntropyLossVectors.gradientInTiles3(n, sumAccumulator0, sumAccumulator1);
            for (int i = 0; i < logitsLength; i++) {
                int offset2 = i * size;
                SoftmaxCrossEntropyLossVectors.gradientInTiles4(offset2, n, logitsColumns, maxAccumulator0, sumAccumulator0, sumAccumulator1, expTable0);
            }
            SoftmaxCrossEntropyLossVectors.gradientInTiles5(at, n, sumAccumulator0, sumAccumulator1, label, label0, divide0);
            for (int i = 0; i < logitsLength; i++) {
                int offset3 = i * size;
                SoftmaxCrossEntropyLossVectors.gradientInTiles6(offset3, n, label0, i, expTable0, divide0, weights, weightsAt, scale, logitsGradientColumns);
            }
            for (int k = 0; k < n; k++) {
                int unit = at + k;
                computed[k] = Scalars.entry(logits, unit * logitsLength, label0[k], logitsLength);
            }
            SoftmaxCrossEntropyLossVectors.gradientInTiles7(weightsAt, n, sumAccumulator0, sumAccumulator1, maxAccumulator0, computed, weights, values, valuesAt, results);
            total += results[0];
            SoftmaxCrossEntropyLossVectors.toRows(logitsGradientColumns, size, logitsGradient, at * logitsLength, logitsLength, n);
        }
        Tables.giveBack(logitsColumns, expTable0, logitsGradientColumns);
        return total;
    }

    private static double gradientInVectors(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        float[] expTable0 = Tables.floats(logitsLength);
        int[] label = frame.ints(1);
        float[] logitsGradient = frame.gradient(0);
        double[] results = new double[2];
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(logitsGradient, unit * logitsLength, unit * logitsLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            float maxAccumulator0 = Float.NEGATIVE_INFINITY;
            for (int start = 0; start < logitsLength; start += Block.SIZE) {
                int n = Math.min(Block.SIZE, logitsLength - start);
                int offset = unit * logitsLength + start;
                SoftmaxCrossEntropyLossVectors.gradientInVectors(offset, n, logits, results);
                maxAccumulator0 = Math.max(maxAccumulator0, (float) results[0]);
            }
            float max0 = maxAccumulator0;
            double sumAccumulator0 = 0;
            double sumAccumulator1 = 0;
            for (int start2 = 0; start2 < logitsLength; start2 += Block.SIZE) {
                int n = Math.min(Block.SIZE, logitsLength - start2);
                int offset2 = unit * logitsLength + start2;
                int offset3 = start2;
                SoftmaxCrossEntropyLossVectors.gradientInVectors2(offset2, n, logits, max0, expTable0, offset3, results);
                sumAccumulator0 += results[0];
                sumAccumulator1 += results[1];
            }
            float sum0 = (float) sumAccumulator0;
            float sum1 = (float) sumAccumulator1;
            int label0 = label[unit];
            float divide0 = 1f / (sum0 + sum1);
            for (int start3 = 0; start3 < logitsLength; start3 += Block.SIZE) {
                int n = Math.min(Block.SIZE, logitsLength - start3);
                int offset4 = start3;
                int offset5 = unit * logitsLength + start3;
                SoftmaxCrossEntropyLossVectors.gradientInVectors3(offset4, n, start3, label0, expTable0, divide0, scale, logitsGradient, offset5);
            }
            total += frame.take(unit, Scalars.log1p(sum0 - 1f + sum1) + (max0 - Scalars.entry(logits, unit * logitsLength, label0, logitsLength)));
        }
        Tables.giveBack(expTable0);
        return total;
    }

    private static double valueOfRows(KernelFrame frame, int from, int to) {
        float[] logits = frame.floats(0);
        int logitsLength = frame.extent(0, 0);
        int[] label = frame.ints(1);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            float maxAccumulator1 = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < logitsLength; i++) {
                maxAccumulator1 = Math.max(maxAccumulator1, logits[unit * logitsLength + i]);
            }
            float max1 = maxAccumulator1;
            double sumAccumulator2 = 0;
            double sumAccumulator3 = 0;
            for (int i = 0; i < logitsLength; i++) {
                float logits1 = logits[unit * logitsLength + i];
                sumAccumulator2 += logits1 >= max1 ? 1f : 0f;
                sumAccumulator3 += logits1 >= max1 ? 0f : Scalars.exp(logits1 - max1);
            }
            float sum2 = (float) sumAccumulator2;
            float sum3 = (float) sumAccumulator3;
            total += frame.take(unit, Scalars.log1p(sum2 - 1f + sum3) + (max1 - Scalars.entry(logits, unit * logitsLength, label[unit], logitsLength)));
        }
        return total;
    }

    private static double valueInTiles(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        int size = Block.units(logitsLength, to - from);
        float[] maxAccumulator1 = Block.floats(size);
        float[] logitsColumns = Tables.columns(logitsLength * size);
        float[] sumAccumulator2 = Block.floats(size);
        float[] sumAccumulator3 = Block.floats(size);
        float[] computed = Block.floats(size);
        double[] results = new double[1];
        float[] weights = frame.weights() == null ? Block.ones(size) : frame.weights();
        float[] values = frame.values() == null ? Block.floats(size) : frame.values();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            SoftmaxCrossEntropyLossVectors.toColumns(logits, at * logitsLength, logitsLength, logitsColumns, size, n);
            int weightsAt = frame.weights() == null ? 0 : at;
            int valuesAt = frame.values() == null ? 0 : at;
            SoftmaxCrossEntropyLossVectors.valueInTiles(n, maxAccumulator1);
            for (int i = 0; i < logitsLength; i++) {
                int offset = i * size;
                SoftmaxCrossEntropyLossVectors.valueInTiles2(offset, n, maxAccumulator1, logitsColumns);
            }
            SoftmaxCrossEntropyLossVectors.valueInTiles3(n, sumAccumulator2, sumAccumulator3);
            for (int i = 0; i < logitsLength; i++) {
                int offset2 = i * size;
                SoftmaxCrossEntropyLossVectors.valueInTiles4(offset2, n, maxAccumulator1, logitsColumns, sumAccumulator2, sumAccumulator3);
            }
            for (int k = 0; k < n; k++) {
                int unit = at + k;
                computed[k] = Scalars.entry(logits, unit * logitsLength, label[unit], logitsLength);
            }
            SoftmaxCrossEntropyLossVectors.valueInTiles5(weightsAt, n, sumAccumulator2, sumAccumulator3, maxAccumulator1, computed, weights, values, valuesAt, results);
            total += results[0];
        }
        Tables.giveBack(logitsColumns);
        return total;
    }

    private static double valueInVectors(KernelFrame frame, int from, int to) {
        int logitsLength = frame.extent(0, 0);
        float[] logits = frame.floats(0);
        int[] label = frame.ints(1);
        double[] results = new double[2];
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            float maxAccumulator1 = Float.NEGATIVE_INFINITY;
            for (int start = 0; start < logitsLength; start += Block.SIZE) {
                int n = Math.min(Block.SIZE, logitsLength - start);
                int offset = unit * logitsLength + start;
                SoftmaxCrossEntropyLossVectors.valueInVectors(offset, n, logits, results);
                maxAccumulator1 = Math.max(maxAccumulator1, (float) results[0]);
            }
            float max1 = maxAccumulator1;
            double sumAccumulator2 = 0;
            double sumAccumulator3 = 0;
            for (int start2 = 0; start2 < logitsLength; start2 += Block.SIZE) {
                int n = Math.min(Block.SIZE, logitsLength - start2);
                int offset2 = unit * logitsLength + start2;
                SoftmaxCrossEntropyLossVectors.valueInVectors2(offset2, n, max1, logits, results);
                sumAccumulator2 += results[0];
                sumAccumulator3 += results[1];
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
            if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
                if (frame.extent(0, 0) <= 16) {
                    return gradientInTiles(frame, from, to);
                }
                return Pieces.run(frame, from, to, frame.unitSize(0), SoftmaxCrossEntropyLoss::gradientInVectors);
            }
            return gradientOfRows(frame, from, to);
        }
        if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
            if (frame.extent(0, 0) <= 16) {
                return valueInTiles(frame, from, to);
            }
            return Pieces.run(frame, from, to, frame.unitSize(0), SoftmaxCrossEntropyLoss::valueInVectors);
        }
        return valueOfRows(frame, from, to);
    }
}
