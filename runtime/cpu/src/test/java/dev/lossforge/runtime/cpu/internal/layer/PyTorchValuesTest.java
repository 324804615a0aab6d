package dev.lossforge.runtime.cpu.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.cpu.internal.kernel.AllKernels;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterLayout;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and gradients that PyTorch 2 computed in double precision. */
class PyTorchValuesTest {
    private static final float[] X = {-8, -2.5f, -0.3f, 0, 0.7f, 3, 12};
    private static final double[][] TANH = {
        {-0.9999997749296758, -0.9866142981514303, -0.2913126124515909, 0, 0.6043677771171635, 0.9950547536867305, 1},
        {4.5014059765485253e-07, 0.02659222668316057, 0.9151369618266292, 1, 0.6347395899824586, 0.009866037165440166, 0
        }
    };
    private static final double[][] SIGMOID = {
        {
            0.0003353501304664781,
            0.07585818002124355,
            0.425557483188341,
            0.5,
            0.6681877721681662,
            0.9525741268224334,
            0.9999938558253978
        },
        {
            0.00033523767075647424,
            0.07010371654510815,
            0.24445831169074586,
            0.25,
            0.22171287329310904,
            0.045176659730912,
            6.144136851325744e-06
        }
    };
    private static final double[][] GELU = {
        {0, -0.015524163314440398, -0.1146265733433142, 0, 0.5306254434438489, 2.99595030590511, 12},
        {0, -0.03761108590814519, 0.26767223317289013, 0.5, 0.9766141011336599, 1.011945647204184, 1}
    };
    private static final double[][] LEAKY_RELU = {
        {-0.08, -0.025, -0.003, 0, 0.7, 3, 12}, {0.01, 0.01, 0.01, 0.01, 1, 1, 1}
    };
    private static final double[][] SOFTPLUS = {
        {
            0.00033540637289576885,
            0.07888973429254963,
            0.5543552444685271,
            0.6931471805599453,
            1.103186048885458,
            3.048587351573742,
            12.000006144193478
        },
        {
            0.00033535013046647816,
            0.07585818002124356,
            0.425557483188341,
            0.5,
            0.6681877721681662,
            0.9525741268224333,
            0.9999938558253978
        }
    };

    private static double[][] expected(Activation activation) {
        return switch (activation) {
            case TANH -> TANH;
            case SIGMOID -> SIGMOID;
            case GELU -> GELU;
            case LEAKY_RELU -> LEAKY_RELU;
            case SOFTPLUS -> SOFTPLUS;
            case LINEAR, RELU, SOFTMAX -> throw new IllegalArgumentException(activation.name());
        };
    }

    static void assertClose(float[] actual, int count, double... expected) {
        for (int i = 0; i < count; i++) {
            assertThat((double) actual[i])
                    .as("%d", i)
                    .isCloseTo(expected[i], within(1e-6 + 1e-6 * Math.abs(expected[i])));
        }
    }

    private static Stream<Arguments> functions() {
        return AllKernels.all().stream()
                .flatMap(kernels -> Arrays.stream(Activation.values())
                        .filter(Elementwise::computes)
                        .map(activation -> Arguments.of(kernels, activation)));
    }

