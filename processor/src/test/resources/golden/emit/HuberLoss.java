package sample;

import dev.lossforge.runtime.internal.kernel.Block;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.VectorModule;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tensor.Tensor;
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
    private static final LossSignature SIGNATURE = new LossSignature("huber", LossSignature.Scope.ELEMENT, List.of(LossSignature.Input.prediction("p", 0), LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0), LossSignature.Input.parameter("delta", LossSignature.Input.Type.FLOAT, 0).between(0.0, Double.POSITIVE_INFINITY)), List.of(), false);

    private static final boolean VECTORS = VectorModule.isPresent();

    static {
        if (VECTORS) {
            HuberLoss.class.getModule().addReads(VectorModule.get());
        }
    }

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
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                pGradient[unit] = 0f;
                frame.take(unit, 0f);
                continue;
            }
            float scale = frame.scale(unit);
            float subtract0 = p[unit] - y[unit];
            float abs0 = Math.abs(subtract0);
            float delta0 = delta;
            total += frame.take(unit, abs0 <= delta0 ? 0.5f * subtract0 * subtract0 : delta0 * (abs0 - 0.5f * delta0));
            pGradient[unit] = (abs0 <= delta0 ? abs0 : delta0) * Math.signum(subtract0) * scale;
        }
        return total;
    }

    private static double gradientInTiles(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        float delta = frame.floats(2)[0];
        float[] pGradient = frame.gradient(0);
        int size = Block.units(1, to - from);
        double[] results = new double[1];
        float[] weights = frame.weights() == null ? Block.ones(size) : frame.weights();
        float[] values = frame.values() == null ? Block.floats(size) : frame.values();
        float scale = frame.scale();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            int weightsAt = frame.weights() == null ? 0 : at;
            int valuesAt = frame.values() == null ? 0 : at;
            float delta0 = delta;
            float u = 0.5f * delta0;
            HuberLossVectors.gradientInTiles(at, n, p, y, u, delta0, weights, weightsAt, scale, values, valuesAt, pGradient, results);
            total += results[0];
        }
        return total;
    }

    private static double gradientOfEqualUnits(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        float delta = frame.floats(2)[0];
        float[] pGradient = frame.gradient(0);
        int size = Block.units(1, to - from);
        double[] results = new double[1];
        float scale = frame.scale();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            float delta0 = delta;
            float u = 0.5f * delta0;
            HuberLossVectors.gradientOfEqualUnits(at, n, p, y, u, delta0, scale, pGradient, results);
            total += results[0];
        }
        return total;
    }

    private static double valueOfElements(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        float delta = frame.floats(2)[0];
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            if (frame.weight(unit) == 0) {
                frame.take(unit, 0f);
                continue;
            }
            float subtract1 = p[unit] - y[unit];
            float abs1 = Math.abs(subtract1);
            float delta1 = delta;
            total += frame.take(unit, abs1 <= delta1 ? 0.5f * subtract1 * subtract1 : delta1 * (abs1 - 0.5f * delta1));
        }
        return total;
    }

    private static double valueInTiles(KernelFrame frame, int from, int to) {
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        float delta = frame.floats(2)[0];
        int size = Block.units(1, to - from);
        double[] results = new double[1];
        float[] weights = frame.weights() == null ? Block.ones(size) : frame.weights();
        float[] values = frame.values() == null ? Block.floats(size) : frame.values();
        double total = 0;
        for (int at = from, n; at < to; at += n) {
            n = Block.next(size, to - at);
            int weightsAt = frame.weights() == null ? 0 : at;
            int valuesAt = frame.values() == null ? 0 : at;
            float delta1 = delta;
            float u = 0.5f * delta1;
            HuberLossVectors.valueInTiles(at, n, p, y, u, delta1, weights, weightsAt, values, valuesAt, results);
            total += results[0];
        }
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        if (frame.wantsDerivatives()) {
            if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
                if (frame.sumsEqualUnits() && Block.fillsVector(to - from)) {
                    return gradientOfEqualUnits(frame, from, to);
                }
                return gradientInTiles(frame, from, to);
            }
            return gradientOfElements(frame, from, to);
        }
        if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
            return valueInTiles(frame, from, to);
        }
        return valueOfElements(frame, from, to);
    }
}
