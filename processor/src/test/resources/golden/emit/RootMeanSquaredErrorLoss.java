package sample;

import dev.lossforge.runtime.internal.kernel.Block;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.Parallel;
import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.internal.kernel.VectorModule;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
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
    private static final LossSignature SIGNATURE = new LossSignature("rootMeanSquaredError", LossSignature.Scope.BATCH, List.of(LossSignature.Input.prediction("p", 2), LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 2)), List.of(new LossSignature.EqualExtents(0, 0, 1, 0), new LossSignature.EqualExtents(0, 1, 1, 1)), false);

    private static final boolean VECTORS = VectorModule.isPresent();

    static {
        if (VECTORS) {
            RootMeanSquaredErrorLoss.class.getModule().addReads(VectorModule.get());
        }
    }

    public RootMeanSquaredErrorLoss() {
        super(SIGNATURE);
    }

    private static double gradientOfBatch(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yColumns = frame.extent(1, 1);
        int pRows = frame.extent(0, 0);
        float[] pGradient = frame.gradient(0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            float scale = frame.scale(unit);
            double sumAccumulator0 = 0;
            float toFloat0 = (float) pColumns;
            for (int i = 0; i < pRows; i++) {
                double sumAccumulator1 = 0;
                for (int i2 = 0; i2 < pColumns; i2++) {
                    sumAccumulator1 += Scalars.square(p[i * pColumns + i2] - y[i * yColumns + i2]);
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
                for (int i2 = 0; i2 < pColumns; i2++) {
                    pGradient[i * pColumns + i2] = (sqrt0 > 0f ? divide0 * (2f * (p[i * pColumns + i2] - y[i * yColumns + i2])) : nanOrZero0) * scale;
                }
            }
            total += frame.take(unit, sqrt0);
        }
        return total;
    }

    private static double gradientInStrips(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        float[] p = frame.floats(0);
        int yColumns = frame.extent(1, 1);
        float[] y = frame.floats(1);
        int pRows = frame.extent(0, 0);
        float[] pGradient = frame.gradient(0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            float scale = frame.scale(unit);
            double sumAccumulator0 = 0;
            float toFloat0 = (float) pColumns;
            int parts = Parallel.parts(pRows, 4L * pRows * pColumns);
            boolean[] failed = new boolean[1];
            double[] partial = new double[parts * 1];
            Parallel.run(parts, pRows, (part, first, last) -> {
                float[] sumAccumulator1 = Block.floats(Block.SIZE);
                float[] pColumns2 = Block.floats(pColumns * Block.SIZE);
                float[] yColumns2 = Block.floats(yColumns * Block.SIZE);
                double[] results2 = new double[1];
                double sumAccumulator02 = 0;
                for (int start = first; start < last; start += Block.SIZE) {
                    int n = Math.min(Block.SIZE, last - start);
                    RootMeanSquaredErrorLossVectors.toColumns(p, start * pColumns, pColumns, pColumns2, Block.SIZE, n);
                    RootMeanSquaredErrorLossVectors.toColumns(y, start * yColumns, yColumns, yColumns2, Block.SIZE, n);
                    RootMeanSquaredErrorLossVectors.gradientInStrips(n, sumAccumulator1);
                    for (int i = 0; i < pColumns; i++) {
                        int offset = i * Block.SIZE;
                        RootMeanSquaredErrorLossVectors.gradientInStrips2(offset, n, pColumns2, yColumns2, sumAccumulator1);
                    }
                    if (!Scalars.isNormal(toFloat0) && toFloat0 != 0) {
                        failed[0] = true;
                        return;
                    }
                    RootMeanSquaredErrorLossVectors.gradientInStrips3(n, sumAccumulator1, toFloat0, results2);
                    sumAccumulator02 += results2[0];
                }
                partial[part * 1 + 0] = sumAccumulator02;
            } );
            if (failed[0]) {
                return gradientOfBatch(frame, from, to);
            }
            for (int part = 0; part < parts; part++) {
                sumAccumulator0 += partial[part * 1 + 0];
            }
            float sum1 = (float) sumAccumulator0;
            float toFloat1 = (float) pRows;
            float sqrt0 = (float) Math.sqrt(sum1 / toFloat1);
            float divide0 = 0.5f / sqrt0 / toFloat1 / toFloat0;
            float nanOrZero0 = Scalars.nanOrZero(sqrt0);
            int parts2 = Parallel.parts(pRows, 1L * pRows * pColumns);
            boolean[] failed2 = new boolean[1];
            Parallel.run(parts2, pRows, (part2, first2, last2) -> {
                float[] pColumns3 = Block.floats(pColumns * Block.SIZE);
                float[] yColumns3 = Block.floats(yColumns * Block.SIZE);
                float[] pGradientColumns = Block.floats(pColumns * Block.SIZE);
                for (int start2 = first2; start2 < last2; start2 += Block.SIZE) {
                    int n = Math.min(Block.SIZE, last2 - start2);
                    RootMeanSquaredErrorLossVectors.toColumns(p, start2 * pColumns, pColumns, pColumns3, Block.SIZE, n);
                    RootMeanSquaredErrorLossVectors.toColumns(y, start2 * yColumns, yColumns, yColumns3, Block.SIZE, n);
                    for (int i = 0; i < pColumns; i++) {
                        boolean u = sqrt0 > 0f;
                        int offset2 = i * Block.SIZE;
                        float factor = 2f * divide0;
                        if (!Scalars.isNormal(factor) && Scalars.isNormal(divide0)) {
                            failed2[0] = true;
                            return;
                        }
                        RootMeanSquaredErrorLossVectors.gradientInStrips4(offset2, n, pColumns3, yColumns3, factor, u, nanOrZero0, scale, pGradientColumns);
                    }
                    RootMeanSquaredErrorLossVectors.toRows(pGradientColumns, Block.SIZE, pGradient, start2 * pColumns, pColumns, n);
                }
            } );
            if (failed2[0]) {
                return gradientOfBatch(frame, from, to);
            }
            total += frame.take(unit, sqrt0);
        }
        return total;
    }

    private static double gradientInVectors(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yColumns = frame.extent(1, 1);
        int pRows = frame.extent(0, 0);
        float[] pGradient = frame.gradient(0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            float scale = frame.scale(unit);
            double sumAccumulator0 = 0;
            float toFloat0 = (float) pColumns;
            int parts = Parallel.parts(pRows, 4L * pRows * pColumns);
            boolean[] failed = new boolean[1];
            double[] partial = new double[parts * 1];
            Parallel.run(parts, pRows, (part, first, last) -> {
                double[] results2 = new double[1];
                double sumAccumulator02 = 0;
                for (int i = first; i < last; i++) {
                    double sumAccumulator1 = 0;
                    for (int start = 0; start < pColumns; start += Block.SIZE) {
                        int n = Math.min(Block.SIZE, pColumns - start);
                        int offset = i * pColumns + start;
                        int offset2 = i * yColumns + start;
                        RootMeanSquaredErrorLossVectors.gradientInVectors(offset, n, p, y, offset2, results2);
                        sumAccumulator1 += results2[0];
                    }
                    float sum0 = (float) sumAccumulator1;
                    sumAccumulator02 += sum0 / toFloat0;
                }
                partial[part * 1 + 0] = sumAccumulator02;
            } );
            if (failed[0]) {
                return gradientOfBatch(frame, from, to);
            }
            for (int part = 0; part < parts; part++) {
                sumAccumulator0 += partial[part * 1 + 0];
            }
            float sum1 = (float) sumAccumulator0;
            float toFloat1 = (float) pRows;
            float sqrt0 = (float) Math.sqrt(sum1 / toFloat1);
            float divide0 = 0.5f / sqrt0 / toFloat1 / toFloat0;
            float nanOrZero0 = Scalars.nanOrZero(sqrt0);
            int parts2 = Parallel.parts(pRows, 1L * pRows * pColumns);
            boolean[] failed2 = new boolean[1];
            Parallel.run(parts2, pRows, (part2, first2, last2) -> {
                for (int i = first2; i < last2; i++) {
                    for (int start2 = 0; start2 < pColumns; start2 += Block.SIZE) {
                        int n = Math.min(Block.SIZE, pColumns - start2);
                        boolean u = sqrt0 > 0f;
                        int offset3 = i * pColumns + start2;
                        int offset4 = i * yColumns + start2;
                        float factor = 2f * divide0;
                        if (!Scalars.isNormal(factor) && Scalars.isNormal(divide0)) {
                            failed2[0] = true;
                            return;
                        }
                        RootMeanSquaredErrorLossVectors.gradientInVectors2(offset3, n, p, y, offset4, factor, u, nanOrZero0, scale, pGradient);
                    }
                }
            } );
            if (failed2[0]) {
                return gradientOfBatch(frame, from, to);
            }
            total += frame.take(unit, sqrt0);
        }
        return total;
    }

    private static double valueOfBatch(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yColumns = frame.extent(1, 1);
        int pRows = frame.extent(0, 0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            double sumAccumulator2 = 0;
            float toFloat2 = (float) pColumns;
            for (int i = 0; i < pRows; i++) {
                double sumAccumulator3 = 0;
                for (int i2 = 0; i2 < pColumns; i2++) {
                    sumAccumulator3 += Scalars.square(p[i * pColumns + i2] - y[i * yColumns + i2]);
                }
                float sum2 = (float) sumAccumulator3;
                sumAccumulator2 += sum2 / toFloat2;
            }
            float sum3 = (float) sumAccumulator2;
            total += frame.take(unit, (float) Math.sqrt(sum3 / (float) pRows));
        }
        return total;
    }

    private static double valueInStrips(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        float[] p = frame.floats(0);
        int yColumns = frame.extent(1, 1);
        float[] y = frame.floats(1);
        int pRows = frame.extent(0, 0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            double sumAccumulator2 = 0;
            float toFloat2 = (float) pColumns;
            int parts = Parallel.parts(pRows, 4L * pRows * pColumns);
            boolean[] failed = new boolean[1];
            double[] partial = new double[parts * 1];
            Parallel.run(parts, pRows, (part, first, last) -> {
                float[] sumAccumulator3 = Block.floats(Block.SIZE);
                float[] pColumns2 = Block.floats(pColumns * Block.SIZE);
                float[] yColumns2 = Block.floats(yColumns * Block.SIZE);
                double[] results2 = new double[1];
                double sumAccumulator22 = 0;
                for (int start = first; start < last; start += Block.SIZE) {
                    int n = Math.min(Block.SIZE, last - start);
                    RootMeanSquaredErrorLossVectors.toColumns(p, start * pColumns, pColumns, pColumns2, Block.SIZE, n);
                    RootMeanSquaredErrorLossVectors.toColumns(y, start * yColumns, yColumns, yColumns2, Block.SIZE, n);
                    RootMeanSquaredErrorLossVectors.valueInStrips(n, sumAccumulator3);
                    for (int i = 0; i < pColumns; i++) {
                        int offset = i * Block.SIZE;
                        RootMeanSquaredErrorLossVectors.valueInStrips2(offset, n, pColumns2, yColumns2, sumAccumulator3);
                    }
                    if (!Scalars.isNormal(toFloat2) && toFloat2 != 0) {
                        failed[0] = true;
                        return;
                    }
                    RootMeanSquaredErrorLossVectors.valueInStrips3(n, sumAccumulator3, toFloat2, results2);
                    sumAccumulator22 += results2[0];
                }
                partial[part * 1 + 0] = sumAccumulator22;
            } );
            if (failed[0]) {
                return valueOfBatch(frame, from, to);
            }
            for (int part = 0; part < parts; part++) {
                sumAccumulator2 += partial[part * 1 + 0];
            }
            float sum3 = (float) sumAccumulator2;
            total += frame.take(unit, (float) Math.sqrt(sum3 / (float) pRows));
        }
        return total;
    }

    private static double valueInVectors(KernelFrame frame, int from, int to) {
        int pColumns = frame.extent(0, 1);
        float[] p = frame.floats(0);
        float[] y = frame.floats(1);
        int yColumns = frame.extent(1, 1);
        int pRows = frame.extent(0, 0);
        double total = 0;
        for (int unit = from; unit < to; unit++) {
            double sumAccumulator2 = 0;
            float toFloat2 = (float) pColumns;
            int parts = Parallel.parts(pRows, 4L * pRows * pColumns);
            boolean[] failed = new boolean[1];
            double[] partial = new double[parts * 1];
            Parallel.run(parts, pRows, (part, first, last) -> {
                double[] results2 = new double[1];
                double sumAccumulator22 = 0;
                for (int i = first; i < last; i++) {
                    double sumAccumulator3 = 0;
                    for (int start = 0; start < pColumns; start += Block.SIZE) {
                        int n = Math.min(Block.SIZE, pColumns - start);
                        int offset = i * pColumns + start;
                        int offset2 = i * yColumns + start;
                        RootMeanSquaredErrorLossVectors.valueInVectors(offset, n, p, y, offset2, results2);
                        sumAccumulator3 += results2[0];
                    }
                    float sum2 = (float) sumAccumulator3;
                    sumAccumulator22 += sum2 / toFloat2;
                }
                partial[part * 1 + 0] = sumAccumulator22;
            } );
            if (failed[0]) {
                return valueOfBatch(frame, from, to);
            }
            for (int part = 0; part < parts; part++) {
                sumAccumulator2 += partial[part * 1 + 0];
            }
            float sum3 = (float) sumAccumulator2;
            total += frame.take(unit, (float) Math.sqrt(sum3 / (float) pRows));
        }
        return total;
    }

    @Override
    protected double run(KernelFrame frame, int from, int to) {
        if (frame.wantsDerivatives()) {
            if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
                if (frame.extent(0, 0) >= 64 && frame.extent(0, 1) >= 1 && frame.extent(0, 1) <= 16 && frame.extent(1, 0) >= 64 && frame.extent(1, 1) >= 1 && frame.extent(1, 1) <= 16) {
                    return gradientInStrips(frame, from, to);
                }
                return gradientInVectors(frame, from, to);
            }
            return gradientOfBatch(frame, from, to);
        }
        if (VECTORS && VectorModule.pays(frame.floats(0).length)) {
            if (frame.extent(0, 0) >= 64 && frame.extent(0, 1) >= 1 && frame.extent(0, 1) <= 16 && frame.extent(1, 0) >= 64 && frame.extent(1, 1) >= 1 && frame.extent(1, 1) <= 16) {
                return valueInStrips(frame, from, to);
            }
            return valueInVectors(frame, from, to);
        }
        return valueOfBatch(frame, from, to);
    }
}
