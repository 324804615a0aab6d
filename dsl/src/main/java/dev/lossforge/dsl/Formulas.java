package dev.lossforge.dsl;

/**
 * The vocabulary of formulas: real functions on {@code float}, reductions over an index range, and functions of
 * vectors. Import it with {@code import static dev.lossforge.dsl.Formulas.*;}.
 *
 * <p><b>Accuracy.</b> Each function computes in double and rounds once, so its error is about half an ulp of the
 * result. A generated kernel computes in float.
 *
 * <p><b>Special values.</b> NaN in, NaN out, unless stated otherwise. Outside its domain, a function is NaN; at a pole,
 * it is infinite, as in {@link Math}.
 *
 * <p><b>Derivatives at kinks and jumps.</b> The compiler takes the following:
 *
 * <ul>
 *   <li>{@code abs} at 0 has derivative 0.
 *   <li>{@code max} and {@code min} of two equal operands share the gradient equally. If one of the two is a constant,
 *       the other receives 0. So the hinge {@code max(0f, 1f - p)} has gradient 0 at its kink.
 *   <li>{@code max} and {@code min} over a range or a vector give the gradient to the first of equal winners.
 *   <li>{@code sqrt} at 0 has derivative 0 if its operand cannot be negative by construction, such as a sum of squares,
 *       and +∞ otherwise.
 *   <li>{@code sign}, {@code floor}, {@code ceil}, {@code round}, {@code argMax}, {@code argMin}, {@code argSort},
 *       {@code rank} and casts to {@code int} have derivative 0 everywhere.
 *   <li>A condition has no derivative: {@code ?:} and {@code if} differentiate the branch taken.
 * </ul>
 *
 * <p><b>Empty ranges.</b> {@code sum} is 0, {@code prod} 1, {@code max} −∞, {@code min} +∞, {@code mean} NaN,
 * {@code logSumExp} −∞, {@code argMax} and {@code argMin} −1. A negative length counts as empty.
 */
public final class Formulas {

    /** π. */
    public static final float PI = (float) Math.PI;

    /** Euler's number. */
    public static final float E = (float) Math.E;

    /** {@code log 2}, the number of nats in a bit. */
    public static final float LOG_2 = 0.6931471805599453f;

    /** {@code log 2π}, the constant in the logarithm of the normal density. */
    public static final float LOG_2PI = 1.8378770664093453f;

    private Formulas() {}

    // Elementary functions.

    /** {@code |x|}. Derivative at 0: 0. */
    public static float abs(float x) {
        return Math.abs(x);
    }

    /** {@code |x|}; {@link Integer#MIN_VALUE} has no absolute value and is returned unchanged. */
    public static int abs(int x) {
        return Math.abs(x);
    }

    /** −1, 0 or 1; a zero keeps its sign. Derivative: 0. */
    public static float sign(float x) {
        return Math.signum(x);
    }

    /** {@code x²}. */
    public static float square(float x) {
        return x * x;
    }

    /** {@code x²}. */
    public static int square(int x) {
        return x * x;
    }

    /**
     * {@code √x} for x ≥ 0. Derivative at 0: 0 if x cannot be negative by construction, such as a sum of squares, and
     * +∞ otherwise.
     */
    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    /** {@code eˣ}. */
    public static float exp(float x) {
        return (float) Math.exp(x);
    }

    /** {@code eˣ − 1}, exact near 0. */
    public static float expm1(float x) {
        return (float) Math.expm1(x);
    }

    /** {@code log x}, natural, for x ≥ 0; −∞ at 0. */
    public static float log(float x) {
        return (float) Math.log(x);
    }

    /** {@code log(1 + x)} for x ≥ −1, exact near 0; −∞ at −1. */
    public static float log1p(float x) {
        return (float) Math.log1p(x);
    }

    /** {@code log(1 − eˣ)} for x ≤ 0, exact near 0 and far below it; −∞ at 0. */
    public static float log1mExp(float x) {
        return (float) ElementaryFunctions.log1mExp(x);
    }

    /** {@code sin x}, x in radians. */
    public static float sin(float x) {
        return (float) Math.sin(x);
    }

    /** {@code cos x}, x in radians. */
    public static float cos(float x) {
        return (float) Math.cos(x);
    }

    /** {@code tan x}, x in radians. */
    public static float tan(float x) {
        return (float) Math.tan(x);
    }

