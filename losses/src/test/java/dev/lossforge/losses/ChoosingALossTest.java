package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.CurvePlot.Bounds;
import dev.lossforge.losses.CurvePlot.Curve;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.PenaltyFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/choosing-a-loss.md} names every class of the catalogue and no other, and its pictures show what the
 * losses compute. To draw them anew, run {@code ./mvnw -pl losses -am test -Dtest=ChoosingALossTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dlossforge.golden.update=true}.
 */
class ChoosingALossTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Bounds SLOPE = new Bounds(-2, 2, 1);

    private static final Map<String, CurvePlot> PLOTS = Map.of(
            "losses-robust",
            new CurvePlot(
                    "residual",
                    -4,
                    4,
                    new Bounds(0, 4, 1),
                    SLOPE,
                    List.of(
                            new Curve("HalfSquaredErrorLoss", new HalfSquaredErrorLoss(), 0),
                            new Curve("MeanAbsoluteErrorLoss", new MeanAbsoluteErrorLoss(), 0),
                            new Curve("HuberLoss, δ = 1", new HuberLoss(1), 0),
                            new Curve("LogCoshLoss", new LogCoshLoss(), 0),
                            new Curve("GeneralRobustLoss, α = 0", new GeneralRobustLoss(0, 1), 0),
                            new Curve("GeneralRobustLoss, α = −2", new GeneralRobustLoss(-2, 1), 0),
                            new Curve("TukeyLoss, c = 2", new TukeyLoss(2), 0))),
            "losses-quantile",
            new CurvePlot(
                    "prediction less target",
                    -3,
                    3,
                    new Bounds(0, 3, 1),
                    new Bounds(-1, 1, 0.5),
                    List.of(
                            new Curve("QuantileLoss, 0.1", new QuantileLoss(0.1f), 0),
                            new Curve("QuantileLoss, 0.5", new QuantileLoss(0.5f), 0),
                            new Curve("QuantileLoss, 0.9", new QuantileLoss(0.9f), 0),
                            new Curve("QuantileHuberLoss, 0.9, κ = 1", new QuantileHuberLoss(0.9f, 1), 0),
                            new Curve("ExpectileLoss, 0.9", new ExpectileLoss(0.9f), 0))),
            "losses-binary",
            new CurvePlot(
                    "score of a positive",
                    -3,
                    3,
                    new Bounds(0, 8, 2),
                    new Bounds(-6, 1, 1),
                    List.of(
                            new Curve("BinaryCrossEntropyWithLogitsLoss", new BinaryCrossEntropyWithLogitsLoss(), 1),
                            new Curve("HingeLoss", new HingeLoss(), 1),
                            new Curve("SquaredHingeLoss", new SquaredHingeLoss(), 1),
                            new Curve("ModifiedHuberLoss", new ModifiedHuberLoss(), 1),
                            new Curve("PerceptronLoss", new PerceptronLoss(), 1))),
            "losses-focal",
            new CurvePlot(
                    "logit of a positive",
                    -4,
                    4,
                    new Bounds(0, 4, 1),
                    new Bounds(-1.5, 0.5, 0.5),
                    List.of(
                            new Curve("BinaryCrossEntropyWithLogitsLoss", new BinaryCrossEntropyWithLogitsLoss(), 1),
                            new Curve("BinaryFocalLoss, γ = 1", new BinaryFocalLoss(1, -1), 1),
                            new Curve("BinaryFocalLoss, γ = 2", new BinaryFocalLoss(2, -1), 1),
                            new Curve("BinaryFocalLoss, γ = 5", new BinaryFocalLoss(5, -1), 1))),
            "losses-generator",
            new CurvePlot(
                    "score of a fake",
                    -4,
                    4,
                    new Bounds(-4, 4, 2),
                    SLOPE,
                    List.of(
                            new Curve("MinimaxGeneratorLoss", new MinimaxGeneratorLoss()),
                            new Curve("NonSaturatingGeneratorLoss", new NonSaturatingGeneratorLoss()),
                            new Curve("LeastSquaresGeneratorLoss", new LeastSquaresGeneratorLoss()),
                            new Curve("HingeGeneratorLoss", new HingeGeneratorLoss()))));

    @Test
    void namesEveryClassAndNoOther() throws IOException {
        Set<String> named = Pattern.compile("`(\\w+(?:Loss|Regularizer))`")
                .matcher(Files.readString(DOCS.resolve("choosing-a-loss.md")))
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsExactlyElementsOf(generated());
    }

    private static Set<String> generated() throws IOException {
        Path classes = Path.of("target/classes/dev/lossforge/losses");
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".class"))
                    .map(f -> f.substring(0, f.length() - ".class".length()))
                    .filter(ChoosingALossTest::isLossOrRegularizer)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isLossOrRegularizer(String name) {
        try {
            Class<?> type = Class.forName("dev.lossforge.losses." + name);
            return LossFunction.class.isAssignableFrom(type) || PenaltyFunction.class.isAssignableFrom(type);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    static Set<String> plots() {
        return new TreeSet<>(PLOTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("plots")
    void picturesShowWhatTheLossesCompute(String name) throws IOException {
        Path file = DOCS.resolve("images").resolve(name + ".svg");
        String svg = PLOTS.get(name).svg();
        if (Boolean.getBoolean("lossforge.golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, svg);
        }
        assertThat(file).as("draw it as this class says").exists();
        assertThat(svg).isEqualTo(Files.readString(file));
    }
}
