package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.random.Batch;
import dev.lossforge.processor.testing.random.Compiled;
import dev.lossforge.processor.testing.random.FormulaSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Formulas as people write them, at the edges of float32: value, gradient and Hessian are the true ones. The files in
 * {@code edges} have each formula and, under it, inputs with what is true of them. That was worked out with 120 digits
 * from the inputs, rounded to float32; {@code ?} stands for what is not compared.
 */
class EdgesTest {

    /** About 16 units in the last place, since a formula of a few operations rounds a few times. */
    private static final double TOLERANCE = 2e-6;

    /** Second derivatives are longer. */
    private static final double TOLERANCE_OF_HESSIANS = 1e-5;

    /** Inputs of a formula, and what is true there. */
    private record Case(FormulaSource source, String inputs, String truth) {}

    @TestFactory
    Stream<DynamicTest> sidesNotTaken() {
        return tests("sides-not-taken.txt");
    }

    @TestFactory
    Stream<DynamicTest> entropiesOfNearlyEqual() {
        return tests("entropies-of-nearly-equal.txt");
    }

    @TestFactory
    Stream<DynamicTest> multiplesOfSquares() {
        return tests("multiples-of-squares.txt");
    }

    @TestFactory
    Stream<DynamicTest> meansOfSigmoids() {
        return tests("means-of-sigmoids.txt");
    }

    @TestFactory
    Stream<DynamicTest> powersLessOne() {
        return tests("powers-less-one.txt");
    }

    @TestFactory
    Stream<DynamicTest> weightsOfExponentials() {
        return tests("weights-of-exponentials.txt");
    }

    @TestFactory
    Stream<DynamicTest> indicesOutOfRange() {
        return tests("indices-out-of-range.txt");
    }

    @TestFactory
    Stream<DynamicTest> powersAndChoices() {
        return tests("powers-and-choices.txt");
    }

    @TestFactory
    Stream<DynamicTest> choicesOfACall() {
        return tests("choices-of-a-call.txt");
    }

    @TestFactory
    Stream<DynamicTest> exponentsThatPeopleChoose() {
        return tests("exponents-that-people-choose.txt");
    }

    @TestFactory
    Stream<DynamicTest> differencesOfExponentials() {
        return tests("differences-of-exponentials.txt");
    }

    @TestFactory
    Stream<DynamicTest> differencesOfSigmoids() {
        return tests("differences-of-sigmoids.txt");
    }

    @TestFactory
    Stream<DynamicTest> functionsOfMagnitudes() {
        return tests("functions-of-magnitudes.txt");
    }

    @TestFactory
    Stream<DynamicTest> tailsOfTheNormalDistribution() {
        return tests("tails-of-the-normal-distribution.txt");
    }

    @TestFactory
    Stream<DynamicTest> differencesOfGammaFunctions() {
        return tests("differences-of-gamma-functions.txt");
    }

    @TestFactory
    Stream<DynamicTest> besselAndPolygammaFunctions() {
        return tests("bessel-and-polygamma-functions.txt");
    }

    @TestFactory
    Stream<DynamicTest> firstTermsOfSeries() {
        return tests("first-terms-of-series.txt");
    }

    @TestFactory
    Stream<DynamicTest> intervalsOfTheNormalDistribution() {
        return tests("intervals-of-the-normal-distribution.txt");
    }

    @TestFactory
    Stream<DynamicTest> doublyExponentialAndInverseFunctions() {
        return tests("doubly-exponential-and-inverse-functions.txt");
    }

    @TestFactory
    Stream<DynamicTest> removableSingularities() {
        return tests("removable-singularities.txt");
    }

    @TestFactory
    Stream<DynamicTest> logarithmsOfDensities() {
        return tests("logarithms-of-densities.txt");
    }

    @TestFactory
    Stream<DynamicTest> whatIsLeftOfOne() {
        return tests("what-is-left-of-one.txt");
    }

    @TestFactory
    Stream<DynamicTest> rootsOfSquaresBesideConstants() {
        return tests("roots-of-squares-beside-constants.txt");
    }

    @TestFactory
    Stream<DynamicTest> meansOfProbabilities() {
        return tests("means-of-probabilities.txt");
    }

    @TestFactory
    Stream<DynamicTest> limitsOfExponents() {
        return tests("limits-of-exponents.txt");
    }

