package dev.lossforge.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.loop.Tabulation;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import dev.lossforge.processor.testing.DerivativeValues;
import dev.lossforge.processor.testing.LoopInterpreter;
import dev.lossforge.processor.testing.SourceReading;
import dev.lossforge.processor.testing.StepInterpreter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every formula of the catalogue, in double precision: along random directions the gradient and the diagonal Hessian
 * that its kernel computes are the difference quotients of the formula as it was written.
 */
class CatalogueGradientTest {

    private static final Path CATALOGUE = Path.of("../losses/src/main/java/dev/lossforge/losses");
    private static final double STEP = 1e-6;
    private static final int COLUMNS = 4;
    private static final int ROWS = 3;
    /** The extents of every other point of a formula on matrices, which may look at windows. */
    private static final int MORE_COLUMNS = 9;

    private static final int MORE_ROWS = 8;
    private static final int TRIALS = 20;
    private static final int ENOUGH = 8;

    static Stream<Formula> formulas() throws IOException {
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            String[] sources = files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
                    .sorted()
                    .map(CatalogueGradientTest::read)
                    .toArray(String[]::new);
            SourceReading reading = SourceReading.ofFiles(sources);
            assertThat(reading.compilation().errors()).isEmpty();
            return reading.formulas().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void derivativesAreDifferenceQuotients(Formula formula) {
        Derivatives derivatives = LogSumExpSplitter.rewrite(Simplifier.rewrite(
                ReverseMode.differentiate(Stabilizer.rewrite(formula).formula())));
        LoopNest nest = Lowering.lower(LoopForm.rewrite(derivatives));
        Optional<BatchProgram> steps = formula.scope() == Scope.BATCH && !hasScan(formula)
                ? Optional.of(Tabulation.of(derivatives))
                : Optional.empty();
        SplittableRandom random = new SplittableRandom(17);
        int judged = 0;
        for (int trial = 0; trial < TRIALS && judged < ENOUGH; trial++) {
            Point point = new Point(nest, random, trial % 2 == 1);
            LoopInterpreter kernel = new LoopInterpreter(nest, point);
            kernel.run(nest.statements());
            double value = new Interpreter(formula.exprs(), point).evaluate(formula.value());
            if (!Double.isFinite(value)) { // outside of the domain, or an alignment that there is none of
                assertThat((Object) kernel.value()) // NaN is NaN
                        .as("value of %s", formula.methodName())
                        .isEqualTo(value);
                continue;
            }
            judged++;
            assertThat(kernel.value())
                    .as("value of %s", formula.methodName())
                    .isCloseTo(value, within(tolerance(value)));
            checkGradient(formula, point, kernel.derivative(1), random);
            kernel.derivative(2).forEach((entry, second) -> checkHessian(nest, point, entry, second));
            steps.ifPresent(program -> checkSteps(program, point, kernel));
        }
        assertThat(judged)
                .as("points in the domain of %s", formula.methodName())
                .isGreaterThan(2);
    }

    /** What a device has no steps for. */
    private static boolean hasScan(Formula formula) {
        return Statements.contains(formula.value(), node -> node instanceof Expr.Scan);
    }

    /** The steps of a device compute the same. */
    private static void checkSteps(BatchProgram program, InputValues point, LoopInterpreter kernel) {
        StepInterpreter steps = new StepInterpreter(program, point);
        steps.run(program.steps());
        String name = program.formula().methodName();
        assertThat(steps.value()).as("value of %s by steps", name).isCloseTo(kernel.value(), within(1e-9));
        kernel.derivative(1)
                .forEach((entry, slope) -> assertThat(steps.derivative(1).getOrDefault(entry, 0.0))
                        .as("slope of %s by %s by steps", name, entry)
                        .isCloseTo(slope, within(1e-9 * (1 + Math.abs(slope)))));
    }

    private static void checkGradient(
            Formula formula, Point point, Map<String, Double> gradient, SplittableRandom random) {
        Map<String, Double> direction = new HashMap<>();
        double slope = 0;
        for (Map.Entry<String, Double> entry : gradient.entrySet()) {
            double component = random.nextDouble(-1, 1);
            direction.put(entry.getKey(), component);
            slope += component * entry.getValue();
        }
        double quotient = (value(formula, point.moved(direction, STEP)) - value(formula, point.moved(direction, -STEP)))
                / (2 * STEP);
        assertThat(slope)
                .as("slope of %s at %s", formula.methodName(), point.values)
                .isCloseTo(quotient, within(tolerance(quotient)));
    }

    private static double value(Formula formula, InputValues point) {
        return new Interpreter(formula.exprs(), point).evaluate(formula.value());
    }

    private static void checkHessian(LoopNest nest, Point point, String entry, double second) {
        double quotient = (slope(nest, point.moved(Map.of(entry, 1.0), STEP), entry)
                        - slope(nest, point.moved(Map.of(entry, 1.0), -STEP), entry))
                / (2 * STEP);
        assertThat(second)
                .as("curvature of %s at %s", nest.formula().methodName(), point.values)
                .isCloseTo(quotient, within(tolerance(quotient)));
    }

    private static double slope(LoopNest nest, InputValues point, String entry) {
        LoopInterpreter kernel = new LoopInterpreter(nest, point);
        kernel.run(nest.statements());
        return kernel.derivative(1).getOrDefault(entry, 0.0);
    }

    private static double tolerance(double expected) {
        return 1e-7 * (1 + Math.abs(expected));
    }

    /** Random values of all inputs inside their declared ranges. */
    private static final class Point implements InputValues {

        final Map<String, Double> values = new HashMap<>();
        private final LoopNest nest;
        private final int rows;
        private final int columns;
        private final Map<String, Double> direction;
        private final double distance;

        Point(LoopNest nest, SplittableRandom random, boolean large) {
            boolean larger = large && isOfMatrix(nest.formula());
            this.nest = nest;
            this.rows = larger ? MORE_ROWS : ROWS;
            this.columns = larger ? MORE_COLUMNS : COLUMNS;
            this.direction = Map.of();
            this.distance = 0;
            for (Input input : nest.formula().inputs()) {
                draw(input, random);
            }
        }

        private Point(Point from, Map<String, Double> direction, double distance) {
            this.nest = from.nest;
            this.rows = from.rows;
            this.columns = from.columns;
            this.values.putAll(from.values);
            this.direction = direction;
            this.distance = distance;
        }

        Point moved(Map<String, Double> along, double by) {
            return new Point(this, along, by);
        }

        private static boolean isOfMatrix(Formula formula) {
            return formula.scope() == Scope.SAMPLE && formula.inputs().stream().anyMatch(i -> i.rank() == 2);
        }

        private void draw(Input input, SplittableRandom random) {
            for (int[] at : positions(input)) {
                values.put(
                        DerivativeValues.key(input, at),
                        input.type() == Type.INT ? whole(input, random) : real(input, random));
            }
        }

        private static double real(Input input, SplittableRandom random) {
            return random.nextDouble(Math.max(input.min(), -2) + 0.01, Math.min(input.max(), 2) - 0.01);
        }

        /** What is detached is no part of the slope, and so of no difference quotient. */
        private static double whole(Input input, SplittableRandom random) {
            int drawn = random.nextInt((int) Math.max(input.min(), 0), (int) Math.min(input.max() + 1, COLUMNS));
            return input.name().equals("detach") ? 0 : drawn;
        }

        private List<int[]> positions(Input input) {
            return switch (input.rank()) {
                case 0 -> List.of(new int[0]);
                case 1 -> // more than its extent, for rows that hold a matrix
                    Stream.iterate(0, i -> i < columns * columns, i -> i + 1)
                            .map(i -> new int[] {i})
                            .toList();
                default ->
                    Stream.iterate(0, i -> i < rows * columns, i -> i + 1)
                            .map(i -> new int[] {i / columns, i % columns})
                            .toList();
            };
        }

        @Override
        public double get(Input input, int... indices) {
            String key = DerivativeValues.key(input, indices);
            Double value = values.get(key);
            return value == null ? Double.NaN : value + distance * direction.getOrDefault(key, 0.0);
        }

        @Override
        public int extent(Input input, int axis) {
            return axis == 0 && (input.rank() == 2 || isOneOfRows(input)) ? rows : columns;
        }

        /** Whether an array has an entry for each row of a matrix. */
        private boolean isOneOfRows(Input input) {
            return nest.equalExtents().stream()
                    .anyMatch(equal -> equal.stream().anyMatch(e -> e.input().equals(input))
                            && equal.stream().anyMatch(e -> e.input().rank() == 2 && e.axis() == 0)
                            && isOfMatrix(nest.formula()));
        }
    }
}
