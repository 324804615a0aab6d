package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.TerminateOnNaN;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.report.RunReport;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about a training of any model; another test looks at one in a browser. */
class RunReportTest {
    private static final Pattern PICTURE =
            Pattern.compile("<svg class=\"picture\" id=\"([^\"]*)\".*?</svg>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /** Points of the plane, whose class is the third that their angle lies in. */
    private static Dataset points(long seed) {
        Random random = new Random(seed);
        float[][] points = new float[240][2];
        int[] labels = new int[points.length];
        for (int i = 0; i < labels.length; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            points[i] = new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
            labels[i] = (int) (3 * angle / (2 * Math.PI));
        }
        return Dataset.of(points, labels);
    }

    private static Sequential classifier() {
        Sequential model = Sequential.builder()
                .input(2)
                .add(Dense.of(16, Activation.RELU))
                .add(Dense.of(3))
                .seed(1)
                .build();
        model.compile(Adam.of(0.01), TestLosses.softmaxCrossEntropy(), Metrics.accuracy());
        return model;
    }

    private static List<String> pictures(Path page) throws IOException {
        return PICTURE.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String picture(Path page, String name) throws IOException {
        return PICTURE.matcher(Files.readString(page))
                .results()
                .filter(match -> match.group(1).equals(name))
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsWhatAClassifierLearns() throws IOException {
        Path page = folder.resolve("page.html");
        try (Sequential model = classifier()) {
            RunReport report =
                    RunReport.of(model, page).titled("Thirds").withClasses(points(2), "east", "north", "a < b");
            model.fit(
                    points(1),
                    FitOptions.epochs(4)
                            .withBatchSize(8)
                            .withValidation(points(2))
                            .withCallback(report));
        }
        assertThat(pictures(page))
                .containsExactly(
                        "loss",
                        "metric-accuracy",
                        "gradient-norm",
                        "learning-rate",
                        "confusion",
                        "rates",
                        "reliability",
                        "confidence");
        assertThat(page)
                .content()
                .contains("<h1>Thirds</h1>", "4 epochs of 4", "a &lt; b", "validation accuracy", "softmaxCrossEntropy")
                .doesNotContain("a < b", "<script");
        // The line as it is, its running mean, and the validation.
        assertThat(picture(page, "loss").split("<polyline", -1)).hasSize(4);
        assertThat(picture(page, "loss")).contains("class=\"at\"", ">epoch ");
    }

    @Test
    void piecesOfAResumedTrainingMakeTheSameCurves() throws IOException {
        Path whole = folder.resolve("whole.html");
        Path rest = folder.resolve("rest.html");
        Path kept;
        try (Sequential model = classifier();
                Checkpoints checkpoints = Checkpoints.in(folder.resolve("checkpoints"))
                        .everySteps(7)
                        .keeping(100)) {
            model.fit(
                    points(1),
                    FitOptions.epochs(3)
                            .withBatchSize(8)
                            .withCallback(RunReport.of(model, whole))
                            .withCheckpointer(checkpoints));
            List<Path> all = Checkpoints.list(folder.resolve("checkpoints"));
            kept = all.get(all.size() / 2);
        }
        try (Sequential model = classifier()) {
            model.resume(
                    points(1),
                    FitOptions.epochs(3).withBatchSize(8).withCallback(RunReport.of(model, rest)),
                    Checkpoints.read(kept).snapshot());
        }
        for (String name : List.of("loss", "gradient-norm", "learning-rate")) {
            assertThat(picture(rest, name)).isEqualTo(picture(whole, name));
        }
    }

    /** Of two losses each is drawn by its weight; a report of two outputs says which holds the classes. */
    @Test
    void severalLossesAddUp() throws IOException {
        Path page = folder.resolve("page.html");
        Dataset data = Dataset.ofInputs("input", points(1).inputs())
                .andTargets("third", points(1).targets())
                .andTargets("zero", Tensor.zeros(240, 1));
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden = graph.input("input", 2).then(Dense.of(8, Activation.RELU));
        try (Model model = graph.output("class", hidden.then(Dense.of(3)))
                .output("number", hidden.then(Dense.of(1)))
                .build()) {
            model.compile(CompileOptions.of(
                    Adam.of(0.01),
                    LossTerm.of(TestLosses.softmaxCrossEntropy())
                            .named("third")
                            .from("logits", "class")
                            .from("label", "third"),
                    LossTerm.of(TestLosses.squaredError())
                            .named("zero")
                            .from("p", "number")
                            .from("y", "zero")
                            .weighted(0.5)));
            RunReport report = RunReport.of(model, page).withClasses(data, "a", "b", "c");
            FitOptions options = FitOptions.epochs(2).withCallback(report);
            assertThatThrownBy(() -> model.fit(data, options))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("class, number")
                    .hasMessageContaining("on(OUTPUT, TARGET)");
            model.fit(data, FitOptions.epochs(2).withCallback(report.on("class", "third")));
        }
        assertThat(picture(page, "parts")).contains("as they add up", "0.5 · zero", "<polygon");
        assertThat(pictures(page)).contains("confusion").hasSize(8);
    }

    @Test
    void aTrainingThatFailsSaysSoOnItsPage() throws IOException {
        Path page = folder.resolve("page.html");
        try (Sequential model = classifier()) {
            model.compile(Sgd.of(1e30), TestLosses.softmaxCrossEntropy());
            model.fit(
                    points(1),
                    FitOptions.epochs(2)
                            .withBatchSize(8)
                            .withCallback(RunReport.of(model, page))
                            .withCallback(new TerminateOnNaN()));
        }
        assertThat(page).content().contains("class=\"warning\"", "NaN");
    }

    @Test
    void refusesBeforeTheFirstStepWhatTheEndOfAnEpochWouldFailOn() throws IOException {
        Path foreign = folder.resolve("index.html");
        Files.writeString(foreign, "<html>mine</html>");
        try (Sequential model = classifier()) {
            var before = model.parameters();
            for (RunReport report : List.of(
                    RunReport.of(model, foreign),
                    RunReport.of(model, folder.resolve("absent").resolve("page.html")),
                    RunReport.of(model, folder.resolve("page.html")).withClasses(points(1), "one", "two"))) {
                assertThatThrownBy(
                                () -> model.fit(points(1), FitOptions.epochs(1).withCallback(report)))
                        .isInstanceOf(ConfigurationException.class);
            }
            assertThat(model.parameters().get("dense.weights").array())
                    .isEqualTo(before.get("dense.weights").array());
            assertThatThrownBy(() -> RunReport.of(model, foreign).withClasses(points(1), "one"))
                    .hasMessageContaining("two or more");
        }
        assertThat(foreign).content().isEqualTo("<html>mine</html>");
    }

    /** One logit, classes 0 and 1: positive logits are the second class. */
    @Test
    void twoClassesMayHaveOneLogit() throws IOException {
        Path page = folder.resolve("page.html");
        Tensor inputs = Tensor.over(new float[] {-2, -1, 1, 2}, 4, 1);
        Dataset data = Dataset.of(inputs, Tensor.over(new float[] {0, 0, 1, 1}, 4, 1));
        Dataset asked = Dataset.of(inputs, IntTensor.vector(0, 1, 1, 1));
        try (Sequential model =
                Sequential.builder().input(1).add(Dense.of(1)).seed(1).build()) {
            model.compile(Adam.of(1e-6), TestLosses.squaredError());
            model.loadParameters(
                    Map.of("dense.weights", Tensor.over(new float[] {1}, 1, 1), "dense.bias", Tensor.zeros(1)));
            model.fit(
                    data,
                    FitOptions.epochs(1).withCallback(RunReport.of(model, page).withClasses(asked, "no", "yes")));
        }
        assertThat(page).content().contains("1 epoch of 1, each of 4 samples in 1 step,");
        // Of three that are "yes", one is taken for "no"; of two that are taken for "no", one is.
        assertThat(picture(page, "rates")).contains("66.7 %", "50.0 %", "100.0 %");
    }
}
