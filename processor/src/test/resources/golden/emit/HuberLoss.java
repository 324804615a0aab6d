package sample;

import dev.lossforge.runtime.internal.kernel.Blocks;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.Lanes;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Generated;

/**
 * The loss {@code Losses.huber} with its gradient.
 *
 * <p>Gradient:
 * <pre>∂p = (|p − y| &lt;= delta ? |p − y| : delta)·sign(p − y)</pre>
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class HuberLoss extends FormulaLoss {
    private static final LossSignature SIGNATURE = new LossSignature("huber", Scope.ELEMENT, List.of(LossInput.prediction("p", 0), LossInput.target("y", LossInput.Type.FLOAT, 0), LossInput.parameter("delta", LossInput.Type.FLOAT, 0).between(0.0, Double.POSITIVE_INFINITY)), List.of(), false);

    /**
     * The formula with {@code delta = 1f}.
     */
    public HuberLoss() {
        this(1f);
    }

    public HuberLoss(float delta) {
        super(SIGNATURE, Tensor.scalar(delta));
    }

    private static double gradientOfElements(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        float delta = frame.floats(2)[0];
        float[] pGradient = frame.gradient(0);
        int size = Math.min(Lanes.ELEMENTS, Math.max(to - from, 1));
        float[] pBlock = Blocks.floats(size);
        float[] yBlock = Blocks.floats(size);
        float[] scales = Blocks.floats(size);
        float[] pGradientBlock = Blocks.floats(size);
        float[] block = Blocks.floats(size);
        float[] block2 = Blocks.floats(size);
        float[] block3 = Blocks.floats(size);
        float[] block4 = Blocks.floats(size);
        float[] block5 = Blocks.floats(size);
        float[] block6 = Blocks.floats(size);
        double total = 0;
        for (int at = from; at < to; at += size) {
            int n = Math.min(size, to - at);
            System.arraycopy(p, at, pBlock, 0, n);
            System.arraycopy(y, at, yBlock, 0, n);
            Lanes.scales(frame, at, scales, n);
            float delta0 = delta;
            Arrays.fill(block, 0, n, delta0);
            gradientOfElementsStage(n, pBlock, yBlock, block2, block3, 0.5f * delta0, delta0, block4, block5);
            Blocks.selectLessOrEqual(block2, block, block3, block4, block6, n);
            Blocks.selectLessOrEqual(block2, block, block2, block, block4, n);
            gradientOfElementsStage2(n, block4, block5, scales, pGradientBlock);
            total += Lanes.takeValues(frame, at, block6, n);
            Lanes.clearUnweighted(frame, at, pGradientBlock, n);
            System.arraycopy(pGradientBlock, 0, pGradient, at, n);
        }
        return total;
    }

    private static double valueOfElements(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        float delta = frame.floats(2)[0];
        int size = Math.min(Lanes.ELEMENTS, Math.max(to - from, 1));
        float[] pBlock = Blocks.floats(size);
        float[] yBlock = Blocks.floats(size);
        float[] block = Blocks.floats(size);
        float[] block2 = Blocks.floats(size);
        float[] block3 = Blocks.floats(size);
        float[] block4 = Blocks.floats(size);
        float[] block5 = Blocks.floats(size);
        double total = 0;
        for (int at = from; at < to; at += size) {
            int n = Math.min(size, to - at);
            System.arraycopy(p, at, pBlock, 0, n);
            System.arraycopy(y, at, yBlock, 0, n);
            float delta1 = delta;
            Arrays.fill(block, 0, n, delta1);
            valueOfElementsStage(n, pBlock, yBlock, block2, block3, 0.5f * delta1, delta1, block4);
            Blocks.selectLessOrEqual(block2, block, block3, block4, block5, n);
            total += Lanes.takeValues(frame, at, block5, n);
        }
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        if (frame.wantsDerivatives()) {
            return gradientOfElements(frame, from, to);
        }
        return valueOfElements(frame, from, to);
    }

    private static void gradientOfElementsStage(int n, float[] pBlock, float[] yBlock,
            float[] block2, float[] block3, float u, float delta0, float[] block4, float[] block5) {
        for (int k = 0; k < n; k++) {
            float x = pBlock[k] - yBlock[k];
            float x2 = java.lang.Math.abs(x);
            block2[k] = x2;
            block3[k] = 0.5f * x * x;
            block4[k] = delta0 * (x2 - u);
            block5[k] = java.lang.Math.signum(x);
        }
    }

    private static void gradientOfElementsStage2(int n, float[] block4, float[] block5,
            float[] scales, float[] pGradientBlock) {
        for (int k = 0; k < n; k++) {
            pGradientBlock[k] = block4[k] * block5[k] * scales[k];
        }
    }

    private static void valueOfElementsStage(int n, float[] pBlock, float[] yBlock, float[] block2,
            float[] block3, float u, float delta1, float[] block4) {
        for (int k = 0; k < n; k++) {
            float x = pBlock[k] - yBlock[k];
            float x2 = java.lang.Math.abs(x);
            block2[k] = x2;
            block3[k] = 0.5f * x * x;
            block4[k] = delta1 * (x2 - u);
        }
    }
}