    /** The angle in [−π/2, π/2] whose sine is x, for |x| ≤ 1. */
    public static float asin(float x) {
        return (float) Math.asin(x);
    }

    /** The angle in [0, π] whose cosine is x, for |x| ≤ 1. */
    public static float acos(float x) {
        return (float) Math.acos(x);
    }

    /** The angle in [−π/2, π/2] whose tangent is x. */
    public static float atan(float x) {
        return (float) Math.atan(x);
    }

    /** The angle in [−π, π] of the point (x, y), as {@link Math#atan2}. Gradient at the origin: 0. */
    public static float atan2(float y, float x) {
        return (float) Math.atan2(y, x);
    }

    /** {@code (eˣ − e⁻ˣ) / 2}. */
    public static float sinh(float x) {
        return (float) Math.sinh(x);
    }

    /** {@code (eˣ + e⁻ˣ) / 2}. */
    public static float cosh(float x) {
        return (float) Math.cosh(x);
    }

    /** {@code sinh x / cosh x}. */
    public static float tanh(float x) {
        return (float) Math.tanh(x);
    }

    /** The inverse of {@link #sinh}. */
    public static float asinh(float x) {
        return (float) ElementaryFunctions.asinh(x);
    }

    /** The inverse of {@link #cosh} for x ≥ 1. */
    public static float acosh(float x) {
        return (float) ElementaryFunctions.acosh(x);
    }

    /** The inverse of {@link #tanh} for |x| ≤ 1; ±∞ at ±1. */
    public static float atanh(float x) {
        return (float) ElementaryFunctions.atanh(x);
    }

    /** {@code √(x² + y²)} without overflow. Gradient at the origin: 0. */
    public static float hypot(float x, float y) {
        return (float) Math.hypot(x, y);
    }

    /** {@code xʸ}, as {@link Math#pow}: NaN for x &lt; 0 unless y is a whole number; 1 for y = 0, even if x is NaN. */
    public static float pow(float x, float y) {
        return (float) Math.pow(x, y);
    }

    /** The largest integer not above x. Derivative: 0. */
    public static float floor(float x) {
        return (float) Math.floor(x);
    }

    /** The smallest integer not below x. Derivative: 0. */
    public static float ceil(float x) {
        return (float) Math.ceil(x);
    }

    /** The nearest whole number, ties to even, as {@link Math#rint}. Derivative: 0. */
    public static float round(float x) {
        return (float) Math.rint(x);
    }

    // Choice.

    /**
     * The larger operand; NaN if either is NaN. At a tie the gradient is shared equally, or 0 if one operand is
     * constant.
     */
    public static float max(float a, float b) {
        return Math.max(a, b);
    }

    /** The larger operand. */
    public static int max(int a, int b) {
        return Math.max(a, b);
    }

    /**
     * The smaller operand; NaN if either is NaN. At a tie the gradient is shared equally, or 0 if one operand is
     * constant.
     */
    public static float min(float a, float b) {
        return Math.min(a, b);
    }

    /** The smaller operand. */
    public static int min(int a, int b) {
        return Math.min(a, b);
    }

    /**
     * {@code min(max(x, low), high)} for low ≤ high. Derivative with respect to x: 1 strictly inside, 0 outside; at a
     * constant bound 0.
     */
    public static float clamp(float x, float low, float high) {
        return Math.min(Math.max(x, low), high);
    }

    /** {@code min(max(x, low), high)} for low ≤ high. */
    public static int clamp(int x, int low, int high) {
        return Math.min(Math.max(x, low), high);
    }

    /**
     * {@code condition ? whenTrue : whenFalse}: a NaN on the side not taken affects neither the value nor the gradient.
     */
    public static float where(boolean condition, float whenTrue, float whenFalse) {
        return condition ? whenTrue : whenFalse;
    }

    /** {@code condition ? whenTrue : whenFalse}. */
    public static int where(boolean condition, int whenTrue, int whenFalse) {
        return condition ? whenTrue : whenFalse;
    }

    /** x as a constant: its derivative is 0. */
    public static float stopGradient(float x) {
        return x;
    }

    /** v with constant entries: their derivatives are 0. */
    public static float[] stopGradient(float[] v) {
        return v;
    }

    // Parts, which are reported next to the value.

