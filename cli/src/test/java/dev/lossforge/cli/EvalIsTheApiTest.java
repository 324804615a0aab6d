package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.cli.numbers.NestedNumbers;
import dev.lossforge.cli.numbers.NumbersReader;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code eval --json} prints reads back as what the API computes, bit for bit. */
class EvalIsTheApiTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Reduction reduction(Random random) {
        Reduction[] all = Reduction.values();
        return all[random.nextInt(all.length)];
    }

    @RepeatedTest(60)
    void perElement(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int count = random.nextInt(1, 10);
        Reduction reduction = reduction(random);
        Tensor p = numbers(random, count);
        Tensor y = numbers(random, count);
        Tensor weights = Tensor.zeros(count);
        for (int i = 0; i < count; i++) {
            weights.array()[i] = random.nextInt(3);
        }
        LossResult expected =
                new HuberLoss(0.7f).valueAndGradients(LossInputs.of(p, y).withWeights(weights), reduction);
        JsonNode printed = eval(
                "huber",
                "--prediction",
                text(p),
                "--target",
                text(y),
                "--weights",
                text(weights),
                "--param",
                "delta=0.7",
                "--reduction",
                reduction.name());
        assertSame(printed, expected, "p");
        assertThat(tensor(printed.get("hessians").get("p")))
                .isEqualTo(expected.hessians().get("p"));
    }

    @RepeatedTest(40)
    void perSample(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int samples = random.nextInt(1, 6);
        Reduction reduction = reduction(random);
        Tensor logits = Tensor.over(numbers(random, samples * 4).array(), samples, 4);
        IntTensor labels = IntTensor.vector(random.ints(samples, 0, 4).toArray());
        LossResult expected = new SoftmaxCrossEntropyLoss().valueAndGradients(LossInputs.of(logits, labels), reduction);
        String target = Arrays.toString(labels.array());
        JsonNode printed = eval(
                "softmaxCrossEntropy",
                "--prediction",
                text(logits),
                "--target",
                target,
                "--reduction",
                reduction.name());
        assertSame(printed, expected, "logits");
    }

    private static void assertSame(JsonNode printed, LossResult expected, String prediction) {
        Tensor values = expected.values();
        if (values == null) {
            assertThat(Double.valueOf(printed.get("value").asString())).isEqualTo(Double.valueOf(expected.value()));
        } else {
            assertThat(tensor(printed.get("value"))).isEqualTo(values);
            assertThat(Double.valueOf(printed.get("sum").asString())).isEqualTo(Double.valueOf(expected.value()));
        }
        assertThat(tensor(printed.get("gradients").get(prediction))).isEqualTo(expected.gradient());
    }

    /** Any bits, so all magnitudes, NaN and infinities; one NaN stands for all, as text knows only one. */
    private static Tensor numbers(Random random, int count) {
        Tensor tensor = Tensor.zeros(count);
        for (int i = 0; i < count; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            tensor.array()[i] =
                    random.nextBoolean() ? (float) random.nextGaussian() : Float.isNaN(any) ? Float.NaN : any;
        }
        return tensor;
    }

    private static JsonNode eval(String... arguments) {
        String[] call =
                Stream.concat(Stream.of("eval", "--json"), Stream.of(arguments)).toArray(String[]::new);
        Invocation invocation = Invocation.of(call);
        assertThat(invocation.errors()).isEmpty();
        return JSON.readTree(String.join("\n", invocation.output()));
    }

    private static String text(Tensor tensor) {
        return NestedNumbers.listsOf(tensor).toString();
    }

    private static Tensor tensor(JsonNode node) {
        return NumbersReader.read("printed", node.toString()).floats();
    }
}