    /** The values and, of upper gradients of 1, the gradients. */
    private static float[][] apply(Kernels kernels, Activation activation, float... inputs) {
        Activations in = Activations.exact(inputs.length);
        Activations out = Activations.exact(inputs.length);
        Elementwise function = new Elementwise(kernels, activation, in, out);
        in.reserve(1);
        function.reserve(1);
        System.arraycopy(inputs, 0, in.values(), 0, inputs.length);
        Arrays.fill(out.gradients(), 1);
        function.forward(0, 0, 1, new Pass(true, 0));
        function.backward(0, 0, 1);
        return new float[][] {out.values(), in.gradients()};
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsOfAValue(Kernels kernels, Activation activation) {
        float[][] results = apply(kernels, activation, X);
        assertClose(results[0], X.length, expected(activation)[0]);
        assertClose(results[1], X.length, expected(activation)[1]);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theEndsOfFunctionsAreNumbersAndNaNStays(Kernels kernels, Activation activation) {
        float[][] results = apply(kernels, activation, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN);
        for (float[] result : results) {
            assertThat(result[0]).isNotNaN();
            assertThat(result[1]).isNotNaN();
            assertThat(result[2]).isNaN();
        }
    }

    static ParameterStore store(Architecture architecture, Map<String, float[]> values, int lanes) {
        ParameterStore store =
                new ParameterStore(new ParameterLayout(architecture.parameters(), lanes), Sgd.of(0.1), Set.of(), 1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Parameter parameter : architecture.parameters()) {
            tensors.put(parameter.name(), Tensor.over(values.get(parameter.name()), parameter.shape()));
        }
        store.layout().write(tensors, UnaryOperator.identity(), store.values());
        return store;
    }

    static Network forward(Architecture architecture, ParameterStore store, int samples, float... inputs) {
        Network network = NetworkPlan.plan(architecture, AllKernels.all().getFirst(), store, 0, 1);
        network.reserve(samples);
        network.refresh(0, 1);
        network.load(inputs, 0, 0, samples);
        network.forward(0, 0, 0, samples, new Pass(true, 0));
        for (int stage = 1; stage < network.stages(); stage++) {
            network.meetForward(stage, samples);
            network.forward(stage, 0, 0, samples, new Pass(true, 0));
        }
        return network;
    }

    static int lanes() {
        return AllKernels.all().getFirst().lanes();
    }

    @Test
    void layerNorm() {
        Architecture architecture =
                Architecture.input(4).add("norm", LayerNorm.of()).build();
        ParameterStore store = store(
                architecture,
                Map.of("norm.scale", new float[] {1, 2, -1, 0.5f}, "norm.bias", new float[] {0, 1, 0, -1}),
                lanes());
        Network network = forward(architecture, store, 2, 1, -2, 0.5f, 4, 0.1f, 0.2f, 0.3f, -7);
        assertClose(
                network.output().values(),
                8,
                0.05862097371316394,
                -1.696564790805541,
                0.1758629211394918,
                -0.26723782858545075,
                0.5451347823507556,
                2.1544030685074826,
                -0.6092682861567269,
                -1.865802301380612);
        float[] direction = {1, 2, 3, 4, -1, 0.5f, 2, 1};
        System.arraycopy(direction, 0, network.output().gradients(), 0, 8);
        network.backward(0, 0, 2);
        Map<String, Tensor> gradients = store.layout().read(store.gradients().total(), UnaryOperator.identity());
        assertClose(
                gradients.get("norm.scale").array(),
                4,
                -0.4865138086375917,
                -2.4079640236786704,
                0.6909478088949783,
                4.13049276855517);
        assertClose(gradients.get("norm.bias").array(), 4, 0, 2.5, 5, 5);
    }

    @Test
    void conv1D() {
        Architecture architecture = Architecture.input(6, 2)
                .add("conv", Conv1D.of(3, 3).withStride(2))
                .build();
        float[] sequence = new float[12];
        float[] weights = new float[18];
        for (int i = 0; i < 18; i++) {
            weights[i] = i / 10f - 0.8f;
            sequence[i % 12] = i % 12 / 7f - 0.5f;
        }
        ParameterStore store = store(
                architecture, Map.of("conv.weights", weights, "conv.bias", new float[] {0.1f, -0.2f, 0.3f}), lanes());
        assertClose(
                forward(architecture, store, 1, sequence).output().values(),
                6,
                0.892857142857143,
                0.5071428571428572,
                0.9214285714285715,
                0.7214285714285714,
                0.6785714285714286,
                1.4357142857142855);
    }

    private static final Architecture WORDS =
            Architecture.input(3).add("words", Embedding.of(4, 2)).build();

    private static ParameterStore words() {
        return store(WORDS, Map.of("words.weights", new float[] {0, 1, 10, 11, 20, 21, 30, 31}), lanes());
    }

    @Test
    void embedding() {
        ParameterStore store = words();
        Network network = forward(WORDS, store, 1, 3, 0, 3);
        assertThat(network.output().values()).startsWith(30, 31, 0, 1, 30, 31);
        System.arraycopy(new float[] {1, 2, 3, 4, 5, 6}, 0, network.output().gradients(), 0, 6);
        network.backward(0, 0, 1);
        assertThat(store.layout()
                        .read(store.gradients().total(), UnaryOperator.identity())
                        .get("words.weights")
                        .array())
                .containsExactly(3, 4, 0, 0, 0, 0, 6, 8);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 4, 1.5f, Float.NaN, 1e10f})
    void embeddingRefusesWhatIsNoIndex(float index) {
        assertThatThrownBy(() -> forward(WORDS, words(), 1, 0, index, 0))
                .isInstanceOf(DataException.class)
                .hasMessage("The layer 'words' takes indices from 0 to 3, but position 1 of sample 0 of the batch is "
                        + index + ".");
    }

    @Test
    void pointwiseRefusesWhatOtherLayersDo() {
        assertThatThrownBy(() -> Pointwise.of(Activation.RELU))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("use ReLU.of()");
        assertThatThrownBy(() -> new LayerNorm(0)).isInstanceOf(ConfigurationException.class);
    }
}
