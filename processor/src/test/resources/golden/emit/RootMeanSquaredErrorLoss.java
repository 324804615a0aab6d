package sample;

import dev.lossforge.runtime.internal.kernel.Blocks;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Scope;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The loss {@code Losses.rootMeanSquaredError} with its gradient.
 *
 * <p>Gradient:
 * <pre>∂p[k][l] = (√(Σ[j &lt; |p|] Σ[i &lt; |p[]|] (p[j][i] − y[j][i])² / |p[]| / |p|) &gt; 0 ? 0.5 / √(Σ[j &lt; |p|] Σ[i &lt; |p[]|] (p[j][i] − y[j][i])² / |p[]| / |p|) / |p| / |p[]|·2·(p[k][l] − y[k][l]) : nanOrZero(√(Σ[j &lt; |p|] Σ[i &lt; |p[]|] (p[j][i] − y[j][i])² / |p[]| / |p|)))</pre>
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class RootMeanSquaredErrorLoss extends FormulaLoss {
    private static final LossSignature SIGNATURE = new LossSignature("rootMeanSquaredError", Scope.BATCH, List.of(LossInput.prediction("p", 2), LossInput.target("y", LossInput.Type.FLOAT, 2)), List.of(new LossSignature.EqualExtents(0, 0, 1, 0), new LossSignature.EqualExtents(0, 1, 1, 1)), false);

    public RootMeanSquaredErrorLoss() {
        super(SIGNATURE);
    }

    private static double gradientOfBatch(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        int pRows = frame.extent(0, 0);
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yColumns = frame.extent(1, 1);
        float[] pGradient = frame.gradient(0);
        float[] block = Blocks.floats(Blocks.SIZE);
        float[] block2 = Blocks.floats(Blocks.SIZE);
        float[] block3 = Blocks.floats(Blocks.SIZE);
        float[] constant = Blocks.filled(0f, Blocks.SIZE);
        float[] block4 = Blocks.floats(Blocks.SIZE);
        float[] block5 = Blocks.floats(Blocks.SIZE);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            float scale = frame.scale(unit);
            double sumAccumulator0 = 0;
            float toFloat0 = (float) pColumns;
            for (int i = 0; i < pRows; i++) {
                double sumAccumulator1 = 0;
                for (int i2 = 0; i2 < pColumns; i2 += Blocks.SIZE) {
                    int n = Math.min(Blocks.SIZE, pColumns - i2);
                    System.arraycopy(p, i * pColumns + i2, block, 0, n);
                    System.arraycopy(y, i * yColumns + i2, block2, 0, n);
                    gradientOfBatchStage(n, block, block2, block3);
                    sumAccumulator1 += Blocks.sum(block3, n);
                }
                float sum0 = (float) sumAccumulator1;
                sumAccumulator0 += sum0 / toFloat0;
            }
            float sum1 = (float) sumAccumulator0;
            float toFloat1 = (float) pRows;
            float sqrt0 = (float) Math.sqrt(sum1 / toFloat1);
            float divide0 = 0.5f / sqrt0 / toFloat1 / toFloat0;
            float nanOrZero0 = Scalars.nanOrZero(sqrt0);
            for (int i = 0; i < pRows; i++) {
                for (int i2 = 0; i2 < pColumns; i2 += Blocks.SIZE) {
                    int n = Math.min(Blocks.SIZE, pColumns - i2);
                    System.arraycopy(p, i * pColumns + i2, block3, 0, n);
                    System.arraycopy(y, i * yColumns + i2, block2, 0, n);
                    Arrays.fill(block, 0, n, sqrt0);
                    Arrays.fill(block4, 0, n, nanOrZero0);
                    gradientOfBatchStage2(n, block3, block2, divide0, block5);
                    Blocks.selectLess(constant, block, block5, block4, block2, n);
                    gradientOfBatchStage3(n, block2, scale, block5);
                    System.arraycopy(block5, 0, pGradient, i * pColumns + i2, n);
                }
            }
            total += frame.take(unit, sqrt0);
        }
        return total;
    }

    private static double valueOfBatch(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        int pRows = frame.extent(0, 0);
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yColumns = frame.extent(1, 1);
        float[] block = Blocks.floats(Blocks.SIZE);
        float[] block2 = Blocks.floats(Blocks.SIZE);
        float[] block3 = Blocks.floats(Blocks.SIZE);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            double sumAccumulator2 = 0;
            float toFloat2 = (float) pColumns;
            for (int i = 0; i < pRows; i++) {
                double sumAccumulator3 = 0;
                for (int i2 = 0; i2 < pColumns; i2 += Blocks.SIZE) {
                    int n = Math.min(Blocks.SIZE, pColumns - i2);
                    System.arraycopy(p, i * pColumns + i2, block, 0, n);
                    System.arraycopy(y, i * yColumns + i2, block2, 0, n);
                    valueOfBatchStage(n, block, block2, block3);
                    sumAccumulator3 += Blocks.sum(block3, n);
                }
                float sum2 = (float) sumAccumulator3;
                sumAccumulator2 += sum2 / toFloat2;
            }
            float sum3 = (float) sumAccumulator2;
            total += frame.take(unit, (float) Math.sqrt(sum3 / (float) pRows));
        }
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        if (frame.wantsDerivatives()) {
            return gradientOfBatch(frame, from, to);
        }
        return valueOfBatch(frame, from, to);
    }

    private static void gradientOfBatchStage(int n, float[] block, float[] block2, float[] block3) {
        for (int k = 0; k < n; k++) {
            float x = block[k] - block2[k];
            block3[k] = x * x;
        }
    }

    private static void gradientOfBatchStage2(int n, float[] block3, float[] block2, float divide0,
            float[] block5) {
        for (int k = 0; k < n; k++) {
            block5[k] = divide0 * (2f * (block3[k] - block2[k]));
        }
    }

    private static void gradientOfBatchStage3(int n, float[] block2, float scale, float[] block5) {
        for (int k = 0; k < n; k++) {
            block5[k] = block2[k] * scale;
        }
    }

    private static void valueOfBatchStage(int n, float[] block, float[] block2, float[] block3) {
        for (int k = 0; k < n; k++) {
            float x = block[k] - block2[k];
            block3[k] = x * x;
        }
    }
}
