package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.digits.Idx;
import dev.lossforge.losses.SoftmaxCrossEntropyWithZLoss;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.report.RunReport;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The pages that runs leave, looked at in a real browser: in narrow and wide windows, light and dark. */
class ReportInBrowserTest {
    /** What can be seen of every figure, and of the page as a whole; figures are looked at where they stand. */
    private static final String LOOK = """
            (() => {
              const style = element => getComputedStyle(element);
              const light = color => {
                const [r, g, b] = color.match(/[\\d.]+/g).map(x => x / 255)
                  .map(x => x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              const figure = element => {
                element.scrollIntoView({block: 'center'});
                const box = element.getBoundingClientRect();
                const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return {
                  name: element.id || element.alt,
                  width: box.width,
                  height: box.height,
                  inside: box.left >= 0 && box.right <= document.documentElement.clientWidth,
                  shown: style(element).visibility === 'visible' && style(element).opacity === '1',
                  uncovered: element === middle || element.contains(middle),
                  drawn: element.tagName === 'IMG' ? element.complete && element.naturalWidth > 0
                    : element.querySelectorAll('polyline,circle,rect,image').length > 0
                };
              };
              const panel = text => style(text.closest('.panel')).backgroundColor;
              const texts = [...document.querySelectorAll('svg.picture:not(#confusion) text')];
              return {
                figures: [...document.querySelectorAll('svg.picture, figure img')].map(figure),
                tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                ground: light(style(document.body).backgroundColor),
                contrast: Math.min(
                  contrast(style(document.body).color, style(document.body).backgroundColor),
                  ...texts.map(text => contrast(style(text).fill, panel(text))))
              };
            })()
            """;

    @TempDir
    private static Path scratch;

    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> program = Browser.installed();
        if (program.isEmpty()) {
            System.out.println("No Chromium is installed, so nobody looks at the reports in a browser.");
        }
        assumeTrue(program.isPresent(), "no Chromium is installed");
        Path data = Files.createDirectory(scratch.resolve("data"));
        Idx.writeRandomSet(data, 40, 30);
        for (String run : List.of("one", "two")) {
            assertThat(Invocation.of(
                                    "train",
                                    "mnist",
                                    "--backend=constant",
                                    "--epochs=3",
                                    "--validation=8",
                                    "--data=" + data,
                                    "--out=" + scratch.resolve(run))
                            .exitCode())
                    .isZero();
        }
        assertThat(Invocation.of(
                                "compare",
                                scratch.resolve("one").toString(),
                                scratch.resolve("two").toString(),
                                "--out=" + scratch)
                        .exitCode())
                .isZero();
        reportOnOwnModel(scratch.resolve("own.html"));
        browser = Browser.start(program.get(), Files.createDirectory(scratch.resolve("profile")));
    }

    /** As a user of the runtime has it: a classifier of points whose loss has parts. */
    private static void reportOnOwnModel(Path page) throws IOException {
        Random random = new Random(1);
        float[][] points = new float[600][2];
        int[] labels = new int[points.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(3);
            points[i] = new float[] {labels[i] + (float) random.nextGaussian(), (float) random.nextGaussian()};
        }
        Dataset.Split data = Dataset.of(points, labels).split(0.3, 1);
        try (Sequential model = Sequential.builder()
                .input(2)
                .add(Dense.of(16, Activation.RELU))
                .add(Dense.of(3))
                .seed(1)
                .build()) {
            model.compile(CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyWithZLoss(0.1f))
                    .withBackend("cpu")
                    .withMetrics(Metrics.accuracy()));
            model.fit(
                    data.training(),
                    FitOptions.epochs(6)
                            .withBatchSize(4)
                            .withValidation(data.validation())
                            .withCallback(RunReport.of(model, page)
                                    .titled("Points in three clouds")
                                    .withFactor("zLoss", 0.1)
                                    .withClasses(data.validation(), "left", "in between", "right")));
        }
    }

    /** A reader who points at a chart sees what its lines are there. */
    @Test
    void chartsSayTheirValues() throws InterruptedException {
        assertThat(browser).isNotNull();
        browser.open(scratch.resolve("own.html").toUri(), 1280, 900, false);
        JsonNode note = browser.evaluate("""
                (() => {
                  const strips = document.querySelectorAll('#loss .at');
                  return {strips: strips.length, hidden: getComputedStyle(strips[9].lastChild).opacity,
                    says: strips[9].textContent};
                })()
                """);
        assertThat(note.path("strips").intValue()).isBetween(20, 60);
        assertThat(note.path("hidden").stringValue()).isEqualTo("0");
        assertThat(note.path("says").stringValue()).matches("epoch [\\d.]+training  [\\d.]+.*");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (browser != null) {
            browser.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "one/report.html, 360,  false, 'loss accuracy learning-rate speed confusion misread rates reliability', 24",
        "one/report.html, 360,  true,  'loss accuracy learning-rate speed confusion misread rates reliability', 24",
        "one/report.html, 1600, false, 'loss accuracy learning-rate speed confusion misread rates reliability', 24",
        "one/report.html, 1600, true,  'loss accuracy learning-rate speed confusion misread rates reliability', 24",
        "compare.html,    360,  false, 'loss accuracy learning-rate speed', 0",
        "compare.html,    360,  true,  'loss accuracy learning-rate speed', 0",
        "compare.html,    1600, false, 'loss accuracy learning-rate speed', 0",
        "own.html,        400,  false, 'loss parts metric-accuracy gradient-norm learning-rate speed confusion rates reliability confidence', 0",
        "own.html,        400,  true,  'loss parts metric-accuracy gradient-norm learning-rate speed confusion rates reliability confidence', 0",
        "own.html,        1280, false, 'loss parts metric-accuracy gradient-norm learning-rate speed confusion rates reliability confidence', 0",
        "own.html,        1280, true,  'loss parts metric-accuracy gradient-norm learning-rate speed confusion rates reliability confidence', 0",
        "compare.html,    1600, true,  'loss accuracy learning-rate speed', 0",
    })
    void everyFigureIsSeen(String page, int width, boolean dark, String pictures, int digits)
            throws IOException, InterruptedException {
        assertThat(browser).isNotNull();
        browser.open(scratch.resolve(page).toUri(), width, 900, dark);
        JsonNode look = browser.evaluate(LOOK);
        List<String> names = new ArrayList<>();
        for (JsonNode figure : look.path("figures")) {
            names.add(figure.path("name").stringValue());
            for (String quality : List.of("inside", "shown", "uncovered", "drawn")) {
                assertThat(figure.path(quality).booleanValue())
                        .as("%s: %s", quality, figure)
                        .isTrue();
            }
            assertThat(figure.path("width").doubleValue()).as("%s", figure).isGreaterThanOrEqualTo(80);
            assertThat(figure.path("height").doubleValue()).as("%s", figure).isGreaterThanOrEqualTo(80);
        }
        assertThat(names).startsWith(pictures.split(" ", -1)).hasSize(pictures.split(" ", -1).length + digits);
        assertThat(look.path("tooWide").intValue()).isZero();
        assertThat(look.path("ground").doubleValue()).isBetween(dark ? 0 : 0.8, dark ? 0.1 : 1);
        assertThat(look.path("contrast").doubleValue()).isGreaterThan(4.5);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
        assertThat(browser.requests().stream().filter(address -> address.startsWith("file:")))
                .hasSize(1);
        // For people to look at.
        String picture = page.replaceAll("[/.].*", "") + "-" + width + (dark ? "-dark" : "-light") + ".png";
        browser.shoot(Path.of("target", "screenshots", picture));
    }
}