    /**
     * Returns x itself and marks it as a part of the loss that is reported under a name. Neither the loss nor its
     * gradient changes by a bit. The generated class also computes the part, reduced over the batch like the loss:
     *
     * <pre>{@code
     * return part("reconstruction", squaredNorm(error)) + beta * part("divergence", divergence);
     * }</pre>
     *
     * <p>A part on the side of a condition that is not taken is reported as 0. The parts need not add up to the loss: a
     * factor outside a part is not included in it.
     *
     * @param name a constant of letters, digits and underscores that starts with a letter; unique within the formula
     * @param x a value that depends on inputs of the formula; not in a lambda, where it would have a value for each
     *     index
     */
    public static float part(String name, float x) {
        return x;
    }

    // Functions of learning and statistics.

    /** The logistic function {@code 1 / (1 + e⁻ˣ)}. */
    public static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    /** {@code log sigmoid(x)} without cancellation or overflow; approximately x far below 0. */
    public static float logSigmoid(float x) {
        return (float) ElementaryFunctions.logSigmoid(x);
    }

    /** {@code log(1 + eˣ)} without overflow; approximately x far above 0. */
    public static float softplus(float x) {
        return (float) ElementaryFunctions.softplus(x);
    }

    /** {@code log cosh x} without overflow; approximately {@code |x| − log 2} far from 0. */
    public static float logCosh(float x) {
        return (float) ElementaryFunctions.logCosh(x);
    }

    /** The error function {@code 2/√π ∫₀ˣ e^(−t²) dt}. */
    public static float erf(float x) {
        return (float) SpecialFunctions.erf(x);
    }

    /** {@code 1 − erf x}, exact where it is small. */
    public static float erfc(float x) {
        return (float) NormalFunctions.erfc(x);
    }

    /** {@code log(erfc x)}, exact on both tails. */
    public static float logErfc(float x) {
        return (float) (Math.log(2) + NormalFunctions.logNormalCdf(-Math.sqrt(2) * x));
    }

    /** {@code Φ(x) = ½·erfc(−x / √2)}, the normal distribution. */
    public static float normalCdf(float x) {
        return (float) NormalFunctions.normalCdf(x);
    }

    /** {@code log Φ(x)}, exact on both tails. */
    public static float logNormalCdf(float x) {
        return (float) NormalFunctions.logNormalCdf(x);
    }

    /** The x with {@code Φ(x) = p}; −∞ at 0, +∞ at 1, NaN outside. */
    public static float normalQuantile(float p) {
        return (float) NormalFunctions.normalQuantile(p);
    }

    /** {@code log(eˣ − eʸ)} for x ≥ y; NaN otherwise. */
    public static float logDiffExp(float x, float y) {
        return x + log1mExp(y - x);
    }

    /** Whether x is NaN, such as a missing target. */
    public static boolean isNaN(float x) {
        return Float.isNaN(x);
    }

    /** Whether x is neither NaN nor infinite. */
    public static boolean isFinite(float x) {
        return Math.abs(x) <= Float.MAX_VALUE;
    }

    /** {@code log |Γ(x)|}; +∞ at 0, −1, −2, … */
    public static float lgamma(float x) {
        return (float) SpecialFunctions.lgamma(x);
    }

    /**
     * {@code log |Γ(x)·Γ(y) / Γ(x + y)|}, the logarithm of the beta function. It is exact even if the three logarithms
     * are large and their difference is not.
     */
    public static float lbeta(float x, float y) {
        return (float) SpecialFunctions.lbeta(x, y);
    }

    /** {@code Γ′(x) / Γ(x)}, the derivative of {@link #lgamma}; NaN at 0, −1, −2, … */
    public static float digamma(float x) {
        return (float) SpecialFunctions.digamma(x);
    }

    /** The derivative of {@link #digamma}; +∞ at 0, −1, −2, … */
    public static float trigamma(float x) {
        return (float) SpecialFunctions.trigamma(x);
    }

    /**
     * {@code log I₀(x)}, the logarithm of the modified Bessel function, which normalizes the von Mises distribution.
     */
    public static float logBesselI0(float x) {
        return (float) BesselFunctions.logI0(x);
    }

    /** {@code I₁(x) / I₀(x)}, the derivative of {@link #logBesselI0}: the mean resultant length. */
    public static float besselI1I0(float x) {
        return (float) BesselFunctions.ratio(x);
    }

