package dev.lossforge.processor.vector;

/** The modified Bessel functions of order 0 and 1: by {@code x²} near 0, by {@code 1/x} beyond. */
final class BesselExpansions extends FunctionFamily {
    private static final float FAR = 2.8125f;
    private static final float SQUARE_PIVOT = -4;
    private static final float INVERSE_PIVOT = -0.15f;

    /** Beyond, the logarithm of x is nothing beside x. */
    private static final float GREAT = 1e30f;

    /** {@code log I₀(x) / x²} by {@code x² − 4}. */
    private static final float[] LOG_NEAR = {
        -3.1332048e-11f,
        3.0842828e-10f,
        -2.1301785e-09f,
        2.4659844e-08f,
        -2.9613685e-07f,
        3.4216214e-06f,
        -4.1123585e-05f,
        0.000529465f,
        -0.007888685f,
        0.20599839f
    };

    /** {@code log I₀(x) − x + ½ log x} by {@code 1/x − 0.15}. */
    private static final float[] LOG_FAR = {
        16842.59f,
        -5823.6733f,
        -1297.0925f,
        576.3308f,
        58.41088f,
        -27.460857f,
        -3.9230876f,
        0.5563818f,
        0.29032406f,
        0.12470637f,
        0.1506589f,
        -0.89848214f
    };

    /** {@code I₁(x) / (x·I₀(x))} by {@code x² − 4}. */
    private static final float[] RATIO_NEAR = {
        4.4874347e-11f,
        -4.0370443e-10f,
        2.0302553e-09f,
        -2.1156193e-08f,
        2.3686387e-07f,
        -2.3016328e-06f,
        2.2343946e-05f,
        -0.0002197458f,
        0.0021898125f,
        -0.023083061f,
        0.34888732f
    };

    /** {@code I₁(x) / I₀(x)} by {@code 1/x − 0.15}. */
    private static final float[] RATIO_FAR = {
        -32147.19f,
        11113.308f,
        2549.986f,
        -1119.9371f,
        -118.63716f,
        53.907627f,
        7.9578137f,
        -1.0556794f,
        -0.56317174f,
        -0.24519388f,
        -0.550807f,
        0.92161024f
    };

    BesselExpansions(VectorGraph g) {
        super(g);
    }

    VectorNode logI0(VectorNode x) {
        VectorNode magnitude = g.abs(eitherSign(x));
        VectorNode near = g.multiply(square(x), g.polynomial(squareFromPivot(x), LOG_NEAR));
        VectorNode log = new Logarithms(g).logOfSum(atMost(magnitude, GREAT), c(0));
        VectorNode rest = g.polynomial(inverseFromPivot(magnitude), LOG_FAR);
        VectorNode far = g.add(g.fma(log, c(-0.5f), magnitude), rest);
        return g.blend(g.less(magnitude, c(FAR)), near, far);
    }

    /** {@code I₁ / I₀}. */
    VectorNode ratio(VectorNode x) {
        VectorNode magnitude = g.abs(eitherSign(x));
        VectorNode near = g.multiply(magnitude, g.polynomial(squareFromPivot(x), RATIO_NEAR));
        VectorNode far = atMost(g.polynomial(inverseFromPivot(magnitude), RATIO_FAR), 1);
        return withSign(g.blend(g.less(magnitude, c(FAR)), near, far), sign(x));
    }

    private VectorNode squareFromPivot(VectorNode x) {
        return g.add(square(x), c(SQUARE_PIVOT));
    }

    private VectorNode inverseFromPivot(VectorNode magnitude) {
        return g.add(g.divide(c(1), magnitude), c(INVERSE_PIVOT));
    }
}
