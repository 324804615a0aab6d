package dev.lossforge.dsl;

import static dev.lossforge.dsl.Formulas.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulasTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    /** Reference values computed to 20 digits. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.11246291601828489",
        "0.5, 0.52049987781304654",
        "1, 0.84270079294971487",
        "2.5, 0.99959304798255504",
        "-3, -0.99997790950300141",
        "1e-20, 1.1283791670955126e-20"
    })
    void erfIsWithinOneUlp(float x, double expected) {
        assertThat((double) erf(x)).isCloseTo(expected, within((double) Math.ulp((float) expected) * 2));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.57236494292470009", "3, 0.69314718055994531", "10.5, 13.940625219403763", "100, 359.13420536957540",
        "1e10, 220258509288.81", "-0.5, 1.2655121234846454", "-2.5, -0.056243716497674054", "1e-10, 23.025850929882735"
    })
    void lgammaIsWithinOneUlp(float x, double expected) {
        // The reference of 1e-10 is for the exact number; rounding it to float moves the result by less than an ulp.
        assertThat((double) lgamma(x)).isCloseTo(expected, within((double) Math.ulp((float) expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, -0.57721566490153286",
        "0.5, -1.9635100260214235",
        "10, 2.2517525890667211",
        "-0.5, 0.036489973978576520",
        "1000, 6.9072551956488121"
    })
    void digammaIsWithinOneUlp(float x, double expected) {
        assertThat((double) digamma(x)).isCloseTo(expected, within((double) Math.ulp((float) expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.6449340668482264",
        "0.5, 4.9348022005446793",
        "10, 0.10516633568168575",
        "-0.5, 8.9348022005446793"
    })
    void trigammaIsWithinOneUlp(float x, double expected) {
        assertThat((double) trigamma(x)).isCloseTo(expected, within((double) Math.ulp((float) expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0.25, 0.015564385313381064, 0.12403350191792471",
        "-2.5, 1.190838671196028, -0.76499674758880992",
        "12, 9.8495024991028438, 0.95738140539524224",
        "100, 96.779732689942584, 0.99498737300516877",
        "10000, 9994.4759037814322, 0.99994999874987498"
    })
    void besselFunctionsAreWithinOneUlp(float x, double logarithm, double ratio) {
        assertThat((double) logBesselI0(x)).isCloseTo(logarithm, within((double) Math.ulp((float) logarithm)));
        assertThat((double) besselI1I0(x)).isCloseTo(ratio, within((double) Math.ulp((float) ratio)));
    }

    @Test
    void besselFunctionsHaveTheirLimits() {
        assertThat(logBesselI0(-INFINITY)).isEqualTo(INFINITY);
        assertThat(besselI1I0(-INFINITY)).isEqualTo(-1);
        assertThat(besselI1I0(Float.MAX_VALUE)).isEqualTo(1);
        assertThat(logBesselI0(Float.NaN)).isNaN();
        assertThat(besselI1I0(Float.NaN)).isNaN();
    }

    @Test
    void theGammaFamilyHasItsPoles() {
        for (float pole : new float[] {0, -1, -2, -1e9f}) {
            assertThat(lgamma(pole)).isEqualTo(INFINITY);
            assertThat(digamma(pole)).isNaN();
            assertThat(trigamma(pole)).isEqualTo(INFINITY);
        }
        assertThat(lgamma(INFINITY)).isEqualTo(INFINITY);
        assertThat(lgamma(-INFINITY)).isEqualTo(INFINITY);
        assertThat(digamma(INFINITY)).isEqualTo(INFINITY);
        assertThat(trigamma(INFINITY)).isZero();
    }

    @Test
    void functionsOfLargeArgumentsStayFinite() {
        assertThat(softplus(1e9f)).isEqualTo(1e9f);
        assertThat(softplus(-1e9f)).isZero();
        assertThat(logSigmoid(-1e9f)).isEqualTo(-1e9f);
        assertThat(logSigmoid(1e9f)).isZero();
        assertThat(sigmoid(-1e9f)).isZero();
        assertThat(sigmoid(1e9f)).isEqualTo(1);
        assertThat(logCosh(-700)).isEqualTo(700 - LOG_2);
        assertThat(hypot(3e38f, 0)).isEqualTo(3e38f);
        assertThat(asinh(3e38f)).isCloseTo((float) Math.log(6e38), within(1e-5f));
        assertThat(acosh(3e38f)).isCloseTo((float) Math.log(6e38), within(1e-5f));
    }

    @Test
    void functionsOfTinyArgumentsKeepTheirDigits() {
        assertThat(logCosh(1e-5f)).isEqualTo((float) (0.5 * 1e-5f * 1e-5f));
        assertThat(expm1(1e-10f)).isEqualTo(1e-10f);
        assertThat(log1p(1e-10f)).isEqualTo(1e-10f);
        assertThat(log1mExp(-1e-10f)).isEqualTo((float) Math.log(1e-10f));
        assertThat(log1mExp(-50)).isEqualTo((float) -Math.exp(-50));
        assertThat(asinh(-1e-10f)).isEqualTo(-1e-10f);
        assertThat(atanh(1e-10f)).isEqualTo(1e-10f);
    }

    @Test
    void inverseHyperbolicsInvert() {
        for (float x : new float[] {0.25f, 1, 3, 7}) {
            assertThat(asinh(sinh(x))).isCloseTo(x, within(1e-6f));
            assertThat(acosh(cosh(x))).isCloseTo(x, within(2e-6f));
            assertThat(asinh(sinh(-x))).isCloseTo(-x, within(1e-6f));
        }
        assertThat(atanh(tanh(0.25f))).isCloseTo(0.25f, within(1e-6f));
        assertThat(atanh(-1)).isEqualTo(-INFINITY);
        assertThat(asinh(-INFINITY)).isEqualTo(-INFINITY);
        assertThat(acosh(0.5f)).isNaN();
        assertThat(acosh(-3f)).isNaN();
    }

    @Test
    void xlogyTakesTheLimitAtZeroOnlyWhereThereIsOne() {
        assertThat(xlogy(0, 0)).isZero();
        assertThat(xlogy(0, INFINITY)).isZero();
        assertThat(xlogy(0, -1)).isNaN();
        assertThat(xlogy(0, NAN)).isNaN();
        assertThat(xlogy(2, 0)).isEqualTo(-INFINITY);
        assertThat(xlogy(2, E)).isCloseTo(2, within(1e-6f));
    }

    @Test
    void logSumExpAndSoftmaxHoldForExtremeRows() {
        assertThat(logSumExp(new float[] {1000, 1000})).isEqualTo(1000 + LOG_2);
        assertThat(logSumExp(new float[] {-INFINITY, 3})).isEqualTo(3);
        assertThat(logSumExp(new float[] {-INFINITY, -INFINITY})).isEqualTo(-INFINITY);
        assertThat(logSumExp(new float[] {INFINITY, 0})).isEqualTo(INFINITY);
        assertThat(logSumExp(new float[] {NAN, INFINITY})).isNaN();
        assertThat(softmax(new float[] {1000, 1000})).containsExactly(0.5f, 0.5f);
        assertThat(softmax(new float[] {-INFINITY, 3})).containsExactly(0, 1);
        assertThat(logSoftmax(new float[] {-1e9f, 0})).containsExactly(-1e9f, 0);
        assertThat(softmax(new float[] {INFINITY, 0})[0]).isNaN();
    }

    @Test
    void emptyRangesHaveTheIdentityElement() {
        float[] none = {};
        assertThat(sum(none)).isZero();
        assertThat(prod(none)).isEqualTo(1);
        assertThat(max(none)).isEqualTo(-INFINITY);
        assertThat(min(none)).isEqualTo(INFINITY);
        assertThat(mean(none)).isNaN();
        assertThat(logSumExp(none)).isEqualTo(-INFINITY);
        assertThat(argMax(none)).isEqualTo(-1);
        assertThat(argMin(none)).isEqualTo(-1);
        assertThat(sum(-3, i -> 1)).isZero();
    }

    @Test
    void extremesPropagateNanAndTakeTheFirstWinner() {
        float[] v = {1, 3, 3, 0, 0};
        assertThat(argMax(v)).isEqualTo(1);
        assertThat(argMin(v)).isEqualTo(3);
        assertThat(argMax(new float[] {1, NAN, 5, NAN})).isEqualTo(1);
        assertThat(argMin(new float[] {1, NAN, 5, NAN})).isEqualTo(1);
        assertThat(max(new float[] {1, NAN, 5})).isNaN();
        assertThat(min(new float[] {1, NAN, 5})).isNaN();
        assertThat(max(NAN, 1f)).isNaN();
        assertThat(clamp(NAN, 0, 1)).isNaN();
        assertThat(max(new float[] {-INFINITY})).isEqualTo(-INFINITY);
    }

    @Test
    void vectorFunctionsAgreeWithTheirSums() {
        float[] a = {1, 2, -2};
        float[] b = {2, 0, 1};
        assertThat(dot(a, b)).isZero();
        assertThat(norm(a)).isEqualTo(3);
        assertThat(squaredNorm(a)).isEqualTo(9);
        assertThat(sum(a)).isEqualTo(1);
        assertThat(mean(3, i -> a[i])).isEqualTo(1f / 3);
        assertThat(prod(a)).isEqualTo(-4);
        assertThat(cosineSimilarity(a, a)).isEqualTo(1);
        assertThat(cosineSimilarity(a, new float[3])).isZero();
        assertThat(cosineSimilarity(new float[] {1e-30f}, new float[] {1e-30f})).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dot(a, new float[2]))
                .withMessageContaining("3 and 2");
    }

    @Test
    void roundingIsToEven() {
        assertThat(round(2.5f)).isEqualTo(2);
        assertThat(round(-3.5f)).isEqualTo(-4);
        assertThat(floor(-0.5f)).isEqualTo(-1);
        assertThat(ceil(0.5f)).isEqualTo(1);
        assertThat(sign(-2f)).isEqualTo(-1);
    }

    @Test
    void anOrderKeepsThatOfEqualKeysAndPutsNanLast() {
        float[] keys = {2, NAN, -0f, 0, -INFINITY, 2, INFINITY, Float.intBitsToFloat(0xffc00001), -Float.MIN_VALUE};
        assertThat(argSort(keys)).containsExactly(4, 8, 2, 3, 0, 5, 6, 1, 7);
        assertThat(rank(keys)).containsExactly(4, 7, 2, 3, 0, 5, 6, 8, 1);
        assertThat(argSort(keys.length, i -> -keys[i])).containsExactly(6, 0, 5, 2, 3, 8, 4, 1, 7);
        assertThat(sort(new float[] {3, 1, 2})).containsExactly(1, 2, 3);
    }

    @Test
    void thereIsAnOrderOfNothing() {
        assertThat(argSort(0, i -> NAN)).isEmpty();
        assertThat(argSort(-1, i -> NAN)).isEmpty();
        assertThat(rank(1, i -> NAN)).containsExactly(0);
        assertThat(sort(new float[0])).isEmpty();
    }
}