    @TestFactory
    Stream<DynamicTest> differencesOfNearlyEqual() {
        return tests("differences-of-nearly-equal.txt");
    }

    @TestFactory
    Stream<DynamicTest> logarithmsOfSquares() {
        return tests("logarithms-of-squares.txt");
    }

    @TestFactory
    Stream<DynamicTest> entropiesApart() {
        return tests("entropies-apart.txt");
    }

    @TestFactory
    Stream<DynamicTest> logisticErrors() {
        return tests("logistic-errors.txt");
    }

    @TestFactory
    Stream<DynamicTest> squaresOverExponentials() {
        return tests("squares-over-exponentials.txt");
    }

    @TestFactory
    Stream<DynamicTest> sidesOfTriangles() {
        return tests("sides-of-triangles.txt");
    }

    @TestFactory
    Stream<DynamicTest> mixturesOfIntervals() {
        return tests("mixtures-of-intervals.txt");
    }

    private static Stream<DynamicTest> tests(String file) {
        List<List<Case>> cases = Arrays.stream(text(file).split("\n\n", -1))
                .filter(block -> block.startsWith("@Loss"))
                .map(EdgesTest::cases)
                .toList();
        Compiled compiled =
                Compiled.of(cases.stream().map(c -> c.getFirst().source).toList());
        return cases.stream()
                .flatMap(List::stream)
                .map(c -> DynamicTest.dynamicTest(c.source.name() + " at " + c.inputs, () -> check(compiled, c)));
    }

    private static String text(String file) {
        try (InputStream in = EdgesTest.class.getResourceAsStream("/edges/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Case> cases(String block) {
        int end = block.indexOf("\n}\n") + 3;
        FormulaSource source = FormulaSource.parse(block.substring(0, end));
        return block.substring(end)
                .lines()
                .map(line -> line.substring("at ".length()).split(": ", -1))
                .map(line -> new Case(source, line[0], line[1]))
                .toList();
    }

    private static void check(Compiled compiled, Case c) {
        Formula formula = compiled.formula(c.source);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String input : c.inputs.split("; ", -1)) {
            String[] nameAndValue = input.split(" = ", -1);
            values.put(nameAndValue[0], value(nameAndValue[1]));
        }
        Batch batch = new Batch(formula, 1, List.of(values));
        if (c.truth.equals("IndexException")) {
            assertThatThrownBy(() -> compiled.vector(c.source, batch.call(new float[0], "SUM")))
                    .hasMessageContaining("it selects one of");
            return;
        }
        Map<String, float[]> found = compiled.vector(c.source, batch.call(new float[0], "SUM"));
        for (String entry : c.truth.split("; ", -1)) {
            int space = entry.lastIndexOf(' ', entry.contains("[") ? entry.indexOf('[') : entry.length());
            String what = entry.substring(0, space);
            compare(what, found.get(what), entry.substring(space + 1).replaceAll("[\\[\\]]", ""));
            if (what.equals("value")) {
                compare(what, found.get("value alone"), entry.substring(space + 1));
            }
        }
    }

    /** A number, a row or a matrix, rounded to float32. */
    private static Object value(String text) {
        if (text.startsWith("[[")) {
            return Arrays.stream(text.substring(2, text.length() - 2).split("], \\[", -1))
                    .map(EdgesTest::row)
                    .toArray(double[][]::new);
        }
        return text.startsWith("[") ? row(text.substring(1, text.length() - 1)) : (Object) number(text);
    }

    private static double[] row(String text) {
        return Arrays.stream(text.split(", ", -1))
                .mapToDouble(EdgesTest::number)
                .toArray();
    }

    private static double number(String text) {
        return Float.parseFloat(text);
    }

    private static void compare(String what, float[] actual, String expected) {
        String[] truth = expected.split(", ", -1);
        assertThat(actual).as(what).hasSize(truth.length);
        for (int i = 0; i < truth.length; i++) {
            if (!truth[i].equals("?")) {
                double tolerance = what.startsWith("hessian") ? TOLERANCE_OF_HESSIANS : TOLERANCE;
                double right = Double.parseDouble(truth[i]);
                boolean same = Float.compare(actual[i], (float) right) == 0
                        || Math.abs(actual[i] - right) <= tolerance * Math.abs(right) + Float.MIN_VALUE;
                assertThat(same)
                        .as("%s %d is %s instead of %s", what, i, actual[i], right)
                        .isTrue();
            }
        }
    }
}
