package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatalogueCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void lossesAreListedByFamily() {
        Invocation losses = Invocation.of("losses");
        assertThat(losses.exitCode()).isZero();
        assertThat(losses.output())
                .contains("Regression losses", "Binary losses", "Regularizers")
                .anyMatch(line -> line.matches(" {2}huber\\(p, y; delta\\) +per element +Hessian"))
                .anyMatch(line -> line.matches(" {2}softmaxCrossEntropy\\(logits, label\\) +per sample +Hessian"))
                .contains("      delta = 1, at least 0")
                .noneMatch(line -> line.contains("Mnist"));
    }

    @Test
    void aWordNarrowsTheList() {
        assertThat(Invocation.of("losses", "HINGE").output())
                .anyMatch(line -> line.contains("squaredHinge"))
                .noneMatch(line -> line.contains("poisson"));
        Invocation none = Invocation.of("losses", "xyzzy");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.errors()).singleElement().asString().contains("No loss has 'xyzzy' in its name");
    }

    @Test
    void theListIsThereForPrograms() {
        JsonNode all = JSON.readTree(
                String.join("\n", Invocation.of("losses", "--json").output()));
        assertThat(all.valueStream().map(loss -> loss.get("name").stringValue()))
                .contains("huber", "l2", "dice", "rootMeanSquaredError");
        JsonNode huber = all.valueStream()
                .filter(l -> l.get("name").stringValue().equals("huber"))
                .findFirst()
                .orElseThrow();
        assertThat(huber.get("parameters"))
                .isEqualTo(
                        JSON.readTree("[{\"name\": \"delta\", \"type\": \"float\", \"default\": 1.0, \"min\": 0.0}]"));
        assertThat(huber.get("family").stringValue()).isEqualTo("Regression Losses");
    }

    @Test
    void everyLossOfTheListIsExplained() {
        JsonNode all = JSON.readTree(
                String.join("\n", Invocation.of("losses", "--json").output()));
        all.forEach(loss -> {
            Invocation explained =
                    Invocation.of("explain", "--no-plot", loss.get("className").stringValue());
            assertThat(explained.errors()).isEmpty();
            assertThat(explained.output())
                    .contains("Formula, as written", "As mathematics", "Stabilised", "Gradient", "Cost", "Kernel");
        });
    }

    @Test
    void partsAreExplained() {
        assertThat(Invocation.of("explain", "--no-plot", "hingeDiscriminator").output())
                .contains("Parts", "  real = max(0, 1 − real)", "  fake = max(0, 1 + fake)");
        JsonNode json = JSON.readTree(String.join(
                "\n",
                Invocation.of("explain", "--json", "--no-plot", "elasticNet").output()));
        assertThat(json.get("description").get("parts"))
                .isEqualTo(JSON.readTree(
                        "[{\"name\": \"l1\", \"stable\": \"|w|\"}, {\"name\": \"l2\", \"stable\": \"w²\"}]"));
        assertThat(Invocation.of("explain", "--no-plot", "huber").output()).doesNotContain("Parts");
    }

    @Test
    void aLossPerElementIsDrawn(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("new/pictures");
        Invocation explained = Invocation.of("explain", "huber", "--out", out.toString());
        assertThat(explained.output())
                .contains("drawn in " + out.resolve("huber.png"), "drawn in " + out.resolve("huber.svg"));
    }

    /** Counts pixels rather than comparing them: fonts differ between machines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "huber",
                "quantile",
                "binaryCrossEntropy",
                "squaredHinge",
                "poisson",
                "generalRobust",
                "hingeDiscriminator"
            })
    void thePicturesShowCurvesInBothHalves(String name, @TempDir Path folder) throws IOException {
        Invocation explained = Invocation.of("explain", name, "--json", "--out", folder.toString());
        List<JsonNode> pictures = JSON.readTree(String.join("\n", explained.output()))
                .get("pictures")
                .valueStream()
                .toList();
        BufferedImage png =
                ImageIO.read(Path.of(pictures.getFirst().stringValue()).toFile());
        assertThat(colouredPixels(png, 0)).isGreaterThan(500);
        assertThat(colouredPixels(png, png.getWidth() / 2)).isGreaterThan(500);
        assertThat(png.getRGB(0, 0) >>> 24)
                .as("the background lets the page shine through")
                .isZero();
        assertThat(Files.readString(Path.of(pictures.get(1).stringValue())))
                .startsWith("<?xml")
                .contains("<svg");
    }

    @Test
    void theUserChoosesRangeAndHyperparameters(@TempDir Path folder) throws IOException {
        Invocation family = Invocation.of(
                "explain", "huber", "--range=-9,7", "--param", "delta=0.5,1,2,3", "--out", folder.toString());
        assertThat(family.errors()).isEmpty();
        assertThat(family.exitCode()).isZero();
        BufferedImage png = ImageIO.read(folder.resolve("huber.png").toFile());
        assertThat(colouredPixels(png, 0)).isGreaterThan(2000);
        assertThat(refusal("huber", "--range", "2,1"))
                .contains("--range takes two numbers, the smaller first, as in --range=-2,5, but '2,1' is given");
        assertThat(refusal("huber", "--param", "delta=1,x"))
                .contains("--param delta takes numbers separated by commas, but 'x' is none");
        assertThat(refusal("huber", "--range=-1e300,1"))
                .contains("--range takes numbers that a 32-bit float can hold, but '-1e300' is larger");
        assertThat(refusal("huber", "--param", "gamma=1"))
                .contains("huber(p, y; delta) has no hyperparameter 'gamma' that is a number; it has delta");
        assertThat(refusal("huber", "--param", "delta=-1")).contains("delta");
        assertThat(refusal("contrastive", "--range", "0,1")).contains("has no picture that --range and --param");
    }

    /** Counted as above: lines of equal loss are blue or orange, arrows are not. */
    @ParameterizedTest
    @ValueSource(strings = {"softmaxCrossEntropy", "focal", "relativisticGenerator", "multiMargin"})
    void aLossOfTwoNumbersHasALandscape(String name, @TempDir Path folder) throws IOException {
        Invocation explained = Invocation.of("explain", name, "--range=-3,3", "--out", folder.toString());
        assertThat(explained.errors()).isEmpty();
        assertThat(explained.output()).contains("drawn in " + folder.resolve(name + "-landscape.svg"));
        BufferedImage png = ImageIO.read(folder.resolve(name + "-landscape.png").toFile());
        assertThat(colouredPixels(png, 0)).isGreaterThan(2000);
        assertThat(colouredPixels(png, png.getWidth() / 2)).isGreaterThan(2000);
    }

    private static String refusal(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        Invocation refused = Invocation.of(all.toArray(String[]::new));
        assertThat(refused.exitCode()).isNotZero();
        return String.join("\n", refused.errors());
    }

    /** Pixels with a hue: not of the grey text and grid. */
    private static long colouredPixels(BufferedImage image, int from) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = from; x < from + image.getWidth() / 2; x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 0xff;
                int blue = rgb & 0xff;
                count += rgb >>> 24 > 200 && Math.abs(red - blue) > 40 ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void aCompletionScriptKnowsTheCommands() {
        assertThat(String.join("\n", Invocation.of("completion").output()))
                .contains("complete -F", "explain", "--reduction", "lossforge");
    }

    @Test
    void helpTeachesWithExamplesAndExitCodes() {
        assertThat(String.join("\n", Invocation.of("--help").output())).contains("Exit codes:", "2   the command line");
        assertThat(String.join("\n", Invocation.of("eval", "--help").output()))
                .contains("Examples:", "--prediction real=", "@FILE");
    }
}
