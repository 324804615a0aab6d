import static dev.lossforge.dsl.Formulas.*;
import dev.lossforge.dsl.*;
/** Names that are legal in Java and that generated code uses for something else; in no package. */
public class Identifiers {
  @Loss static float tensor(@Prediction float Tensor, @Target float Loss, @Param float KernelFrame, @Param float[] Scalars, @Param(trainable = true) float TensorX, @Param(defaultValue = 2) float Math) { float Mat = Tensor * Loss * TensorX; return Mat * Math + KernelFrame * Tensor + Scalars[0] * exp(Tensor); }
  @Loss static float String(@Prediction float[] Blocks, @Target int Lanes, @Param int Integer, @Param(trainable = true) float Float) { return logSumExp(Blocks) * Float - Blocks[Lanes] * Integer; }
  @Loss static float Override(@Prediction float List, @Target float Arrays, @Param float LossSignature, @Param float LossInput) { return List * Arrays + LossSignature * List * LossInput; }
  @Loss static float unicode(@Prediction float ŷ, @Target float größe, @Param float $x, @Param float _x) { float 变 = ŷ * größe; return 变 * 变 + $x * ŷ + _x * ŷ; }
  @Loss static float $dollar(@Prediction float[] $a, @Target float[] $L, @Param(trainable = true) float[] $T, @Param float $N, @Param int $$) { return sum($a.length, i -> $a[i] * $L[i] * $T[i]) * $N + $$ * $a[0]; }
  @Loss static float _under(@Prediction float _p, @Target float __) { return _p * __; }
  @Loss static float huber(@Prediction float frame, @Target float weights, @Param float from) { return frame * weights * from + exp(frame); }
  @Loss static float loss(@Prediction float value, @Target float loss, @Param float SIGNATURE) { return value * loss * value + SIGNATURE * value; }
  @Loss static float System(@Prediction float[] unit, @Target int scale, @Param float FormulaLoss, @Param float Generated) { return logSumExp(unit) * FormulaLoss - unit[scale] * Generated; }
  @Loss static float object(@Prediction float Object, @Target float Class, @Param float Double, @Param(min = 0) float IntTensor) { return Object * Class * Double + sqrt(IntTensor) * Object; }
  @Loss static float run(@Prediction float run, @Target float signature, @Param float bind, @Param float toString) { return run * signature * bind + toString * run; }
  @Loss static float nuls(@Param float Tensor, @Param float[] SIGNATURE, @Param(defaultValue=1) float List, @Prediction float[] n, @Target int k, @Param float[] x, @Param float u) { return logSumExp(n) * x[k] * u - n[k] * n[0] * Tensor * SIGNATURE[0] * List; }
  @Loss(hessian = Hessian.DIAGONAL) static float hess(@Prediction float[] a, @Prediction float[] aGradient, @Target float[] aHessian, @Param float aLength, @Param float pColumns) { return sum(a.length, i -> exp(a[i]) * aGradient[i] * aHessian[i]) * aLength + square(aGradient[0]) * pColumns; }
  @Regularizer static float Tensors(@Weight float Regularizer, @Param float Penalty) { return Regularizer * Regularizer * Penalty; }
  @Regularizer static float String1(@Weight float[][] String, @Param float[] List) { return sum(String.length, i -> sum(String[i].length, j -> abs(String[i][j]) * List[0])); }
  public static class Inner { public static class Deeper { @Loss static float nested(@Prediction float p) { return p * p; }
     interface I { @Loss static float inInterface(@Prediction float p) { return exp(p) * p; } }
     enum E { X; @Loss static float inEnum(@Prediction float p) { return sin(p) * p; } }
     record R(int q) { @Loss static float inRecord(@Prediction float p) { return cos(p) * p; } } } }
}
