package dev.lossforge.runtime.tornadovm;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Formulas whose kernels are generated for these tests, as those of a user are. */
final class Losses {

    private Losses() {}

    @Loss
    static float huber(@Prediction float p, @Target float y, @Param float delta) {
        float r = abs(p - y);
        return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
    }

    @Loss(hessian = Hessian.DIAGONAL)
    static float logistic(@Prediction float z, @Target float t) {
        return softplus(z) - z * t;
    }

    @Loss
    static float squaredError(@Target float y, @Prediction float p) {
        return square(p - y);
    }

    @Loss
    static float softmaxCrossEntropy(@Prediction float[] logits, @Target int label) {
        return logSumExp(logits) - logits[label];
    }

    @Loss
    static float adversary(@Prediction float real, @Prediction float fake) {
        return max(0f, 1f - real) + max(0f, 1f + fake);
    }

    @Loss
    static float cosine(@Prediction float[] p, @Target float[] y) {
        return 1f - dot(p, y) / (norm(p) * norm(y) + 1e-6f);
    }

    @Loss
    static float hyperbolic(@Prediction float p, @Target float y) {
        return sinh(0.5f * p) + cosh(0.5f * p) + tanh(p) + asinh(p) + logCosh(p - y) + atan(p);
    }

    @Loss
    static float logarithmic(@Prediction float p, @Target float y) {
        return log1p(p * p) + expm1(p) + sqrt(1f + p * p) + log(1f + exp(p)) + sigmoid(p) * pow(1.5f, p) + erf(p) * y;
    }

    @Loss
    static float gamma(@Prediction float p, @Target float y) {
        return lgamma(abs(p) + 0.5f) * y;
    }

    @Loss
    static float rounded(@Prediction float p, @Target float y) {
        return square(p - floor(p)) + square(p - round(y)) + ceil(p) * p + clamp(p, -1f, 1f) * sign(y) + p % 1.5f;
    }
}
