package dev.lossforge.processor.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.testing.OperationTally;
import dev.lossforge.processor.testing.RandomFormula;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of the cheap gradient: value and gradients together cost at most five times the value alone, whatever the
 * extents, and grow with each extent as the value does. A diagonal Hessian costs at most {@value #OF_HESSIAN} times the
 * value for each entry that it is taken by: each is a derivative of its own.
 */
class CheapGradientTest {
    private static final Path CATALOGUE = Path.of("..", "losses", "src", "main", "java", "dev", "lossforge", "losses");
    private static final int MAX = 5;
    private static final int OF_HESSIAN = 5;
    /**
     * What the growth of the gradient may be more than that of the value, at such small extents: a gradient that is of
     * one more power shows by nearly 1.
     */
    private static final double SLACK = 0.65;

    private static final int ROWS = 8;
    private static final int COLUMNS = 8;
    private static final int RANDOM = 60;

    /**
     * What costs more than {@value #MAX} times the value, since only a handful of entries has a part in that, or since
     * its cotangents compute a step anew for each of the three states that it reads.
     */
    private static final Map<String, Double> EXCEPTIONS = Map.of(
            "generalizedIou",
            5.2,
            "guardedIndex",
            8.0,
            "guardedRemainder",
            6.8,
            "matrixOfLength",
            8.0,
            "softDynamicTimeWarping",
            7.0,
            "connectionistTemporalClassification",
            5.4);

    /**
     * The product of all others, for each entry of a product, is computed anew: quadratic, where the product is linear.
     */
    private static boolean hasProduct(Formula formula) {
        return Statements.contains(
                formula.value(), node -> node instanceof Expr.Reduce r && r.op() == ReduceOp.PRODUCT);
    }

    static Stream<Formula> catalogue() throws IOException {
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            return SourceReading.ofFiles(files.filter(f -> !f.endsWith("package-info.java"))
                            .sorted()
                            .map(CheapGradientTest::read)
                            .toArray(String[]::new))
                    .formulas()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Formula> adversarial() throws IOException {
        return members("/adversarial/formulas.txt");
    }

    static Stream<Formula> pairs() throws IOException {
        return members("/cost/formulas.txt");
    }

    private static Stream<Formula> members(String resource) throws IOException {
        try (InputStream in = CheapGradientTest.class.getResourceAsStream(resource)) {
            return SourceReading.ofMembers(new String(in.readAllBytes(), StandardCharsets.UTF_8)).formulas().stream();
        }
    }

    static Stream<Formula> random() {
        return IntStream.range(0, RANDOM)
                .mapToObj(seed -> new RandomFormula(new SplittableRandom(seed), seed % 4 == 0).formula());
    }

    @ParameterizedTest
    @MethodSource({"catalogue", "adversarial", "pairs", "random"})
    void valueAndGradientsCostAtMostFiveTimesTheValue(Formula formula) {
        assumeFalse(hasProduct(formula), "a product is not differentiated in linear time yet");
        LoopNest nest = OperationTally.nest(formula);
        OperationTally small = OperationTally.of(nest, ROWS, COLUMNS);
        for (OperationTally tally : List.of(
                small, OperationTally.of(nest, 2 * ROWS, COLUMNS), OperationTally.of(nest, ROWS, 2 * COLUMNS))) {
            String name = formula.methodName();
            double factor = (double) tally.gradient() / tally.value();
            double growth = exponent(tally.gradient(), small.gradient());
            double ofValue = exponent(tally.value(), small.value());
            assertThat(factor).as("factor of %s", name).isLessThanOrEqualTo(EXCEPTIONS.getOrDefault(name, (double)
                    MAX));
            assertThat(growth).as("growth of the gradient of %s", name).isLessThanOrEqualTo(ofValue + SLACK);
            assertThat(tally.hessian())
                    .as("Hessian of %s", name)
                    .isLessThanOrEqualTo(OF_HESSIAN * tally.value() * Math.max(tally.entries(), 1));
        }
    }

    private static double exponent(long twice, long once) {
        return Math.log((double) twice / once) / Math.log(2);
    }
}
