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
 * The loss {@code Losses.recurrence} with its gradient.
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class RecurrenceLoss extends FormulaLoss {
    private static final LossSignature SIGNATURE = new LossSignature("recurrence", LossSignature.Scope.SAMPLE, List.of(LossSignature.Input.prediction("p", 1), LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 1)), List.of(new LossSignature.EqualExtents(0, 0, 1, 0)), false);

    private static final boolean VECTORS = VectorModule.isPresent();

    static {
        if (VECTORS) {
            RecurrenceLoss.class.getModule().addReads(VectorModule.get());
        }
    }

    public RecurrenceLoss() {
        super(SIGNATURE);
    }

    private static double gradientOfRows(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] state0 = new float[(pLength + 1)];
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        float[] subtractTable0 = new float[pLength];
        float[] multiplyTable0 = new float[pLength];
        float[] multiplyTable1 = new float[pLength];
        float[] state1 = new float[(pLength + 1)];
        float[] pGradient = frame.gradient(0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(pGradient, unit * pLength, unit * pLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            state0[0] = 0f;
            for (int i = 0; i < pLength; i++) {
                float state00 = state0[i];
                state0[i + 1] = Scalars.tanh(0.5f * state00 + p[unit * pLength + i]);
            }
            double sumAccumulator0 = 0;
            for (int i = 0; i < pLength; i++) {
                float state01 = state0[i + 1];
                float subtract0 = state01 - y[unit * yLength + i];
                subtractTable0[i] = subtract0;
                float multiply0 = 2f * subtract0;
                multiplyTable0[i] = multiply0;
                float state02 = state0[i];
                float multiply1 = 2f * (0.5f * state02 + p[unit * pLength + i]);
                float multiply2 = 4f * (Scalars.sigmoid(multiply1) * Scalars.sigmoid(-multiply1));
                multiplyTable1[i] = multiply2;
                sumAccumulator0 += Scalars.square(subtract0);
            }
            float sum0 = (float) sumAccumulator0;
            state1[pLength] = 0f;
            for (int i = pLength - 1; i >= 0; i--) {
                float multiplyTable00 = multiplyTable0[i];
                float state10 = state1[i + 1];
                float add0 = multiplyTable00 + state10;
                float multiplyTable10 = multiplyTable1[i];
                state1[i] = add0 == 0f ? 0f : 0.5f * (add0 * multiplyTable10);
            }
            for (int i = 0; i < pLength; i++) {
                float subtractTable00 = subtractTable0[i];
                float state11 = state1[i + 1];
                float add1 = 2f * subtractTable00 + state11;
                float state03 = state0[i];
                float multiply3 = 2f * (0.5f * state03 + p[unit * pLength + i]);
                pGradient[unit * pLength + i] = (add1 == 0f ? 0f : add1 * (4f * (Scalars.sigmoid(multiply3) * Scalars.sigmoid(-multiply3)))) * scale;
            }
            total += frame.take(unit, sum0);
        }
        return total;
    }

    private static double gradientInTiles(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] p = frame.floats(0);
        int yLength = frame.extent(1, 0);
        float[] y = frame.floats(1);
        float[] pGradient = frame.gradient(0);
        int size = Block.units((pLength + 1) + pLength + yLength + pLength + pLength + pLength + (pLength + 1) + pLength, to - from);
        float[] state0 = Tables.columns((pLength + 1) * size);
        float[] pColumns = Tables.columns(pLength * size);
        float[] sumAccumulator0 = Block.floats(size);
        float[] yColumns = Tables.columns(yLength * size);
        float[] subtractTable0 = Tables.columns(pLength * size);
        float[] multiplyTable0 = Tables.columns(pLength * size);
        float[] multiplyTable1 = Tables.columns(pLength * size);
        float[] state1 = Tables.columns((pLength + 1) * size);
        float[] pGradientColumns = Tables.columns(pLength * size);
        double[] results = new double[1];
        float[] weights = frame.weights() == null ? Block.ones(size) : frame.weights();
        float scale = frame.scale();
        float[] values = frame.values() == null ? Block.floats(size) : frame.values();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            RecurrenceLossVectors.toColumns(p, at * pLength, pLength, pColumns, size, n);
            RecurrenceLossVectors.toColumns(y, at * yLength, yLength, yColumns, size, n);
            int weightsAt = frame.weights() == null ? 0 : at;
            int valuesAt = frame.values() == null ? 0 : at;
            int offset = 0 * size;
            RecurrenceLossVectors.gradientInTiles(offset, n, state0);
            for (int i = 0; i < pLength; i++) {
                int offset2 = i * size;
                int offset3 = (i + 1) * size;
                RecurrenceLossVectors.gradientInTiles2(offset2, n, state0, pColumns, offset3);
            }
            RecurrenceLossVectors.gradientInTiles3(n, sumAccumulator0);
            for (int i = 0; i < pLength; i++) {
                int offset4 = (i + 1) * size;
                int offset5 = i * size;
                RecurrenceLossVectors.gradientInTiles4(offset4, n, state0, yColumns, offset5, pColumns, sumAccumulator0, subtractTable0, multiplyTable0, multiplyTable1);
            }
            int offset6 = pLength * size;
            RecurrenceLossVectors.gradientInTiles5(offset6, n, state1);
            for (int i = pLength - 1; i >= 0; i--) {
                int offset7 = i * size;
                int offset8 = (i + 1) * size;
                RecurrenceLossVectors.gradientInTiles6(offset7, n, multiplyTable0, state1, offset8, multiplyTable1);
            }
            for (int i = 0; i < pLength; i++) {
                int offset9 = i * size;
                int offset10 = (i + 1) * size;
                RecurrenceLossVectors.gradientInTiles7(offset9, n, subtractTable0, state1, offset10, state0, pColumns, weights, weightsAt, scale, pGradientColumns);
            }
            RecurrenceLossVectors.gradientInTiles8(weightsAt, n, sumAccumulator0, weights, values, valuesAt, results);
            total += results[0];
            RecurrenceLossVectors.toRows(pGradientColumns, size, pGradient, at * pLength, pLength, n);
        }
        Tables.giveBack(state0, pColumns, yColumns, subtractTable0, multiplyTable0, multiplyTable1, state1, pGradientColumns);
        return total;
    }

    private static double gradientInVectors(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] state0 = Tables.floats((pLength + 1));
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        float[] subtractTable0 = Tables.floats(pLength);
        float[] multiplyTable0 = Tables.floats(pLength);
        float[] multiplyTable1 = Tables.floats(pLength);
        float[] state1 = Tables.floats((pLength + 1));
        float[] pGradient = frame.gradient(0);
        double[] results = new double[1];
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                Arrays.fill(pGradient, unit * pLength, unit * pLength + frame.unitSize(0), 0f);
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            state0[0] = 0f;
            for (int i = 0; i < pLength; i++) {
                float state00 = state0[i];
                state0[i + 1] = Scalars.tanh(0.5f * state00 + p[unit * pLength + i]);
            }
            double sumAccumulator0 = 0;
            for (int start = 0; start < pLength; start += Block.SIZE) {
                int n = Math.min(Block.SIZE, pLength - start);
                int offset = start + 1;
                int offset2 = unit * yLength + start;
                int offset3 = start;
                int offset4 = unit * pLength + start;
                RecurrenceLossVectors.gradientInVectors(offset, n, state0, y, offset2, offset3, p, offset4, subtractTable0, multiplyTable0, multiplyTable1, results);
                sumAccumulator0 += results[0];
            }
            float sum0 = (float) sumAccumulator0;
            state1[pLength] = 0f;
            for (int i = pLength - 1; i >= 0; i--) {
                float multiplyTable00 = multiplyTable0[i];
                float state10 = state1[i + 1];
                float add0 = multiplyTable00 + state10;
                float multiplyTable10 = multiplyTable1[i];
                state1[i] = add0 == 0f ? 0f : 0.5f * (add0 * multiplyTable10);
            }
            for (int start2 = 0; start2 < pLength; start2 += Block.SIZE) {
                int n = Math.min(Block.SIZE, pLength - start2);
                int offset5 = start2;
                int offset6 = start2 + 1;
                int offset7 = unit * pLength + start2;
                RecurrenceLossVectors.gradientInVectors2(offset5, n, subtractTable0, state1, offset6, state0, p, offset7, scale, pGradient);
            }
            total += frame.take(unit, sum0);
        }
        Tables.giveBack(state0, subtractTable0, multiplyTable0, multiplyTable1, state1);
        return total;
    }

    private static double valueOfRows(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] state2 = new float[(pLength + 1)];
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            state2[0] = 0f;
            for (int i = 0; i < pLength; i++) {
                float state20 = state2[i];
                state2[i + 1] = Scalars.tanh(0.5f * state20 + p[unit * pLength + i]);
            }
            double sumAccumulator1 = 0;
            for (int i = 0; i < pLength; i++) {
                float state21 = state2[i + 1];
                sumAccumulator1 += Scalars.square(state21 - y[unit * yLength + i]);
            }
            float sum1 = (float) sumAccumulator1;
            total += frame.take(unit, sum1);
        }
        return total;
    }

    private static double valueInTiles(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] p = frame.floats(0);
        int yLength = frame.extent(1, 0);
        float[] y = frame.floats(1);
        int size = Block.units((pLength + 1) + pLength + yLength, to - from);
        float[] state2 = Tables.columns((pLength + 1) * size);
        float[] pColumns = Tables.columns(pLength * size);
        float[] sumAccumulator1 = Block.floats(size);
        float[] yColumns = Tables.columns(yLength * size);
        double[] results = new double[1];
        float[] weights = frame.weights() == null ? Block.ones(size) : frame.weights();
        float[] values = frame.values() == null ? Block.floats(size) : frame.values();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            RecurrenceLossVectors.toColumns(p, at * pLength, pLength, pColumns, size, n);
            RecurrenceLossVectors.toColumns(y, at * yLength, yLength, yColumns, size, n);
            int weightsAt = frame.weights() == null ? 0 : at;
            int valuesAt = frame.values() == null ? 0 : at;
            int offset = 0 * size;
            RecurrenceLossVectors.valueInTiles(offset, n, state2);
            for (int i = 0; i < pLength; i++) {
                int offset2 = i * size;
                int offset3 = (i + 1) * size;
                RecurrenceLossVectors.valueInTiles2(offset2, n, state2, pColumns, offset3);
            }
            RecurrenceLossVectors.valueInTiles3(n, sumAccumulator1);
            for (int i = 0; i < pLength; i++) {
                int offset4 = (i + 1) * size;
                int offset5 = i * size;
                RecurrenceLossVectors.valueInTiles4(offset4, n, state2, yColumns, offset5, sumAccumulator1);
            }
            RecurrenceLossVectors.valueInTiles5(weightsAt, n, sumAccumulator1, weights, values, valuesAt, results);
            total += results[0];
        }
        Tables.giveBack(state2, pColumns, yColumns);
        return total;
    }

    private static double valueInVectors(KernelFrame frame, int from, int to) {
        int pLength = frame.extent(0, 0);
        float[] state2 = Tables.floats((pLength + 1));
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yLength = frame.extent(1, 0);
        double[] results = new double[1];
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            state2[0] = 0f;
            for (int i = 0; i < pLength; i++) {
                float state20 = state2[i];
                state2[i + 1] = Scalars.tanh(0.5f * state20 + p[unit * pLength + i]);
            }
            double sumAccumulator1 = 0;
            for (int start = 0; start < pLength; start += Block.SIZE) {
                int n = Math.min(Block.SIZE, pLength - start);
                int offset = start + 1;
                int offset2 = unit * yLength + start;
                RecurrenceLossVectors.valueInVectors(offset, n, state2, y, offset2, results);
                sumAccumulator1 += results[0];
            }
            float sum1 = (float) sumAccumulator1;
            total += frame.take(unit, sum1);
        }
        Tables.giveBack(state2);
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        if (frame.wantsDerivatives()) {
            if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
                if (frame.extent(0, 0) <= 16 && frame.extent(1, 0) <= 16) {
                    return gradientInTiles(frame, from, to);
                }
                return Pieces.run(frame, from, to, frame.unitSize(0), RecurrenceLoss::gradientInVectors);
            }
            return gradientOfRows(frame, from, to);
        }
        if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
            if (frame.extent(0, 0) <= 16 && frame.extent(1, 0) <= 16) {
                return valueInTiles(frame, from, to);
            }
            return Pieces.run(frame, from, to, frame.unitSize(0), RecurrenceLoss::valueInVectors);
        }
        return valueOfRows(frame, from, to);
    }
}
