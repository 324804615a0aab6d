package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvalCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"huber", "HuberLoss", "dev.lossforge.losses.HuberLoss", "HUBER", "huber-loss", "hu_ber"})
    void aLossHasManyNames(String name) {
        assertThat(json(name, "--prediction", "3", "--target", "0").get("value").doubleValue())
                .isEqualTo(2.5);
    }

    @Test
    void valueGradientsAndHessianComeWithTheirNames() {
        JsonNode result = json(
                "huber", "--prediction", "[[0.5, 3]]", "--target=[[0, 0]]", "--param", "delta=2", "--reduction", "sum");
        assertThat(result).isEqualTo(JSON.readTree("""
                {"loss": "huber", "className": "dev.lossforge.losses.HuberLoss", "kind": "loss", "reduction": "sum",
                 "params": {"delta": 2.0}, "value": 4.125, "gradients": {"p": [[0.5, 2.0]]}, "hessians": {"p": [[1.0, 0.0]]}}"""));
    }

    @Test
    void everyReductionHasItsValue() {
        String[] call = {
            "meanSquaredError", "--prediction", "[1, 3]", "--target", "[0, 0]", "--weights", "[3, 1]", "--reduction", ""
        };
        call[8] = "none";
        assertThat(json(call).get("value")).isEqualTo(JSON.readTree("[3.0, 9.0]"));
        assertThat(json(call).get("sum").doubleValue()).isEqualTo(12);
        call[8] = "SUM";
        assertThat(json(call).get("value").doubleValue()).isEqualTo(12);
        call[8] = "mean";
        assertThat(json(call).get("value").doubleValue()).isEqualTo(6);
        call[8] = "weighted_mean";
        assertThat(json(call).get("value").doubleValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prediction|real=[0.5]|--prediction|fake=[-2]",
                "--prediction|fake=[-2]|--prediction|real=[0.5]",
                "--prediction|[0.5]|--prediction|[-2]",
                "--prediction|{\"fake\": [-2], \"real\": [0.5]}|--reduction|mean",
            })
    void severalPredictionsAreNamedOrInOrder(String a, String b, String c, String d) {
        JsonNode result = json("hingeDiscriminator", a, b, c, d);
        assertThat(result.get("value").doubleValue()).isEqualTo(0.5);
        assertThat(result.get("gradients")).isEqualTo(JSON.readTree("{\"real\": [-1.0], \"fake\": [0.0]}"));
    }

    @Test
    void thePartsOfALossAreToldBesideItsValue() {
        String[] call = {
            "softmaxCrossEntropyWithZLoss",
            "--prediction",
            "[[0, 0], [1, 1]]",
            "--target",
            "[0, 1]",
            "--param",
            "zWeight=2"
        };
        JsonNode mean = json(call);
        double error = mean.get("parts").get("crossEntropy").doubleValue();
        double penalty = mean.get("parts").get("zLoss").doubleValue();
        assertThat(error).isCloseTo(Math.log(2), within(1e-6));
        assertThat(error + 2 * penalty).isCloseTo(mean.get("value").doubleValue(), within(1e-5));
        JsonNode none = json(with(call, "--reduction", "none", "--mask", "[1, 0]"));
        assertThat(none.get("parts").get("crossEntropy")).isEqualTo(JSON.readTree("[0.6931472, 0.0]"));
        assertThat(Invocation.of(with(new String[] {"eval"}, call)).output())
                .anyMatch(line -> line.matches("part crossEntropy +0\\.693147.*"))
                .anyMatch(line -> line.matches("part zLoss +\\d.*"));
        assertThat(json("elasticNet", "--weight", "[1, -2]").get("parts"))
                .isEqualTo(JSON.readTree("{\"l1\": 3.0, \"l2\": 5.0}"));
        assertThat(json("huber", "--prediction", "1", "--target", "0").has("parts"))
                .isFalse();
    }

    private static String[] with(String[] call, String... more) {
        return Stream.concat(Arrays.stream(call), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void nonFiniteNumbersGoInAndOut() {
        JsonNode result = json(
                "meanSquaredError",
                "--prediction",
                "[NaN, inf, \"-Infinity\"]",
                "--target",
                "[0, 0, 0]",
                "--reduction",
                "none");
        assertThat(result.get("value")).isEqualTo(JSON.readTree("[\"NaN\", \"Infinity\", \"Infinity\"]"));
        assertThat(result.get("gradients").get("p")).isEqualTo(JSON.readTree("[\"NaN\", \"Infinity\", \"-Infinity\"]"));
        assertThat(json("meanSquaredError", "--prediction", "-inf", "--target", "-1.5")
                        .get("value")
                        .stringValue())
                .isEqualTo("Infinity");
    }

    @Test
    void aRegulariserTakesWeights() {
        for (String option : new String[] {"--weight", "--weights", "--prediction"}) {
            JsonNode result = json("l2", option, "[[0.5], [-1]]");
            assertThat(result.get("value").doubleValue()).isEqualTo(1.25);
            assertThat(result.get("gradients")).isEqualTo(JSON.readTree("{\"w\": [[1.0], [-2.0]]}"));
            assertThat(result.has("reduction")).isFalse();
        }
    }

    @Test
    void samplesThatDoNotCountAreLeftOutOfTheMeanToo() {
        String[] call = {
            "softmaxCrossEntropy",
            "--prediction",
            "[[1, 1], [5, 1], [0, 9]]",
            "--target",
            "[0, -100, 1]",
            "--ignore-index",
            "-100"
        };
        JsonNode two = json("softmaxCrossEntropy", "--prediction", "[[1, 1], [0, 9]]", "--target", "[0, 1]");
        assertThat(json(call).get("value")).isEqualTo(two.get("value"));
        assertThat(json(call).get("gradients").get("logits").get(1)).isEqualTo(JSON.readTree("[0.0, 0.0]"));
        JsonNode masked = json(
                "meanSquaredError",
                "--prediction",
                "[1, NaN, 3]",
                "--target",
                "[0, 0, 0]",
                "--mask",
                "[true, false, 1]");
        assertThat(masked.get("value").doubleValue()).isEqualTo(5);
        JsonNode weighted = json(
                "meanSquaredError",
                "--prediction",
                "[1, NaN, 3]",
                "--target",
                "[0, 0, 0]",
                "--mask",
                "[1, 0, 1]",
                "--weights",
                "[4, 1, 2]");
        assertThat(weighted.get("value").doubleValue()).isEqualTo(11);
        assertThat(weighted.get("gradients").get("p")).isEqualTo(JSON.readTree("[4.0, 0.0, 6.0]"));
        assertRefused(2, "--mask has the entry 0.5", "huber", "--prediction", "1", "--target", "1", "--mask", "0.5");
        assertRefused(2, "takes no class index", "huber", "--prediction", "1", "--target", "1", "--ignore-index", "1");
        assertRefused(
                1,
                "weights of shape [2]",
                "huber",
                "--prediction",
                "[1]",
                "--target",
                "[1]",
                "--mask",
                "[1]",
                "--weights",
                "[1, 2]");
    }

    @Test
    void numbersMayStandInAFileOrComeFromStandardInput(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("p.json"), "[1,\n 2]\n");
        InputStream terminal = System.in;
        System.setIn(new ByteArrayInputStream(" [0, 0] ".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(json("meanSquaredError", "--prediction", "p=@" + file, "--target", "-")
                            .get("value")
                            .doubleValue())
                    .isEqualTo(2.5);
        } finally {
            System.setIn(terminal);
        }
        assertRefused(
                2,
                "--target reads " + folder.resolve("no") + ", but",
                "huber",
                "--prediction",
                "1",
                "--target",
                "@" + folder.resolve("no"));
    }

    @Test
    void withoutJsonTheNumbersStandInLines() {
        Invocation invocation =
                Invocation.of("eval", "rootMeanSquaredError", "--prediction", "[[2.5, 5.5]]", "--target", "[[3, 5]]");
        assertThat(invocation.output())
                .containsExactly("value                    0.5", "gradient of p            [[-0.5, 0.5]]");
    }

    @Test
    void whatCannotBeUnderstoodIsTheUsersTurn() {
        assertRefused(
                2, "There is no loss 'hubr', did you mean 'huber'?", "hubr", "--prediction", "1", "--target", "1");
        assertRefused(
                2,
                "huber(p, y; delta) has no value for 'y' (float per element); give it with --target y=JSON",
                "huber",
                "--prediction",
                "1");
        assertRefused(
                2, "--prediction is not JSON at line 1, column", "huber", "--prediction", "[1, 2", "--target", "1");
        assertRefused(2, "--prediction[1] has 1 entries", "huber", "--prediction", "[[1, 2], [3]]", "--target", "1");
        assertRefused(
                2,
                "has no 'delt' for --param, did you mean 'delta'?; it has delta",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--param",
                "delt=2");
        assertRefused(
                2,
                "'meen' is not a reduction, did you mean 'mean'?",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--reduction",
                "meen");
        assertRefused(
                2, "'y' of huber(p, y; delta) is a target; give it with --target", "huber", "--prediction", "y=1");
        assertRefused(
                2,
                "--prediction p is given twice",
                "huber",
                "--prediction",
                "p=1",
                "--prediction",
                "p=1",
                "--target",
                "1");
        assertRefused(
                2,
                "takes 1 by --target, but more are given",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--target",
                "1");
        assertRefused(
                2,
                "--param names the hyperparameter it sets, as in --param delta=1",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--param",
                "2");
        assertRefused(
                2,
                "The hyperparameter 'delta' is one number, but a value of shape [2] is given",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--param",
                "delta=[1,2]");
        assertRefused(
                2,
                "--target[0] is 0.5, but must be a whole number",
                "softmaxCrossEntropy",
                "--prediction",
                "[[1, 2]]",
                "--target",
                "[0.5]");
        assertRefused(2, "Missing required parameter: 'NAME'");
        assertRefused(2, "Unknown options: '--predicton', '1'; did you mean --prediction", "huber", "--predicton", "1");
        assertRefused(
                2,
                "--weights is given twice",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--weights",
                "1",
                "--weights",
                "1");
        assertRefused(2, "--classpath names /no/such, which does not exist", "huber", "--classpath", "/no/such");
        assertRefused(2, "--classpath src has no losses", "huber", "--classpath", "src");
    }

    @Test
    void whatCannotBeComputedNamesBothShapes() {
        assertRefused(
                1,
                "'y' of shape [3] with 'p' of shape [2]",
                "huber",
                "--prediction",
                "[1, 2]",
                "--target",
                "[1, 2, 3]");
        assertRefused(
                1,
                "'label' of sample 1 of the batch is 7",
                "softmaxCrossEntropy",
                "--prediction",
                "[[1, 2], [1, 2]]",
                "--target",
                "[0, 7]");
        assertRefused(
                1,
                "'delta' of the loss huber is a finite number of at least 0.0, but -1.0",
                "huber",
                "--prediction",
                "1",
                "--target",
                "1",
                "--param",
                "delta=-1");
        assertRefused(
                1, "weights of shape [2]", "huber", "--prediction", "[1]", "--target", "[1]", "--weights", "[1, 2]");
        assertRefused(1, "takes 'p' with two axes", "rootMeanSquaredError", "--prediction", "[1]", "--target", "[1]");
    }

    private static JsonNode json(String... arguments) {
        Invocation invocation = Invocation.of(call(arguments, "--json"));
        assertThat(invocation.errors()).isEmpty();
        assertThat(invocation.exitCode()).isZero();
        return JSON.readTree(String.join("\n", invocation.output()));
    }

    private static void assertRefused(int exitCode, String message, String... arguments) {
        Invocation invocation = Invocation.of(call(arguments));
        assertThat(invocation.errors())
                .singleElement()
                .asString()
                .startsWith("lossforge: ")
                .contains(message);
        assertThat(invocation.output()).isEmpty();
        assertThat(invocation.exitCode()).isEqualTo(exitCode);
    }

    private static String[] call(String[] arguments, String... more) {
        return Stream.of(new String[] {"eval"}, arguments, more)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }
}