    /** {@code x · log y}, and 0 where x = 0 and y ≥ 0: the limit that entropies need. */
    public static float xlogy(float x, float y) {
        return x == 0 && y >= 0 ? 0 : (float) (x * Math.log(y));
    }

    // Reductions over the indices 0 … n − 1.

    /** {@code Σ body(i)} for i from 0 to n − 1. */
    public static float sum(int n, IntToFloat body) {
        return (float) Reductions.sum(n, body);
    }

    /** {@code Σ body(i) / n}. */
    public static float mean(int n, IntToFloat body) {
        return (float) (Reductions.sum(n, body) / n);
    }

    /** {@code Π body(i)}. */
    public static float prod(int n, IntToFloat body) {
        return (float) Reductions.product(n, body);
    }

    /** The largest {@code body(i)}; NaN if any is NaN. The gradient goes to the first of equal ones. */
    public static float max(int n, IntToFloat body) {
        return Reductions.max(n, body);
    }

    /** The smallest {@code body(i)}; NaN if any is NaN. The gradient goes to the first of equal ones. */
    public static float min(int n, IntToFloat body) {
        return Reductions.min(n, body);
    }

    /** {@code log Σ exp(body(i))} without overflow. */
    public static float logSumExp(int n, IntToFloat body) {
        return (float) Reductions.logSumExp(n, body);
    }

    /** The first i at which {@code body(i)} is largest; a NaN counts as the largest. Constant for differentiation. */
    public static int argMax(int n, IntToFloat body) {
        return Reductions.argMax(n, body);
    }

    /** The first i at which {@code body(i)} is smallest; a NaN counts as the smallest. Constant for differentiation. */
    public static int argMin(int n, IntToFloat body) {
        return argMax(n, i -> -body.apply(i));
    }

    /**
     * The indices 0 … n − 1 in ascending order of {@code key(i)}. The key {@code -x[i]} gives the descending order of
     * x. Equal keys keep their order, −0 equals 0, and NaN comes last. Constant for differentiation: the gradient of
     * {@code x[order[k]]} goes to the entry at that index.
     */
    public static int[] argSort(int n, IntToFloat key) {
        return Order.argSort(vector(n, key));
    }

    /**
     * The position of each of the indices 0 … n − 1 in the order of {@code key(i)}, counted from 0. It is the inverse
     * of {@link #argSort(int, IntToFloat) argSort}, so equal keys have successive ranks. Constant for differentiation.
     */
    public static int[] rank(int n, IntToFloat key) {
        return Order.inverse(argSort(n, key));
    }

    // Memory: states that depend on earlier states.

    /**
     * The n states {@code s[i] = step(i, s[i − 1])}, the first of them {@code step(0, start)}. So {@code scan(n, 0f,
     * (i, s) -> 0.9f * s + x[i])} is an exponential average.
     *
     * @param n the number of steps, known from the shapes of the inputs: the length of an array, a constant, or
     *     computed from these
     */
    public static float[] scan(int n, float start, FloatStep step) {
        return Scans.states(n, start, step);
    }

    /** The last state of {@link #scan(int, float, FloatStep)}; {@code start} if there is none. */
    public static float fold(int n, float start, FloatStep step) {
        return Scans.last(n, start, step);
    }

    /**
     * The n states {@code s[i] = step(i, s[i − 1])}, the first of them {@code step(0, start)}; each is a vector as long
     * as {@code start}.
     *
     * @param n the number of steps, known from the shapes of the inputs, like the length of {@code start}
     * @throws IllegalArgumentException if a step changes the length
     */
    public static float[][] scan(int n, float[] start, VectorStep step) {
        return Scans.states(n, start, step);
    }

    /** The last state of {@link #scan(int, float[], VectorStep)}; {@code start} if there is none. */
    public static float[] fold(int n, float[] start, VectorStep step) {
        return Scans.last(n, start, step);
    }

    // Functions of vectors.

    /** The vector {@code [body(0), …, body(n − 1)]}. */
    public static float[] vector(int n, IntToFloat body) {
        float[] v = new float[Math.max(n, 0)];
        for (int i = 0; i < v.length; i++) {
            v[i] = body.apply(i);
        }
        return v;
    }

    /** {@code Σ v[i]}. */
    public static float sum(float[] v) {
        return sum(v.length, i -> v[i]);
    }

    /** {@code Σ v[i] / v.length}. */
    public static float mean(float[] v) {
        return mean(v.length, i -> v[i]);
    }

    /** {@code Π v[i]}. */
    public static float prod(float[] v) {
        return prod(v.length, i -> v[i]);
    }

    /** The largest entry; NaN if any is NaN. The gradient goes to the first of equal ones. */
    public static float max(float[] v) {
        return max(v.length, i -> v[i]);
    }

    /** The smallest entry; NaN if any is NaN. The gradient goes to the first of equal ones. */
    public static float min(float[] v) {
        return min(v.length, i -> v[i]);
    }

    /** The index of the first largest entry; a NaN counts as the largest. Constant for differentiation. */
    public static int argMax(float[] v) {
        return argMax(v.length, i -> v[i]);
    }

    /** The index of the first smallest entry; a NaN counts as the smallest. Constant for differentiation. */
    public static int argMin(float[] v) {
        return argMin(v.length, i -> v[i]);
    }

    /** The indices of the entries in ascending order of the entries, as {@link #argSort(int, IntToFloat)}. */
    public static int[] argSort(float[] v) {
        return Order.argSort(v);
    }

    /** The position of each entry in the order of all, counted from 0, as {@link #rank(int, IntToFloat)}. */
    public static int[] rank(float[] v) {
        return Order.inverse(Order.argSort(v));
    }

    /** {@code sort} of the vector {@code [body(0), …, body(n − 1)]}. */
    public static float[] sort(int n, IntToFloat body) {
        return sort(vector(n, body));
    }

    /** The entries in ascending order, as {@code v[argSort(v)[k]]}. The gradient goes to the original entry. */
    public static float[] sort(float[] v) {
        int[] order = Order.argSort(v);
        return vector(v.length, k -> v[order[k]]);
    }

    /** {@code log Σ exp(v[i])} without overflow. */
    public static float logSumExp(float[] v) {
        return logSumExp(v.length, i -> v[i]);
    }

    /**
     * {@code exp(v[i]) / Σ exp(v[j])}; as long as v. If the largest entry is +∞, finite entries have weight 0, and
     * infinite entries have an unknown weight, NaN. If all entries are −∞, the result is NaN.
     */
    public static float[] softmax(float[] v) {
        double max = max(v);
        double sum = Double.isInfinite(max) ? 1 : Reductions.exponentials(v.length, i -> v[i], max);
        return vector(v.length, i -> (float) (Math.exp(v[i] - max) / sum));
    }

    /** {@code softmax} of the vector {@code [body(0), …, body(n − 1)]}. */
    public static float[] softmax(int n, IntToFloat body) {
        return softmax(vector(n, body));
    }

    /** {@code v[i] − logSumExp(v)}; as long as v. NaN where both are infinite. */
    public static float[] logSoftmax(float[] v) {
        double logSum = Reductions.logSumExp(v.length, i -> v[i]);
        return vector(v.length, i -> (float) (v[i] - logSum));
    }

    /** {@code logSoftmax} of the vector {@code [body(0), …, body(n − 1)]}. */
    public static float[] logSoftmax(int n, IntToFloat body) {
        return logSoftmax(vector(n, body));
    }

    /**
     * {@code Σ a[i] · b[i]}.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static float dot(float[] a, float[] b) {
        return (float) Reductions.dot(a, b);
    }

    /** {@code Σ v[i]²}. */
    public static float squaredNorm(float[] v) {
        return (float) Reductions.dot(v, v);
    }

    /** {@code squaredNorm} of the vector {@code [body(0), …, body(n − 1)]}. */
    public static float squaredNorm(int n, IntToFloat body) {
        return squaredNorm(vector(n, body));
    }

    /** The Euclidean norm {@code √Σ v[i]²}. Gradient at the zero vector: 0. */
    public static float norm(float[] v) {
        return (float) Math.sqrt(Reductions.dot(v, v));
    }

    /** {@code norm} of the vector {@code [body(0), …, body(n − 1)]}. */
    public static float norm(int n, IntToFloat body) {
        return norm(vector(n, body));
    }

    /**
     * {@code dot(a, b) / (norm(a) · norm(b))}, and 0 with gradient 0 if either is the zero vector.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public static float cosineSimilarity(float[] a, float[] b) {
        double first = Math.sqrt(Reductions.dot(a, a));
        double second = Math.sqrt(Reductions.dot(b, b));
        return first == 0 || second == 0 ? 0 : (float) (Reductions.dot(a, b) / (first * second));
    }
}
